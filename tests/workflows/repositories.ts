import { load } from "js-yaml";
import type { Config, Task } from "../../src/config/config.ts";
import { loadClusters } from "../../src/repository/load_repository.ts";
import { loadConfig } from "../../src/config/load_config.ts";
import { parseConfig } from "../../src/config/settings.ts";
import type { Settings } from "../../src/config/settings.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import { buildRules, type Rules } from "../../src/plan/rules.ts";
import { secret as secretOfLeg } from "../../src/config/secret.ts";
import { format } from "../../src/workflow/functions.ts";
import { secret } from "../../src/workflow/github_context.ts";
import type { Lock } from "../../src/workflow/lock.ts";
import { template } from "../../src/workflow/text.ts";
import { OWN_PINS } from "../../src/workflow/own_lock.ts";
import { type GeneratedFile, generateWorkflows } from "../../workflows/mod.ts";

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

export interface WorkflowFile extends GeneratedFile {
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
  const settings = parseConfig(config, "hubwright.config.ts");
  if (!("defaultBranch" in settings)) throw new Error(JSON.stringify(settings));
  return settings;
}

/** The files that are generated for some settings. */
export function filesOf(
  settings: Settings,
  clusters: readonly Cluster[],
): readonly WorkflowFile[] {
  return generateWorkflows(settings, clusters, LOCK)
    .map(({ path, text }) => ({ path, text, workflow: load(text) as unknown as WorkflowText }));
}

function noWorkflow(): never {
  throw new Error("a workflow is missing");
}

function generated(name: string, settings: Settings, clusters: readonly Cluster[]): Repository {
  const files = filesOf(settings, clusters);
  const [deploy = noWorkflow(), comment = noWorkflow()] = [
    "deploy-hubs",
    "comment-deployment-plan-pr",
  ].map((name) => files.find(({ path }) => path === `.github/workflows/${name}.yaml`));
  const rules = buildRules(settings, clusters);
  const workflows = files.filter(({ path }) => path.endsWith(".yaml"));
  return { name, settings, clusters, rules, deploy, comment, workflows };
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

const example = new URL("../../examples/infrastructure", import.meta.url).pathname;
const exampleSettings = await loadConfig(example);

/** `examples/infrastructure`. */
export const EXAMPLE: Repository = generated(
  "examples/infrastructure",
  exampleSettings,
  await loadClusters(example, exampleSettings),
);

/** The same with a ledger. */
export const EXAMPLE_LEDGER: Repository = generated(
  "examples/infrastructure with a ledger",
  { ...exampleSettings, ledger: { since: "a".repeat(40), environment: "hubs" }, dispatch: true },
  EXAMPLE.clusters,
);

/** A task, and its workflow in the example. */
export const TASK: Task = {
  name: "Check health",
  on: { push: true, pullRequest: "plan" },
  each: "hub",
  run: "deployer run-hub-health-check CLUSTER HUB",
};
export const EXAMPLE_TASK: WorkflowFile = filesOf(
  { ...exampleSettings, tasks: settingsOf({ tasks: [TASK] }).tasks },
  EXAMPLE.clusters,
).find(({ path }) => path.endsWith("/task-check-health.yaml")) ?? noWorkflow();

/** A repository whose config changes whatever shows in a workflow. */
export const CUSTOM: Repository = repositoryOf("everything configured", {
  defaultBranch: "release/2026",
  clustersDir: "sites",
  rules: { allHubs: ["charts/**", "!**/*.md"], allSupport: ["support/**"] },
  labels: { skipDeploy: "skip it" },
  runtime: ["env", "A B='c d'", "deno", "run", "--frozen", "PERMISSIONS", "it's $HOME/`main`.ts"],
  setup: (leg) => [
    { name: "Check out the charts", uses: "./.github/actions/charts" },
    {
      name: "Sign in",
      uses: "google-github-actions/auth@7c6bc770dae815cd3e89ee6cdf493a5fab2cc093",
      version: "v3.0.0",
      if: leg.provider.equals("gcp"),
      with: {
        credentials_json: secret("GCP_KEY"),
        audience: template`hubs/${leg.cluster_name}`,
      },
    },
    {
      name: "Install",
      env: { CLUSTER: leg.cluster_name },
      run: 'pip install deployer\necho "for $CLUSTER"',
    },
  ],
  commands: {
    upgradeSupport: "support CLUSTER",
    upgradeHub: "upgrade --cluster CLUSTER --hub HUB",
    healthCheck: "check HUB CLUSTER",
  },
  notify: { slack: "SLACK_WEBHOOK_URL" },
}, [clusterOf("azure.earth", 3, 2, "sites"), clusterOf("azure.mars_2", 1, 1, "sites")]);

/** A repository with all that a ledger brings. */
export const LEDGER: Repository = repositoryOf("ledger, on a schedule, with Slack", {
  ledger: { since: "a".repeat(40), environment: "fleet", reconcile: "17 4 * * *" },
  paused: { lake: "moving" },
  notify: { slack: "SLACK_WEBHOOK_URL" },
}, [clusterOf("lake", 2, 1), clusterOf("pond", 1, 2)]);

/** Repositories of all kinds. */
export const REPOSITORIES: readonly Repository[] = [
  EXAMPLE,
  CUSTOM,
  LEDGER,
  repositoryOf("by hand", { dispatch: true }, [clusterOf("earth", 1)]),
  repositoryOf("no cluster", {}, []),
  repositoryOf("one cluster without staging hub", {}, [clusterOf("earth", 0)]),
  repositoryOf(
    "256 clusters",
    {},
    Array.from(
      { length: 256 },
      (_, index) => clusterOf(`cluster.${"of-some-length-".repeat(2)}${index}`, index % 4),
    ),
  ),
  repositoryOf("Slack", { notify: { slack: "SLACK" } }, [clusterOf("earth", 1)]),
];

/** Repositories whose jobs are laid out in other ways. */
export const LAYOUTS: readonly Repository[] = [
  repositoryOf("waves and shards", {
    waves: [["lake"], ["*"]],
    shards: 2,
    ledger: { since: "a".repeat(40) },
    jobs: { prod: { maxParallel: 10 } },
    build: { steps: [{ name: "Build", run: "make" }] },
  }, [clusterOf("lake", 2), clusterOf("pond", 1, 2)]),
  ...[{}, { waves: [["lake"], ["*"]], shards: 2 }].map((more) =>
    repositoryOf("pipelined", {
      layout: "pipelined",
      ledger: { since: "a".repeat(40) },
      notify: { slack: "SLACK" },
      build: { steps: [{ name: "Build", run: "make" }] },
      jobs: { canary: { maxParallel: 10 } },
      setup: [{
        name: "Sign in",
        run: "true",
        env: { KEY: secretOfLeg((leg) => format("KEY_{0}", leg.cluster_name)) },
      }],
      ...more,
    }, [clusterOf("lake", 2), clusterOf("pond", 1, 2)])
  ),
];
