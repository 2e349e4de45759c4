import { load } from "js-yaml";
import type { Config } from "../../src/config/config.ts";
import { parseConfig } from "../../src/config/settings.ts";
import type { Settings } from "../../src/config/settings.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import type { TextFile } from "../../src/drift/differences.ts";
import { buildRules, type Rules } from "../../src/plan/rules.ts";
import type { Lock } from "../../src/workflow/lock.ts";
import { OWN_PINS } from "../../src/workflow/own_lock.ts";
import { generateWorkflows } from "../../workflows/mod.ts";

// Steps, jobs and workflows as they are in the YAML file.
type Scalars = Readonly<Record<string, string | number | boolean>>;
type Texts = Readonly<Record<string, string>>;

export interface StepText extends Readonly<Partial<Record<"id" | "if" | "uses" | "run", string>>> {
  readonly name: string;
  readonly env?: Scalars;
  readonly with?: Scalars;
}

export interface JobText {
  readonly name: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly permissions?: Texts;
  readonly strategy?: { readonly "fail-fast": boolean; readonly matrix: { readonly jobs: string } };
  readonly outputs?: Texts;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly StepText[];
}

export interface WorkflowText {
  readonly name: string;
  readonly on: Readonly<Record<string, Readonly<Record<string, readonly string[]>> | undefined>>;
  readonly concurrency: Scalars;
  readonly permissions: Texts;
  readonly jobs: Readonly<Record<string, JobText>>;
}

export interface WorkflowFile extends TextFile {
  readonly workflow: WorkflowText;
}

/** An infrastructure repository and what is generated for it. */
export interface Repository {
  readonly name: string;
  readonly settings: Settings;
  readonly clusters: readonly Cluster[];
  readonly rules: Rules;
  readonly deploy: WorkflowFile;
  readonly comment: WorkflowFile;
  /** All workflows. */
  readonly workflows: readonly WorkflowFile[];
}

/** A cluster with so many hubs. */
export function clusterOf(
  name: string,
  staging: number,
  prod = 1,
  dir = "config/clusters",
): Cluster {
  const folder = `${dir}/${name}`;
  const hubs = (count: number, kind: string) =>
    Array.from({ length: count }, (_, index) => ({
      name: `${kind}-${index}`,
      staging: kind === "staging",
      valuesFiles: [`${folder}/${kind}-${index}.values.yaml`],
    }));
  return {
    name,
    provider: "gcp",
    file: `${folder}/cluster.yaml`,
    support: { valuesFiles: [`${folder}/support.values.yaml`] },
    hubs: [...hubs(staging, "staging"), ...hubs(prod, "prod")],
  };
}

/** The locks of a repository that has none of its own. */
export const LOCK: Lock = { repository: new Map(), hubwright: OWN_PINS };

/** Generates the workflows of a repository. */
export function repositoryOf(
  name: string,
  config: Config,
  clusters: readonly Cluster[],
): Repository {
  return generated(name, settingsOf(config), clusters);
}

export function settingsOf(config: Config): Settings {
  return parseConfig(config, "hubwright.config.ts");
}

/** The files that are generated for some settings. */
export function filesOf(
  settings: Settings,
  clusters: readonly Cluster[],
): readonly WorkflowFile[] {
  return generateWorkflows(settings, clusters, LOCK).map(({ path, text }) => {
    let workflow: WorkflowText | undefined;
    return {
      path,
      text,
      get workflow() {
        return workflow ??= load(text) as unknown as WorkflowText;
      },
    };
  });
}

/** The same for settings that are read already. */
export function generated(
  name: string,
  settings: Settings,
  clusters: readonly Cluster[],
): Repository {
  const files = filesOf(settings, clusters);
  const [deploy, comment] = [fileOf(files, "deploy-hubs"), fileOf(files, COMMENT)];
  const rules = buildRules(settings, clusters);
  const workflows = files.filter(({ path }) => path.endsWith(".yaml"));
  return { name, settings, clusters, rules, deploy, comment, workflows };
}

const COMMENT = "comment-deployment-plan-pr";

export function fileOf(files: readonly WorkflowFile[], name: string): WorkflowFile {
  const file = files.find(({ path }) => path === `.github/workflows/${name}.yaml`);
  if (file === undefined) throw new RangeError(`no file ${name}`);
  return file;
}

export function jobOf({ workflow }: WorkflowFile, id: string): JobText {
  const job = workflow.jobs[id];
  if (job === undefined) throw new RangeError(`no job ${id}`);
  return job;
}

export function stepOf(job: JobText, name: string): StepText {
  const step = job.steps.find((step) => step.name === name);
  if (step === undefined) throw new RangeError(`no step ${name}`);
  return step;
}
