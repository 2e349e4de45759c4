import assert from "node:assert/strict";
import { DEFAULTS } from "../../src/config/defaults.ts";
import { UserError } from "../../src/errors.ts";
import { Artifacts } from "../../src/simulate/artifacts.ts";
import { DeployCommands } from "../../src/simulate/deploy_command.ts";
import type { RunEvent } from "../../src/simulate/event.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import type { DeploymentRecord, RunRecord } from "../../src/simulate/record.ts";
import { runWorkflow } from "../../src/simulate/run_workflow.ts";
import type { Workflow } from "../../src/simulate/workflow_file.ts";
import { hubwright } from "../cli/fake_io.ts";
import { FILES } from "../cli/repository.ts";
import { actingMachines } from "./acting_machine.ts";
import type { CaseFolder } from "./case_folder.ts";

/** The repository of every run here. */
export const FACTS = {
  repository: "octo/infrastructure",
  defaultBranch: "main",
  serverUrl: "https://github.com",
};

/** Where the workflow is that deploys. */
export const DEPLOY_HUBS = ".github/workflows/deploy-hubs.yaml";

/** What can go wrong on the way. */
export const FAULTS: readonly string[] = [
  ...["support:earth", "staging:earth/staging", "check:earth/staging", "prod:earth/prod"],
  ...["job:generate-jobs", "job:upgrade-support-and-staging", "job:filter-generate-jobs"],
].flatMap((target) => ["fail", "cancel", "lost", "cancel-run"].map((fate) => `${target}=${fate}`));

/** Makes the small repository, its workflows generated. */
export async function generatedRepository(folder: CaseFolder): Promise<string> {
  for (const [path, text] of Object.entries(FILES)) folder.write(path, { text });
  const { code, err } = await hubwright(["generate", "--repo", folder.path]);
  assert.equal(code, 0, err);
  return Deno.readTextFileSync(`${folder.path}/${DEPLOY_HUBS}`);
}

/** What to run. */
export interface SimulatedRun {
  readonly workflow: Workflow;
  readonly event: RunEvent;
  readonly faults: readonly string[];
  /** The small repository. */
  readonly repo: string;
  /** The folder of the case. */
  readonly folder: CaseFolder;
}

/** Runs a workflow over a change of everything. */
export async function simulatedRun(run: SimulatedRun): Promise<RunRecord | undefined> {
  const { workflow, event, faults, repo, folder } = run;
  const changed = "config/clusters/earth/cluster.yaml,config/clusters/azure.mars/cluster.yaml";
  try {
    return await runWorkflow(
      {
        facts: FACTS,
        machines: actingMachines({ repo, changed, folder }),
        artifacts: new Artifacts(),
        commands: new DeployCommands(DEFAULTS.commands),
        api: { url: "http://127.0.0.1:9", tokenFor: () => "ghs_token" },
        faults: faults.map(parseFault),
        skippedActions: [],
        progress: () => {},
      },
      workflow,
      event,
      1,
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const { file, message } of error.problems) {
      assert.ok(
        `${file ?? ""}: ${message}`.includes(workflow.path),
        `no file is named: ${message}`,
      );
    }
    return undefined;
  }
}

/** The deployments of a job, those that went wrong among them. */
export function deploymentsOf({ jobs }: RunRecord, id?: string): readonly DeploymentRecord[] {
  return jobs.filter((job) => id === undefined || job.id === id)
    .flatMap(({ legs }) => legs.flatMap(({ steps }) => steps.flatMap((step) => step.deployments)));
}
