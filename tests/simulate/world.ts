import { allJobs } from "../../src/simulate/all_jobs.ts";
import { Checkouts } from "../../src/simulate/checkouts.ts";
import { DeployCommands } from "../../src/simulate/deploy_command.ts";
import { NO_COMMIT, pushEvent } from "../../src/simulate/event.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import { Origin } from "../../src/simulate/origin.ts";
import { realMachines } from "../../src/simulate/machine.ts";
import type { JobRecord, LegRecord, RunRecord } from "../../src/simulate/record.ts";
import { type Rerun, runWorkflow } from "../../src/simulate/run_workflow.ts";
import { readWorkflow } from "../../src/simulate/read_workflow.ts";
import type { World } from "../../src/simulate/world.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { EMPTY_REPOSITORY } from "../git/temp_repository.ts";

/** The facts of the repository of every run here. */
export const FACTS = {
  repository: "octo/small",
  defaultBranch: "main",
  serverUrl: "https://github.com",
};

/** A repository with one commit, and what GitHub has of it. */
async function createOrigin(files: Readonly<Record<string, string>> = {}) {
  const repository = await Sandbox.create({
    ...EMPTY_REPOSITORY,
    "README.md": "small\n",
    ...files,
  });
  const sha = await repository.commit("First");
  const origin = await Origin.create(repository.path, repository.join(".git/origin"));
  await origin.setRefs({ "refs/heads/main": sha });
  return {
    ...{ origin, sha },
    [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose](),
  };
}

/** One that does for all workflows that look at no files. */
let empty: ReturnType<typeof createOrigin> | undefined;
Deno.test.afterAll(async () => await (await empty)?.[Symbol.asyncDispose]());

/** Runs a workflow of a test after a push; it can call what is in the files. */
export async function run(
  jobs: string,
  {
    files = {},
    fail = [],
    again = [],
    skip = [],
    listed = [],
    machines = realMachines,
  }: {
    readonly files?: Readonly<Record<string, string>>;
    readonly fail?: readonly string[];
    /** What is run again, and what goes wrong then. */
    readonly again?: readonly (readonly [jobs: Rerun["jobs"], ...fail: readonly string[]])[];
    readonly skip?: readonly string[];
    /** Gets the names of all that GitHub lists. */
    readonly listed?: string[];
    readonly machines?: typeof realMachines;
  } = {},
): Promise<RunRecord> {
  await using root = await Sandbox.create();
  // Workflows are read from the text that is given.
  const isEmpty = Object.keys(files).every((path) => path.startsWith(".github/workflows/"));
  await using own = isEmpty ? undefined : await createOrigin(files);
  const { origin, sha } = own ?? await (empty ??= createOrigin());
  const commands = new DeployCommands({
    upgradeSupport: "deployer deploy-support CLUSTER",
    upgradeHub: "deployer deploy CLUSTER HUB",
    healthCheck: "deployer check CLUSTER HUB",
  });
  const checkouts = new Checkouts(root.path, origin);
  const text = `name: Small\non: { push: {} }\n${jobs.includes("jobs:") ? "" : "jobs:\n"}${jobs}`;
  const world: Omit<World, "faults"> = {
    facts: FACTS,
    machines: machines({
      root: root.path,
      name: "small",
      checkouts,
      lend: true,
      links: [],
      commands,
    }),
    artifacts: new Map(),
    runs: new Map(),
    commands,
    // What a token may do can be read from it.
    api: { url: "http://127.0.0.1:9", tokenFor: (of) => `ghs_${JSON.stringify(of)}` },
    skippedActions: skip,
    progress: () => {},
  };
  const workflow = readWorkflow("small.yaml", text, { others: new Map(Object.entries(files)) });
  const event = pushEvent(FACTS, NO_COMMIT, sha, false);
  const attempt = (fail: readonly string[], rerun?: Rerun) =>
    runWorkflow({ ...world, faults: fail.map(parseFault) }, workflow, event, 1, rerun);
  let record = await attempt(fail);
  for (const [jobs, ...fail] of again) record = await attempt(fail, { record, jobs });
  listed.push(...[...world.runs.values()].flatMap((run) => run.listed).map(({ name }) => name));
  return record;
}

/** A job of a run, or of the workflows that it calls. */
export function jobOf({ jobs }: Pick<RunRecord, "jobs">, id: string): JobRecord {
  const job = allJobs(jobs).find((job) => job.id === id);
  if (job === undefined) throw new RangeError(`no job ${id}`);
  return job;
}

/** The results of all jobs. */
export function results({ jobs }: Pick<RunRecord, "jobs">): Record<string, string> {
  return Object.fromEntries(jobs.map((job) => [job.id, job.result]));
}

/** The only leg of the only job. */
export function onlyLeg({ jobs }: RunRecord): LegRecord {
  const [leg, ...more] = jobs.flatMap((job) => job.legs);
  if (leg === undefined || more.length > 0) throw new RangeError("not one leg");
  return leg;
}

/** The outcomes of a leg's steps by name, and the conclusions where they differ. */
export function ends({ steps }: LegRecord): Record<string, string> {
  return Object.fromEntries(steps.map(({ name, outcome, conclusion }) => [
    name.trim(),
    outcome === conclusion ? outcome : `${outcome}, ${conclusion}`,
  ]));
}

/** What a step printed. */
export function logOf({ steps }: LegRecord, name: string): string {
  const step = steps.find((step) => step.name.trim() === name);
  if (step === undefined) throw new RangeError(`no step ${name}`);
  return step.log;
}
