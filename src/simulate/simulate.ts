import { loadClusters } from "../config/load_clusters.ts";
import { loadConfig } from "../config/load_config.ts";
import type { Settings } from "../config/settings.ts";
import { UserError } from "../errors.ts";
import type { Cluster } from "../plan/cluster.ts";
import { Plan } from "../plan/schema.ts";
import { LOCK_FILE } from "../workflow/lock.ts";
import { GENERATED } from "../../workflows/header.ts";
import { Artifacts } from "./artifacts.ts";
import { checkOut } from "./checkout.ts";
import { DeployCommands } from "./deploy_command.ts";
import {
  NO_COMMIT,
  pullRequestEvent,
  pushEvent,
  type RunEvent,
  workflowRunEvent,
} from "./event.ts";
import type { Fault } from "./fault.ts";
import { checkFaults, unusedFaults } from "./fault_checks.ts";
import { type CommandLine, InProcess } from "./in_process.ts";
import { LocalApi, type LocalComment } from "./local_api.ts";
import type { Machines } from "./machine.ts";
import { Origin } from "./origin.ts";
import { realMachines } from "./real_machine.ts";
import type { RunRecord } from "./record.ts";
import { type ReleaseRecord, releaseRecords } from "./release.ts";
import { runWorkflow } from "./run.ts";
import { runtimeLinks } from "./runtime_link.ts";
import { sharedMachines } from "./shared_machine.ts";
import { whyNotTriggered } from "./trigger.ts";
import { readWorkflow, type Workflow } from "./workflow_file.ts";
import type { ApiAccess, FinishingOrder, World } from "./world.ts";

/** The number of the simulated pull request. */
const PULL_REQUEST = 1;

/** The id of the first run. */
const FIRST_RUN = 1001;

/** What a simulator is made for. */
export interface SimulatorOptions {
  /** The root of the infrastructure repository. */
  readonly repo: string;
  /** The config, where the user named one; the commit's own without it. */
  readonly config?: string | undefined;
  /** Runs a command line of hubwright in this process. */
  readonly hubwright: CommandLine;
  /** `owner/name`. */
  readonly repository?: string;
  /** GitHub's API; a small one of the simulator's own where absent. */
  readonly api?: ApiAccess;
  /**
   * Whether hubwright's own commands run in this process, and a script that ran before with the
   * same input is not run again: for many runs over the same commits.
   */
  readonly fast?: boolean;
}

/** What to simulate. */
export interface Scenario {
  /** The commit before the change; for a pull request, the tip of its base branch. */
  readonly base: string;
  /** The commit after it; `HEAD` where absent. */
  readonly head?: string | undefined;
  /** What happens; a push where absent. */
  readonly event?: "push" | "pull_request" | undefined;
  /** What goes wrong. */
  readonly faults?: readonly Fault[];
  /** In which order the legs of a job finish. */
  readonly order?: FinishingOrder;
  /** The labels of the pull request, or of the one that the push merged. */
  readonly labels?: readonly string[];
  /** The actions that are taken for done without running. */
  readonly skippedActions?: readonly string[];
}

/** What happened. */
export interface Simulation {
  readonly event: "push" | "pull_request";
  /** The commit before the change. */
  readonly base: string;
  /** The commit after it. */
  readonly head: string;
  /** Whether all runs are green, and every planned release that is not deployed has a reason. */
  readonly green: boolean;
  /** The runs, in the order in which they started. */
  readonly runs: readonly RunRecord[];
  /** What became of every release. */
  readonly releases: readonly ReleaseRecord[];
  /** The comments on the pull request, where the API is the simulator's own. */
  readonly comments: readonly string[];
  /** What people should know. */
  readonly notices: readonly string[];
}

/** A change, made ready: what does not depend on what goes wrong. */
interface Prepared {
  readonly base: string;
  readonly head: string;
  readonly event: RunEvent;
  /** The commit of the default branch that a run after the first is for. */
  readonly defaultSha: string;
  /** The refs of GitHub's repository. */
  readonly refs: Readonly<Record<string, string>>;
  readonly changed: readonly string[] | undefined;
  readonly settings: Settings;
  readonly clusters: readonly Cluster[];
  readonly plan: Plan;
  readonly notices: readonly string[];
  readonly commands: DeployCommands;
  readonly machines: Machines & Partial<AsyncDisposable>;
  /** The workflows of the run's commit, and of the default branch. */
  readonly workflows: readonly Workflow[];
  readonly followers: readonly Workflow[];
}

/** Simulates what a change makes GitHub do in a repository. */
export class Simulator implements AsyncDisposable {
  readonly #options: SimulatorOptions;
  readonly #root: string;
  readonly #origin: Origin;
  readonly #prepared = new Map<string, Promise<Prepared>>();
  readonly #artifacts = new Artifacts();
  #api: LocalApi | undefined;
  #current: Prepared | undefined;
  #nextRun = FIRST_RUN;

  private constructor(options: SimulatorOptions, root: string, origin: Origin) {
    this.#options = options;
    this.#root = root;
    this.#origin = origin;
  }

  /**
   * Makes a simulator. Everything that it makes is in a temporary folder.
   *
   * @throws {UserError} Where the repository is none.
   */
  static async create(options: SimulatorOptions): Promise<Simulator> {
    const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "hubwright-simulate-" }));
    try {
      const repo = await Deno.realPath(options.repo).catch(() => {
        throw new UserError(`Cannot find the repository ${JSON.stringify(options.repo)}`);
      });
      return new Simulator(options, root, await Origin.create(repo, `${root}/origin`));
    } catch (error) {
      await Deno.remove(root, { recursive: true });
      throw error;
    }
  }

  /**
   * Simulates a change: the run that it starts, and the run that follows that one.
   *
   * @throws {UserError} Where the scenario is wrong, or something is not modelled.
   */
  async simulate(scenario: Scenario): Promise<Simulation> {
    const { base, head = "HEAD", event = "push", labels = [], faults = [] } = scenario;
    const key = JSON.stringify([base, head, event, labels]);
    const preparing = this.#prepared.get(key) ?? this.#prepare(scenario);
    this.#prepared.set(key, preparing);
    const prepared = await preparing;
    await this.#setRefs(prepared);
    checkFaults(faults, prepared);
    const api = this.#options.api ?? this.#localApi(prepared, event === "push", labels);
    const world: World = {
      facts: this.#facts(prepared.settings),
      machines: prepared.machines,
      artifacts: this.#artifacts,
      commands: prepared.commands,
      api,
      faults,
      order: scenario.order ?? "matrix",
      skippedActions: scenario.skippedActions ?? [],
    };
    const runs = await this.#runAll(world, prepared);
    this.#api?.check();
    const [first] = runs;
    const releases = releaseRecords(prepared.clusters, prepared.plan, first);
    return {
      event,
      base: prepared.base,
      head: prepared.head,
      green: runs.every(({ conclusion }) => conclusion === "success" || conclusion === "skipped") &&
        releases.every(({ status, planned }) =>
          status !== "dropped" && (planned || status === "not planned")
        ),
      runs,
      releases,
      comments: this.#api?.comments.map(({ body }: LocalComment) => body) ?? [],
      notices: [...prepared.notices, ...unusedFaults(faults, runs)],
    };
  }

  async #runAll(world: World, prepared: Prepared): Promise<readonly RunRecord[]> {
    const runs: RunRecord[] = [];
    // What ran before is known again by its environment, in which a run's id stands.
    if (this.#options.fast) this.#nextRun = FIRST_RUN;
    for (const workflow of prepared.workflows) {
      if (whyNotTriggered(workflow, prepared.event, prepared.changed) !== undefined) continue;
      const id = this.#nextRun++;
      const record = await runWorkflow(world, workflow, prepared.event, id);
      runs.push(record);
      const follows = workflowRunEvent(world.facts, {
        id,
        name: record.name,
        path: record.path,
        conclusion: record.conclusion,
        event: prepared.event,
        headSha: prepared.head,
        headBranch: prepared.event.headRef || world.facts.defaultBranch,
      }, prepared.defaultSha);
      for (const follower of prepared.followers) {
        if (whyNotTriggered(follower, follows, undefined) !== undefined) continue;
        runs.push(await runWorkflow(world, follower, follows, this.#nextRun++));
      }
    }
    return runs;
  }

  async #prepare(
    { base, head = "HEAD", event = "push", labels = [] }: Scenario,
  ): Promise<Prepared> {
    const origin = this.#origin;
    const root = `${this.#root}/change-${this.#prepared.size}`;
    const headSha = await origin.commitOf("--head", head);
    const isNew = /^0{40,}$/.test(base);
    const baseSha = isNew ? NO_COMMIT : await origin.commitOf("--base", base);
    if (isNew && event === "pull_request") {
      throw new UserError("Cannot simulate a pull request without a base");
    }
    const sha = event === "push" ? headSha : await origin.merge(baseSha, headSha);
    const defaultSha = event === "push" ? headSha : baseSha;
    const ref = event === "push" ? "refs/heads/simulated" : `refs/pull/${PULL_REQUEST}/merge`;
    await origin.setRef(ref, sha);
    const reference = `${root}/reference`;
    await Deno.mkdir(reference, { recursive: true });
    await checkOut(origin, reference, { ref, depth: 0 }, []);
    const settings = await loadConfig(reference, this.#options.config);
    const facts = this.#facts(settings);
    const links = await runtimeLinks(origin.repo, settings.runtime);
    const commands = new DeployCommands(settings.commands);
    const forced = !isNew && !await origin.isAncestor(baseSha, headSha);
    const inProcess = this.#options.fast
      ? new InProcess(`${root}/in-process`, settings.runtime, this.#options.hubwright)
      : undefined;
    const machines = realMachines({ root, origin, commands, links, inProcess });
    const planned = await this.#plan(reference, baseSha, sha, labels);
    return {
      base: baseSha,
      head: headSha,
      event: event === "push"
        ? pushEvent(facts, baseSha, headSha, forced)
        : pullRequestEvent(facts, {
          number: PULL_REQUEST,
          head: headSha,
          base: baseSha,
          headRef: "simulated",
          labels,
        }, sha),
      defaultSha,
      refs: { [ref]: sha, [`refs/heads/${facts.defaultBranch}`]: defaultSha },
      changed: isNew
        ? undefined
        : await origin.changed(baseSha, headSha, event === "push" ? ".." : "..."),
      settings,
      clusters: planned.plan === undefined ? [] : loadClusters(reference, settings),
      plan: planned.plan ?? EMPTY_PLAN,
      notices: planned.notices,
      commands,
      machines: this.#options.fast ? sharedMachines(machines) : machines,
      workflows: await this.#workflows(sha),
      followers: await this.#workflows(defaultSha),
    };
  }

  async #setRefs(prepared: Prepared): Promise<void> {
    if (this.#current === prepared) return;
    this.#current = prepared;
    const { refs } = prepared;
    await Promise.all(Object.entries(refs).map(([ref, sha]) => this.#origin.setRef(ref, sha)));
  }

  /** What the change calls for, whatever the workflow makes of it. */
  async #plan(
    repo: string,
    base: string,
    head: string,
    labels: readonly string[],
  ): Promise<{ readonly plan: Plan | undefined; readonly notices: readonly string[] }> {
    const options = { "--base": base, "--head": head, "--labels": JSON.stringify(labels) };
    const { code, out, err } = await this.#options.hubwright(
      ["plan", "--format", "json", "--repo", repo, ...Object.entries(options).flat()],
      { env: {}, cwd: repo },
    );
    if (code === 0) return { plan: Plan.parse(JSON.parse(out)), notices: [] };
    return {
      plan: undefined,
      notices: [`the change cannot be planned: ${err.trim().split("\n").join("; ")}`],
    };
  }

  async #workflows(commit: string): Promise<readonly Workflow[]> {
    const files = (await this.#origin.workflows(commit))
      .filter(({ text }) => text.startsWith(`# ${GENERATED}`));
    const lock = await this.#origin.try("cat-file", "blob", `${commit}:${LOCK_FILE}`);
    if (files.length > 0) return files.map(({ path, text }) => readWorkflow(path, text, lock));
    throw new UserError({
      file: ".github/workflows",
      message: `Cannot find generated workflows in the commit ${commit.slice(0, 12)}: generate ` +
        "and commit them",
    });
  }

  #facts(settings: Settings) {
    return {
      repository: this.#options.repository ?? "simulated/infrastructure",
      defaultBranch: settings.defaultBranch,
      serverUrl: "https://github.com",
    };
  }

  #localApi({ settings, head }: Prepared, merged: boolean, labels: readonly string[]): ApiAccess {
    const { repository, defaultBranch } = this.#facts(settings);
    this.#api ??= new LocalApi(repository, defaultBranch);
    this.#api.pullRequest = { number: PULL_REQUEST, sha: head, merged, labels };
    return this.#api.access;
  }

  /** Removes everything that it made. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#api?.[Symbol.asyncDispose]();
    await Deno.remove(this.#root, { recursive: true });
  }
}

const EMPTY_PLAN: Plan = {
  version: 1,
  base: "",
  head: "",
  support_and_staging: [],
  prod: [],
  notices: [],
};
