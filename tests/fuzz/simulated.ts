import { allJobs } from "../../src/simulate/all_jobs.ts";
import assert from "node:assert/strict";
import { DEFAULTS } from "../../src/config/defaults.ts";
import { UserError } from "../../src/errors.ts";
import { DeployCommands, type Fates } from "../../src/simulate/deploy_command.ts";
import type { RunEvent } from "../../src/simulate/event.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import type { Machine, Machines, ScriptRequest, ScriptResult } from "../../src/simulate/machine.ts";
import type { DeploymentRecord, RunRecord } from "../../src/simulate/record.ts";
import { runWorkflow } from "../../src/simulate/run_workflow.ts";
import type { Workflow } from "../../src/simulate/workflow_file.ts";
import { hubwright } from "../cli/fake_io.ts";
import { FILES } from "../cli/repository.ts";
import type { CaseFolder } from "./case_folder.ts";

export const FACTS = {
  repository: "octo/infrastructure",
  defaultBranch: "main",
  serverUrl: "https://github.com",
};

export const DEPLOY_HUBS = ".github/workflows/deploy-hubs.yaml";

export const FAULTS: readonly string[] = [
  ...["support:earth", "staging:earth/staging", "check:earth/staging", "prod:earth/prod"],
  ...["job:generate-jobs", "job:upgrade-support-and-staging", "job:filter-generate-jobs"],
].flatMap((target) => ["fail", "cancel", "lost", "cancel-run"].map((fate) => `${target}=${fate}`));

const CHANGED = "config/clusters/earth/cluster.yaml,config/clusters/azure.mars/cluster.yaml";

/** The local action that the default setup uses. */
const SETUP = `name: Setup
inputs: { provider: { required: true } }
runs: { using: composite, steps: [{ run: "true", shell: bash }] }
`;

/** Makes the small repository and its workflows; answers with the one that deploys. */
export async function generatedRepository(folder: CaseFolder): Promise<string> {
  folder.writeAll(FILES);
  const { code, err } = await hubwright(["generate", "--repo", folder.path]);
  assert.equal(code, 0, err);
  return Deno.readTextFileSync(`${folder.path}/${DEPLOY_HUBS}`);
}

export interface SimulatedRun {
  readonly workflow: Workflow;
  readonly event: RunEvent;
  readonly faults: readonly string[];
  readonly repo: string;
  readonly folder: CaseFolder;
}

/** Runs a workflow; `undefined` where it is refused. */
export async function simulatedRun(run: SimulatedRun): Promise<RunRecord | undefined> {
  const { workflow, event, faults } = run;
  try {
    const context = {
      facts: FACTS,
      machines: actingMachines(run),
      artifacts: new Map(),
      runs: new Map(),
      commands: new DeployCommands(DEFAULTS.commands),
      api: { url: "http://127.0.0.1:9", tokenFor: () => "ghs_token" },
      faults: faults.map(parseFault),
      skippedActions: [],
      progress: () => {},
    };
    return await runWorkflow(context, workflow, event, 1);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const { file, message } of error.problems) {
      assert.ok(`${file}: ${message}`.includes(workflow.path), `no file is named: ${message}`);
    }
    return undefined;
  }
}

export function deploymentsOf({ jobs }: RunRecord, id?: string): readonly DeploymentRecord[] {
  return allJobs(jobs).filter((job) => id === undefined || job.id === id)
    .flatMap(({ legs }) => legs.flatMap(({ steps }) => steps.flatMap((step) => step.deployments)));
}

/**
 * Machines that know the scripts of generated workflows by their looks and do what these do, which
 * takes a hundredth of the time that a shell takes: `plan` and `filter` run in this process.
 */
function actingMachines(run: SimulatedRun): Machines {
  const temp = `${run.folder.path}/temp`;
  Deno.mkdirSync(temp, { recursive: true });
  const machine: Machine = {
    workspace: `${temp}/workspace`,
    temp,
    denoFolder: `${temp}/deno`,
    variables: { RUNNER_TEMP: temp, GITHUB_WORKSPACE: `${temp}/workspace` },
    checkOut: () => Promise.resolve(),
    readText: (path) => Promise.resolve(path.endsWith("/action.yml") ? SETUP : undefined),
    run: (request, fates) => act(request, fates, run),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return { start: () => Promise.resolve(machine) };
}

async function act(
  { script, env }: ScriptRequest,
  fates: Fates,
  { repo, folder }: SimulatedRun,
): Promise<ScriptResult> {
  const [command] = / plan(?= |$)| filter$/m.exec(script) ?? [];
  if (command !== undefined) {
    const options = ["--repo", repo, `--changed-files=${CHANGED}`, `--labels=${env.LABELS ?? ""}`];
    const output = folder.write("temp/output", { text: "" });
    const { code, out, err } = await hubwright(
      command === " plan" ? ["plan", ...options] : ["filter"],
      { env: { ...env, GITHUB_OUTPUT: output } },
    );
    if (code === 70) throw new Error(err);
    return result(code, { log: out + err, outputs: Deno.readTextFileSync(output) });
  }
  if (script.startsWith("mkdir ")) {
    folder.write("temp/pr/plan.json", { text: "{}" });
    folder.write("temp/pr/number", { text: env.NUMBER ?? "" });
  }
  if (script.startsWith("echo success_")) {
    return result(0, { outputs: `success_${env.CLUSTER?.replaceAll(".", "-")}=${env.VERDICT}\n` });
  }
  if (script.startsWith("deployer ")) {
    const argv = script.split(" ").map((word) => env[/^"\$(\w+)"$/.exec(word)?.[1] ?? ""] ?? word);
    const fate = fates.of(argv);
    return result(fate === undefined ? 0 : 1, { calls: [{ argv, fate }] });
  }
  return result(/^exit 1$/m.test(script) ? 1 : 0);
}

function result(code: number, more: Partial<ScriptResult> = {}): ScriptResult {
  return { code, log: "", outputs: "", env: "", path: "", summary: "", calls: [], ...more };
}
