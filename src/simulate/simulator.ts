import { thrownText, UserError } from "../errors.ts";
import { Checkouts } from "./checkouts.ts";
import { isTriggered, workflowRunEvent } from "./event.ts";
import { checkFaults, unusedFaults } from "./fault.ts";
import { type Kept, LocalApi, nothingKept } from "./local_api.ts";
import { type Machines, type MachineSettings, realMachines } from "./machine.ts";
import { Origin } from "./origin.ts";
import { prepareChange, type PreparedChange } from "./prepared_change.ts";
import type { Change, RunRecord, Simulation, StepOfSequence, Trouble } from "./record.ts";
import { plannedJobs, releaseRecords } from "./release.ts";
import { type Rerun, runWorkflow } from "./run_workflow.ts";
import { type ReadyChange, runSequence } from "./sequence.ts";
import type { SequenceStep } from "./sequence_step.ts";
import { checkSkippedActions } from "./local_action.ts";
import type { Workflow } from "./workflow_file.ts";
import type { Api, World } from "./world.ts";

const FIRST_RUN = 1001;

export interface SimulatorOptions {
  /** The root of the infrastructure repository. */
  readonly repo: string;
  /** The config, where the user named one; the commit's own without it. */
  readonly config?: string | undefined;
  /** `owner/name`. */
  readonly repository?: string;
  /** GitHub's API; a small one of the simulator's own where absent. */
  readonly api?: Api;
  /** What makes the machines on which legs run; real ones where absent. */
  readonly machines?: (settings: MachineSettings) => Machines;
  readonly progress?: (line: string) => void;
}

/** Simulates what changes make GitHub do in a repository. */
export class Simulator implements AsyncDisposable {
  readonly #api = new LocalApi();
  readonly #checkouts: Checkouts;
  #count = 0;

  private constructor(
    private readonly options: SimulatorOptions,
    private readonly root: string,
    private readonly origin: Origin,
  ) {
    this.#checkouts = new Checkouts(root, origin);
  }

  /** Makes a simulator. Everything that it writes is in a temporary folder. */
  static async create(options: SimulatorOptions): Promise<Simulator> {
    const repo = await Deno.realPath(options.repo).catch(() => {
      throw new UserError(`Cannot find the repository ${JSON.stringify(options.repo)}`);
    });
    const root = await makeRoot();
    try {
      return new Simulator(options, root, await Origin.create(repo, `${root}/origin`));
    } catch (error) {
      await Deno.remove(root, { recursive: true });
      throw error;
    }
  }

  async simulate(scenario: Change & Trouble): Promise<Simulation> {
    const { simulate } = await this.prepare(scenario);
    return await simulate(scenario);
  }

  /** Simulates one thing after the other on one fleet. */
  sequence(
    steps: readonly SequenceStep[],
    skippedActions: readonly string[] = [],
  ): AsyncGenerator<StepOfSequence> {
    return runSequence((change) => this.prepare(change), this.origin, steps, skippedActions);
  }

  async prepare(
    change: Change,
  ): Promise<ReadyChange> {
    const { config, repository = "simulated/infrastructure" } = this.options;
    const root = `${this.root}/change-${this.#count++}`;
    const [origin, checkouts] = [this.origin, this.#checkouts];
    const prepared = await prepareChange(change, {
      ...{ origin, checkouts, root, config, repository },
    });
    const name = origin.repo.split("/").at(-1) || "repository";
    const make = this.options.machines ?? realMachines;
    const machines = make({ ...prepared, checkouts, root, name });
    return {
      prepared,
      simulate: (trouble, kept = nothingKept(), rerun) =>
        this.#simulate(prepared, machines, trouble, kept, rerun),
    };
  }

  async #simulate(
    prepared: PreparedChange,
    machines: Machines,
    { faults = [], skippedActions = [] }: Trouble,
    kept: Kept,
    rerun: Rerun | undefined,
  ): Promise<Simulation> {
    const { base, head, facts, commands, pullRequest, refs, workflows, clusters, plan } = prepared;
    checkFaults(faults, workflows, clusters);
    checkSkippedActions(skippedActions, prepared.actions);
    await this.origin.setRefs(refs);
    if (pullRequest !== undefined && rerun === undefined) kept.pullRequests.push(pullRequest);
    const commitOf = (ref: string) => this.origin.commitOf(ref);
    this.#api.open({ ...kept, facts, commitOf });
    const world: World = {
      ...{ machines, commands, facts, artifacts: new Map(), runs: kept.runs },
      api: this.options.api ?? this.#api,
      faults,
      skippedActions,
      progress: this.options.progress ?? (() => {}),
    };
    const runs = await runAll(prepared, world, rerun);
    this.#api.check();
    // With a ledger, a run upgrades more than its push calls for.
    const planned = prepared.ledger && plannedJobs(runs[0]) || plan;
    const releases = releaseRecords(clusters, planned, runs[0]);
    return {
      event: prepared.asked,
      ...(prepared.branch !== undefined && { branch: prepared.branch }),
      base,
      head,
      green: runs.every(({ conclusion }) => conclusion === "success" || conclusion === "skipped") &&
        releases.every(({ status, planned }) =>
          status !== "dropped" && (planned || status === "not planned")
        ),
      runs,
      releases,
      comments: kept.comments.filter(({ on }) => on === pullRequest?.number)
        .map(({ body }) => body),
      notices: [...prepared.notices, ...unusedFaults(faults, runs)],
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#api[Symbol.asyncDispose]();
    await Deno.remove(this.root, { recursive: true });
  }
}

async function runAll(
  { workflows, followers, event, changed, defaultSha, facts }: PreparedChange,
  world: World,
  rerun: Rerun | undefined,
): Promise<readonly RunRecord[]> {
  const runs: RunRecord[] = [];
  const run = async (workflow: Workflow, by = event, again?: Rerun) => {
    const id = again?.record.id ?? FIRST_RUN + world.runs.size;
    const record = await runWorkflow(world, workflow, by, id, again);
    runs.push(record);
    return record;
  };
  for (const workflow of workflows) {
    const isMeant = rerun === undefined
      ? isTriggered(workflow, event, changed)
      : rerun.record.path === workflow.path;
    if (!isMeant) continue;
    const finished = await run(workflow, event, rerun);
    const follows = workflowRunEvent(facts, finished, event, defaultSha);
    for (const follower of followers) {
      if (isTriggered(follower, follows, undefined)) await run(follower, follows);
    }
  }
  return runs;
}

async function makeRoot(): Promise<string> {
  try {
    return await Deno.realPath(await Deno.makeTempDir({ prefix: "hubwright-simulate-" }));
  } catch (error) {
    throw new UserError(
      `Cannot make a folder for the simulation: ${thrownText(error)}; TMPDIR says where`,
    );
  }
}
