import { Artifacts } from "../../src/simulate/artifacts.ts";
import { DeployCommands } from "../../src/simulate/deploy_command.ts";
import { pushEvent, type RunEvent } from "../../src/simulate/event.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import { Origin } from "../../src/simulate/origin.ts";
import { realMachines } from "../../src/simulate/real_machine.ts";
import type { JobRecord, LegRecord, RunRecord, StepRecord } from "../../src/simulate/record.ts";
import { runWorkflow } from "../../src/simulate/run.ts";
import { readWorkflow } from "../../src/simulate/workflow_file.ts";
import type { FinishingOrder, World } from "../../src/simulate/world.ts";
import { Sandbox } from "../cli/sandbox.ts";

/** The facts of the repository of every run here. */
export const FACTS = {
  repository: "octo/small",
  defaultBranch: "main",
  serverUrl: "https://github.com",
};

/** What a run is given. */
export interface RunOptions {
  /** The files of the repository. */
  readonly files?: Readonly<Record<string, string>>;
  /** What goes wrong. */
  readonly fail?: readonly string[];
  readonly order?: FinishingOrder;
  /** What starts it; a push where absent. */
  readonly event?: (sha: string) => RunEvent;
}

/** Runs a workflow of a test, with real shells. */
export async function run(
  jobs: string,
  { files = {}, fail = [], order = "matrix", event }: RunOptions = {},
): Promise<RunRecord> {
  await using repository = await Sandbox.create({ "README.md": "small\n", ...files });
  await using root = await Sandbox.create();
  await repository.git("init", "--quiet", "--initial-branch=main");
  const sha = await repository.commit("First");
  const origin = await Origin.create(repository.path, root.join("origin"));
  await origin.setRef("refs/heads/main", sha);
  const commands = new DeployCommands({
    upgradeSupport: "deployer deploy-support CLUSTER",
    upgradeHub: "deployer deploy CLUSTER HUB",
    healthCheck: "deployer check CLUSTER HUB",
  });
  const world: World = {
    facts: FACTS,
    machines: realMachines({ root: root.path, origin, commands, links: [] }),
    artifacts: new Artifacts(),
    commands,
    api: { url: "http://127.0.0.1:9", token: "ghs_token" },
    faults: fail.map(parseFault),
    order,
    skippedActions: [],
  };
  const text = `name: Small\non: { push: {} }\n${jobs.includes("jobs:") ? "" : "jobs:\n"}${jobs}`;
  const started = event?.(sha) ?? pushEvent(FACTS, "0".repeat(40), sha, false);
  return await runWorkflow(world, readWorkflow("small.yaml", text), started, 1);
}

/** A job of a run. */
export function jobOf({ jobs }: RunRecord, id: string): JobRecord {
  const job = jobs.find((job) => job.id === id);
  if (job === undefined) throw new RangeError(`no job ${id}`);
  return job;
}

/** The results of all jobs. */
export function results({ jobs }: RunRecord): Record<string, string> {
  return Object.fromEntries(jobs.map((job) => [job.id, job.result]));
}

/** The only leg of the only job. */
export function onlyLeg({ jobs }: RunRecord): LegRecord {
  const [leg, ...more] = jobs.flatMap((job) => job.legs);
  if (leg === undefined || more.length > 0) throw new RangeError("not one leg");
  return leg;
}

/** The outcomes and conclusions of a leg's steps, by name. */
export function ends({ steps }: LegRecord): Record<string, string> {
  return Object.fromEntries(steps.map((step: StepRecord) => [
    step.name.trim(),
    step.outcome === step.conclusion ? step.outcome : `${step.outcome}, ${step.conclusion}`,
  ]));
}

/** What a step printed. */
export function logOf({ steps }: LegRecord, name: string): string {
  const step = steps.find((step) => step.name.trim() === name);
  if (step === undefined) throw new RangeError(`no step ${name}`);
  return step.log;
}
