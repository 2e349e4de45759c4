/**
 * Histories of a fleet: what is pushed, what becomes of its runs, and who meddles. They are played
 * with hubwright's own planner and ledger, without git and without a network.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Config } from "../../src/config/config.ts";
import type { Settings } from "../../src/config/settings.ts";
import { closeRun } from "../../src/contract/close_run.ts";
import { CANARY_JOB } from "../../src/filter/verdict.ts";
import type { FileVersion } from "../../src/git/tree.ts";
import type { GitHub } from "../../src/github/api.ts";
import { laterRun } from "../../src/github/later_run.ts";
import type { ListedJob } from "../../src/github/run_jobs.ts";
import { readRecord } from "../../src/ledger/deployments.ts";
import { LedgerOutput, type LegNames, plannedReleases } from "../../src/ledger/ledger_output.ts";
import { type LedgerRecord, releaseKey, wasAttempted } from "../../src/ledger/ledger_record.ts";
import { CLUSTER_JOB, PROD_JOB, REPORT_JOB } from "../../src/ledger/leg_steps.ts";
import { makeUp, type Past } from "../../src/ledger/make_up.ts";
import { type Asked, select, selectionProblems } from "../../src/ledger/selection.ts";
import { matrixJobs } from "../../src/plan/matrix.ts";
import { type Phase, PHASES } from "../../src/plan/releases.ts";
import { stepsOf } from "../../src/replay/plan_steps.ts";
import { CONFIGS } from "../precise/changes.ts";
import { afterEdits, type Edit, edit } from "../precise/edits.ts";
import { inputInProcess, settingsOf } from "../precise/in_process.ts";
import { type Files, filesOf, type Style, style, type World, world } from "../precise/world.ts";
import { CLASSIC, NaivePlanner } from "./naive_planner.ts";

/** What goes wrong with the upgrade of a release. */
const FAULTS = [
  ...["failed", "unhealthy", "cancelled", "lost", "lost without a word", "never begun"] as const,
];

/** What becomes of an attempt of a run. */
interface Fate {
  /** Which of the planned releases has which fault. */
  readonly faults: readonly { readonly at: number; readonly fault: (typeof FAULTS)[number] }[];
  readonly report: "written" | "lost";
}

/** Whether a push starts a run at all, and whether that comes to planning. */
type Start = "runs" | "starts no run" | "is cancelled";

type Event =
  | {
    readonly kind: "push";
    /** Each commit's edits, or which earlier commit it takes all back to. */
    readonly commits: readonly (readonly Edit[] | { readonly backTo: number })[];
    readonly labels: readonly string[];
    readonly start: Start;
    readonly fate: Fate;
  }
  | {
    readonly kind: "dispatch";
    readonly words: "nothing" | "a cluster" | "a release" | "*/staging" | "*";
    readonly at: number;
    readonly phase: Phase | undefined;
    readonly fate: Fate;
  }
  | { readonly kind: "schedule"; readonly fate: Fate }
  | {
    readonly kind: "rerun";
    /** How many runs ago it was. */
    readonly ago: number;
    readonly jobs: "all" | "failed";
    readonly fate: Fate;
  }
  | { readonly kind: "pause"; readonly at: readonly number[] }
  | { readonly kind: "lost record" };

export interface History {
  readonly config: Config;
  readonly world: World;
  readonly style: Style;
  readonly events: readonly Event[];
  readonly layout: Settings["layout"];
  /** How many waves the clusters are in. */
  readonly waves: number;
  /** What the fault-free run at the end is. */
  readonly end: "push" | "dispatch" | "schedule";
}

const often = <Value>(weight: number, usual: Value, other: fc.Arbitrary<Value>) =>
  fc.oneof({ withCrossShrink: true }, { weight, arbitrary: fc.constant(usual) }, {
    weight: 1,
    arbitrary: other,
  });

const fate: fc.Arbitrary<Fate> = fc.record({
  faults: fc.array(fc.record({ at: fc.nat(11), fault: fc.constantFrom(...FAULTS) }), {
    maxLength: 3,
  }),
  report: often<Fate["report"]>(6, "written", fc.constant("lost")),
});

const LABELS = ["skip-deploy", "skip-deploy-hubs", "deploy-hubs", "deploy-support"]
  .map((label) => `deployer:${label}`);

const push: fc.Arbitrary<Event> = fc.record({
  kind: fc.constant("push"),
  commits: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.array(edit, { maxLength: 2 }) },
      { weight: 1, arbitrary: fc.record({ backTo: fc.nat(9) }) },
    ),
    { minLength: 1, maxLength: 3 },
  ),
  labels: often<readonly string[]>(3, [], fc.subarray(LABELS, { minLength: 1, maxLength: 2 })),
  start: often<Start>(6, "runs", fc.constantFrom("starts no run", "is cancelled")),
  fate,
});

const others: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("rerun"),
      ago: fc.nat(4),
      jobs: fc.constantFrom("all", "failed"),
      fate,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("dispatch"),
      words: fc.constantFrom("nothing", "a cluster", "a release", "*/staging", "*"),
      at: fc.nat(11),
      phase: fc.option(fc.constantFrom(...PHASES), { nil: undefined }),
      fate,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("schedule"), fate }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("pause"),
      at: fc.array(fc.nat(15), { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "lost record" }) },
);

/** At least 6 pushes, each perhaps followed by something else. */
export const history: fc.Arbitrary<History> = fc.record({
  config: fc.constantFrom(...CONFIGS, CLASSIC, CLASSIC),
  world,
  style,
  events: fc.array(fc.tuple(push, fc.array(others, { maxLength: 2 })), {
    minLength: 6,
    maxLength: 7,
  }).map((pairs) => pairs.flatMap(([push, others]) => [push, ...others])),
  layout: fc.constantFrom("four-jobs" as const, "pipelined" as const),
  waves: often(3, 1, fc.integer({ min: 2, max: 3 })),
  end: fc.constantFrom("push" as const, "dispatch" as const, "schedule" as const),
}).map((history) => ({ ...history, [fc.toStringMethod]: () => show(history) }));

/** A history in a line for each cluster and event; how it went is in the error. */
function show({ config, world, events, layout, waves, end }: History): string {
  return [
    JSON.stringify({ ...config, layout, waves }),
    ...Object.values(world.clusters).map(({ name, support, hubs }) =>
      `${name}: ${support ? "support chart, " : ""}${hubs.map((hub) => hub.name).join(", ")}`
    ),
    ...events.map((event) => JSON.stringify(event)),
    `in the end a ${end}`,
  ].join("\n");
}

const SETTINGS = new Map<Config, Settings>(
  [...CONFIGS, CLASSIC].map((config) => [config, settingsOf(config)]),
);

const hashOf = (commit: number) => commit.toString(16).padStart(40, "0");
const commitOf = (hash: string) => parseInt(hash, 16);

/** A run of the workflow, as GitHub keeps it. */
interface Run {
  readonly id: number;
  readonly event: "push" | "workflow_dispatch" | "schedule";
  readonly head: number;
  /** On a push: the commit before it. */
  readonly before?: number;
  readonly labels?: readonly string[];
  readonly asked?: Asked | undefined;
  attempt: number;
  /** What the last plan said; nothing where none did. */
  ledger?: LedgerOutput | undefined;
  readonly jobs: ListedJob[];
}

type Started = Pick<Run, "event" | "before" | "labels" | "asked">;

const QUIET: Fate = { faults: [], report: "written" };

/** What a history came to. */
export interface Played {
  /** What happened, a line each. */
  readonly lines: readonly string[];
  readonly refused: number;
  readonly upgraded: number;
  readonly owed: number;
}

/** Plays a history, and fails where hubwright does not keep what it promises. */
export async function play(history: History): Promise<Played> {
  const fleet = new PlayedFleet(history);
  try {
    for (const event of history.events) await fleet.play(event);
    await fleet.end(history.end);
  } catch (error) {
    if (error instanceof Error) error.message += `\n\n${fleet.lines.join("\n")}\n`;
    throw error;
  }
  return fleet;
}

class PlayedFleet implements Played {
  readonly lines: string[] = [];
  refused = 0;
  upgraded = 0;
  owed = 0;
  readonly #settings: Settings;
  readonly #names: LegNames & { readonly report: string };
  readonly #waveOf: (cluster: string) => number;
  readonly #style: Style;
  readonly #naive: NaivePlanner;
  readonly #worlds: World[];
  readonly #commits: Files[];
  /** The labels behind each commit. */
  readonly #labels: (readonly string[])[] = [[]];
  readonly #runs: Run[] = [];
  readonly #deployments: { readonly id: number; readonly payload: LedgerRecord }[] = [];
  #written = 0;
  #paused: Record<string, string> = {};
  /** The releases of which the record knows less than is so. */
  #doubted = new Set<string>();
  /** What a label or a person asked for, and is owed by the record since. */
  #wanted = new Set<string>();

  constructor({ config, world, style, layout, waves }: History) {
    this.#names = {
      ...{ canary: CANARY_JOB, prod: PROD_JOB, report: REPORT_JOB },
      ...(layout === "pipelined" && { cluster: CLUSTER_JOB }),
    };
    this.#waveOf = (cluster) => (cluster.codePointAt(0) ?? 0) % waves;
    this.#settings = SETTINGS.get(config) ?? settingsOf(config);
    this.#style = style;
    this.#naive = new NaivePlanner(config);
    this.#worlds = [world];
    this.#commits = [filesOf(world, style)];
    this.#naive.commit(new Map(), this.#filesAt(0), () => false);
  }

  get #head(): number {
    return this.#commits.length - 1;
  }

  #filesAt(commit: number): Files {
    return this.#commits[commit] ?? new Map();
  }

  async play(event: Event): Promise<void> {
    switch (event.kind) {
      case "push":
        return await this.#push(event);
      case "dispatch": {
        const asked = this.#asked(event);
        if (asked !== undefined) {
          await this.#begin({ event: "workflow_dispatch", asked }, event.fate);
        }
        return;
      }
      case "schedule":
        return await this.#begin({ event: "schedule" }, event.fate);
      case "rerun": {
        const run = this.#runs.at(-1 - event.ago);
        if (run !== undefined) await this.#attempt(run, event.jobs, event.fate);
        return;
      }
      case "pause": {
        const keys = [...this.#naive.at(this.#head)].flatMap((
          [key, { cluster }],
        ) => [key, cluster]);
        const names = event.at.map((at) => keys[at % keys.length] ?? "");
        this.#paused = Object.fromEntries(names.map((name) => [name, "a reason"]));
        this.lines.push(`paused: ${names.join(", ") || "nothing"}`);
        return;
      }
      case "lost record":
        this.#deployments.length = 0;
        this.#wanted.clear();
        for (const { releases } of this.#naive.commits) {
          for (const key of releases.keys()) {
            this.#doubted.add(key);
            this.#naive.forget(key, 0);
          }
        }
        this.lines.push("the record is lost");
    }
  }

  /** One run without faults, after which nothing is left to do. */
  async end(by: History["end"]): Promise<void> {
    this.#paused = {};
    this.lines.push("the end:");
    const dispatch = { event: "workflow_dispatch", asked: { releases: [] } } as const;
    if (by === "push") {
      const commits = [[]];
      await this.play({ kind: "push", commits, labels: [], start: "runs", fate: QUIET });
    } else await this.#begin(by === "schedule" ? { event: by } : dispatch, QUIET);
    const record = this.#deployments.at(-1)?.payload;
    assert.deepEqual([record?.as_of, record?.owed], [hashOf(this.#head), []]);
    for (const key of this.#naive.at(this.#head).keys()) {
      assert.ok(!this.#naive.isOutdated(key, this.#head), `${key} is out of date in the end`);
    }
    const upgraded = this.upgraded;
    await this.#begin(dispatch, QUIET);
    assert.equal(this.upgraded, upgraded, "something is upgraded once more");
  }

  async #push({ commits, labels, start, fate }: Event & { readonly kind: "push" }): Promise<void> {
    const before = this.#head;
    const skipsAll = labels.includes("deployer:skip-deploy");
    const skipsHubs = skipsAll || labels.includes("deployer:skip-deploy-hubs");
    for (const change of commits) {
      const last = this.#worlds[this.#head] as World;
      const next = "backTo" in change
        ? this.#worlds[change.backTo % (this.#head + 1)] as World
        : afterEdits(last, change);
      const files = filesOf(next, this.#style);
      this.#naive.commit(
        this.#filesAt(this.#head),
        files,
        (phase) => phase === "support" ? skipsAll : skipsHubs,
      );
      this.#worlds.push(next);
      this.#commits.push(files);
      this.#labels.push(labels);
      const what = "backTo" in change
        ? `back to ${change.backTo % this.#head}`
        : change.map(({ kind }) => kind).join(", ") || "nothing";
      const touched = [...this.#naive.at(this.#head)]
        .filter(([, { touched }]) => touched).map(([key]) => key);
      this.lines.push(`commit ${this.#head}: ${what}; touches ${touched.join(", ") || "nothing"}`);
    }
    this.lines.push(`push ${before}..${this.#head} ${start} ${labels.join(" ")}`);
    if (start === "starts no run") return;
    const run = { event: "push", before, labels } as const;
    if (start === "runs") await this.#begin(run, fate);
    else this.#register(run);
  }

  #asked({ words, at, phase }: Event & { readonly kind: "dispatch" }): Asked | undefined {
    const known = [...this.#naive.at(this.#head)].map(([key, { cluster }]) => ({
      cluster,
      release: key.slice(cluster.length + 1),
    }));
    const one = known[at % known.length];
    if (one === undefined) return undefined;
    const releases = words === "nothing"
      ? []
      : [words === "a cluster" ? one.cluster : words === "a release" ? releaseKey(one) : words];
    const asked = { releases, phase };
    return selectionProblems(asked, known).length > 0 ? undefined : asked;
  }

  #register(run: Started): Run {
    const id = this.#runs.length + 1;
    const registered: Run = { id, head: this.#head, attempt: 1, jobs: [], ...run };
    this.#runs.push(registered);
    return registered;
  }

  async #begin(run: Started, fate: Fate): Promise<void> {
    await this.#attempt(this.#register(run), "first", fate);
  }

  async #attempt(run: Run, jobs: "first" | "all" | "failed", fate: Fate): Promise<void> {
    if (jobs !== "first") run.attempt++;
    const asked = run.asked && `${run.asked.releases.join()} ${run.asked.phase ?? ""}`;
    this.lines.push(
      `run ${run.id}.${run.attempt} (${run.event}${
        asked ? ` ${asked.trim()}` : ""
      }) at ${run.head}` +
        (jobs === "first" ? "" : `, ${jobs} jobs again`),
    );
    if (jobs !== "failed" || run.ledger === undefined) run.ledger = await this.#plan(run);
    if (run.ledger === undefined) {
      this.refused++;
      this.lines.push("  is refused, as it would go back");
      return;
    }
    const begun = await this.#deploy(run, run.ledger, jobs === "failed", fate);
    await this.#report(run, run.ledger, begun, fate);
  }

  /** Plans as `hubwright plan` does, on a history without merges. */
  async #plan(run: Run): Promise<LedgerOutput | undefined> {
    const { head, before, asked } = run;
    const stored = await readRecord(this.#github, { environment: "hubs" });
    const record = stored?.record ?? { version: 1, as_of: hashOf(0), owed: [] };
    const asOf = commitOf(record.as_of);
    const isOld = run.attempt > 1 && await laterRun(this.#github, run.id) !== undefined;
    if (isOld || head < asOf) return undefined;
    const ownBase = Math.max(asOf, before ?? head);
    const pushed = head - ownBase;
    const bases = record.owed.filter(({ outcome }) => !wasAttempted(outcome))
      .map(({ base }) => commitOf(base));
    const start = Math.min(asOf, ...bases);
    const labels = pushed > 0 ? run.labels ?? [] : [];
    const [files, old] = [this.#filesAt(head), this.#filesAt(ownBase)];
    const way = { whole: true, labels };
    const input = await inputInProcess(old, files, this.#settings, way);
    const { concerns } = input.rules;
    // One commit is planned like any change; of several, each is planned by itself as well.
    const pushes = this.#pushes(start, pushed === 1 ? ownBase : head);
    const steps = pushes.length === 0 ? [] : await stepsOf(pushes, {
      settings: this.#settings,
      start: versions(new Map(), this.#filesAt(start)),
      read: (text) => Promise.resolve(text),
      isIdle: ({ files }) => !files.some(({ path }) => concerns(path)),
      labelsOf: ({ commit }) => {
        const at = commitOf(commit);
        return Promise.resolve(at > asOf && at <= ownBase ? this.#labels[at] ?? [] : []);
      },
    });
    const past: Past = {
      ...{ record, start: hashOf(start), steps, own: pushed === 1 ? 0 : pushed },
      ...{ paused: this.#paused, selection: asked && select(asked) },
    };
    const made = makeUp(input, past);
    if (run.id % 4 === 0) {
      const other = await inputInProcess(old, files, this.#settings, { ...way, reversed: true });
      assert.deepEqual(
        makeUp({ ...other, clusters: other.clusters.toReversed() }, past),
        made,
        "the order of files or clusters decides",
      );
    }
    const { held, settled, bases: planned, plan, asked: wanted } = made;
    const ledger = LedgerOutput.parse({
      ...{ environment: "hubs", head: hashOf(head), record: stored?.id ?? null },
      ...{ as_of: record.as_of, bases: planned, held, settled, ...matrixJobs(plan) },
      ...(wanted.length > 0 && { asked: wanted }),
    });
    this.#checkPlan(run, ledger, labels, pushed > 1 ? this.#naive.compare(old, files) : new Map());
    return ledger;
  }

  #checkPlan(
    { head, asked }: Run,
    ledger: LedgerOutput,
    labels: readonly string[],
    net: ReturnType<NaivePlanner["compare"]>,
  ): void {
    const naive = this.#naive;
    const planned = plannedReleases(ledger, this.#names).map(releaseKey);
    const held = ledger.held.map(releaseKey);
    this.lines.push(`  plans ${planned.join(", ") || "nothing"}; holds ${held.join(", ")}`);
    const there = naive.at(head);
    const asOf = commitOf(ledger.as_of);
    const behind = this.#labels.slice(asOf + 1, head + 1).flat().concat(labels);
    const inPhase = ({ phase }: { readonly phase: Phase }) => (asked?.phase ?? phase) === phase;
    for (const [key, release] of there) {
      const { cluster, phase } = release;
      const withProd = planned.some((other) =>
        there.get(other)?.cluster === cluster && there.get(other)?.phase === "prod"
      );
      const isCanary = phase === "staging" && withProd;
      if (isCanary && inPhase(release)) {
        assert.ok(planned.includes(key), `a prod hub goes without ${key}`);
      }
      const waits = asked?.phase === "prod" && asked.releases.length === 0 && phase !== "prod" &&
        naive.isOutdated(key, head);
      assert.ok(!waits || !withProd, `a prod hub goes while ${key} is out of date`);
      const isPaused = [key, cluster].some((name) => Object.hasOwn(this.#paused, name));
      assert.ok(!isPaused || !planned.includes(key), `${key} is paused`);
      const isSkipped = labels.includes("deployer:skip-deploy") ||
        (phase !== "support" && labels.includes("deployer:skip-deploy-hubs"));
      const label = phase === "support" ? "deployer:deploy-support" : "deployer:deploy-hubs";
      const byHand = (asked?.releases.length ?? 0) > 0;
      const isAsked = byHand || behind.includes(label) || this.#wanted.has(key);
      const name = { cluster, phase, release: key.slice(cluster.length + 1) };
      if (
        (labels.includes(label) && !isSkipped) || (byHand && asked && select(asked).includes(name))
      ) {
        assert.ok(ledger.asked?.includes(key), `nothing says that ${key} is asked for`);
      }
      // Several commits are planned as one change as well, as their pull request was.
      const isOfAll = !isSkipped && (net.get(key)?.touched ?? false);
      const isExcused = isCanary || isAsked || isOfAll || this.#doubted.has(key);
      // Labels of what was pushed before the record are not read again.
      const unlabelled = ledger.bases[key] === undefined ? 0 : asOf;
      const isThere = planned.includes(key) || held.includes(key);
      if (isThere && !isExcused) {
        assert.ok(naive.mayChange(key, head, unlabelled), `${key} is upgraded without need`);
      }
      assert.ok(isThere || !naive.isOutdated(key, head), `${key} is out of date and forgotten`);
      assert.ok(isThere || !this.#wanted.has(key), `${key} was asked for and is forgotten`);
    }
    const isFree = Object.keys(this.#paused).length === 0 && asked?.phase === undefined &&
      !labels.some((label) => label.includes("skip"));
    if (isFree && (asked?.releases ?? []).length === 0) assert.deepEqual(held, []);
  }

  #pushes(from: number, to: number) {
    return Array.from({ length: Math.max(to - from, 0) }, (_, index) => {
      const commit = from + index + 1;
      return {
        ...{ commit: hashOf(commit), parent: hashOf(commit - 1), subject: "", date: "" },
        files: versions(this.#filesAt(commit - 1), this.#filesAt(commit)),
      };
    });
  }

  /** Deploys as the workflow does, and gives what was begun. */
  async #deploy(run: Run, ledger: LedgerOutput, failedOnly: boolean, fate: Fate) {
    const { head, attempt, jobs } = run;
    const planned = plannedReleases(ledger, this.#names);
    const faults = new Map(fate.faults.map(({ at, fault }) => {
      const release = planned[at % planned.length];
      return [release && releaseKey(release), fault];
    }));
    const latest = (leg: string) =>
      jobs.filter(({ name }) => name === leg).at(-1)?.conclusion ?? undefined;
    const legs = [...Map.groupBy(planned, ({ leg }) => leg)].map(([leg, releases]) => {
      const cluster = releases[0]?.cluster ?? "";
      return { leg, releases, cluster, wave: this.#waveOf(cluster) };
    }).sort((a, b) => a.wave - b.wave);
    const isCanary = (leg: string) => leg.includes(`${CANARY_JOB} (`);
    const isDone = (leg: string) => failedOnly && latest(leg) === "success";
    // Where canaries of the same job go again, so do the prod hubs that wait for them.
    const canariesGo = ({ cluster, wave }: (typeof legs)[number]) =>
      legs.some((other) =>
        isCanary(other.leg) && !isDone(other.leg) &&
        (this.#names.cluster === undefined ? other.wave === wave : other.cluster === cluster)
      );
    let stopped: number | undefined;
    const isRefused = attempt > 1 && await this.#isOvertaken(run, ledger);
    const blocked = new Set<string>();
    const begun = new Set<string>();
    for (const each of legs) {
      const { leg, releases, cluster, wave } = each;
      if (stopped !== undefined && stopped < wave) break;
      if (isDone(leg) && (isCanary(leg) || !canariesGo(each))) continue;
      if (!isCanary(leg) && blocked.has(cluster)) continue;
      const own = releases.map((release) => faults.get(releaseKey(release)));
      const runner = own[0] === "never begun" ? null : "a runner";
      const steps: { name: string; conclusion: string | null }[] = [];
      let conclusion = runner === null ? "cancelled" : isRefused ? "failure" : "success";
      for (const [index, release] of releases.entries()) {
        const key = releaseKey(release);
        const [upgrade = "", ...checks] = release.steps;
        const fault = own[index];
        const add = (...conclusions: readonly (string | null)[]) =>
          [upgrade, ...checks].forEach((name, step) =>
            steps.push({
              name,
              conclusion: step in conclusions ? conclusions[step] ?? null : "skipped",
            })
          );
        // GitHub does not say how far a runner came that it lost.
        const isUnknown = conclusion === "lost";
        if (conclusion !== "success" && !isUnknown) {
          add();
          continue;
        }
        begun.add(key);
        this.#naive.begin(key, head);
        this.upgraded++;
        if (isUnknown) continue;
        if (fault === undefined || fault === "never begun") {
          add("success", "success");
          this.#naive.succeed(key, head);
        } else if (fault.startsWith("lost")) {
          add(null, null);
          conclusion = "lost";
        } else {
          conclusion = fault === "cancelled" ? "cancelled" : "failure";
          // A support chart has no check that could fail.
          const isUp = fault === "unhealthy" && checks.length > 0;
          add(...isUp ? ["success", "failure"] : [conclusion]);
        }
      }
      if (own.includes("lost without a word") && conclusion === "lost") {
        for (const release of releases) this.#naive.begin(releaseKey(release), head);
        steps.length = 0;
      }
      jobs.push({
        ...{ name: leg, run_attempt: attempt, runner_name: runner, steps, html_url: null },
        conclusion: conclusion === "lost" ? "failure" : conclusion,
      });
      if (conclusion !== "success") {
        blocked.add(cluster);
        stopped ??= wave;
        this.lines.push(`  ${leg}: ${isRefused ? "refused" : own.filter(Boolean).join(", ")}`);
        if (isRefused) this.refused++;
      }
    }
    return begun;
  }

  /** Asks what `hubwright guard` asks. */
  async #isOvertaken({ id }: Run, { head, as_of }: LedgerOutput): Promise<boolean> {
    const stored = await readRecord(this.#github, { environment: "hubs" });
    return ![head, as_of].includes(stored?.record.as_of ?? as_of) ||
      await laterRun(this.#github, id) !== undefined;
  }

  async #report(
    run: Run,
    ledger: LedgerOutput,
    begun: ReadonlySet<string>,
    { report }: Fate,
  ): Promise<void> {
    const { id, attempt } = run;
    for (const key of begun) this.#doubted.add(key);
    const closed = report === "lost" ? undefined : await closeRun(this.#github, {
      names: this.#names,
      ledger,
      run: id,
      attempt,
      url: `https://example.org/${id}`,
    });
    const isWritten = closed !== undefined && closed.unwritten === undefined;
    const conclusion = isWritten ? "success" : "failure";
    run.jobs.push({
      ...{ name: REPORT_JOB, run_attempt: attempt, runner_name: "a runner", steps: [] },
      ...{ conclusion, html_url: null },
    });
    const record = this.#deployments.at(-1)?.payload;
    for (const key of isWritten ? [] : begun) {
      const before = record?.owed.find((each) => releaseKey(each) === key);
      if (before !== undefined && wasAttempted(before.outcome)) continue;
      this.#naive.forget(key, commitOf(before?.base ?? record?.as_of ?? "0"));
    }
    if (isWritten && record !== undefined) {
      const owed = new Set(record.owed.map(releaseKey));
      this.owed += owed.size;
      // Where another run holds the record, it may not know of what was upgraded meanwhile.
      if (closed.overtaken) owed.forEach((key) => this.#doubted.add(key));
      else this.#doubted = this.#doubted.intersection(owed);
      const asked = closed.overtaken ? [] : ledger.asked ?? [];
      this.#wanted = this.#wanted.union(new Set(asked)).intersection(owed);
    }
    const owed =
      record?.owed.map((each) =>
        `${releaseKey(each)} ${each.outcome} since ${commitOf(each.base)}`
      ) ?? [];
    this.lines.push(
      `  ${isWritten ? "reports" : "reports nothing"}; as of ${commitOf(record?.as_of ?? "0")} ` +
        `owed: ${owed.join(", ") || "nothing"}`,
    );
  }

  /** GitHub's API, as far as it is asked. */
  readonly #github: GitHub = {
    repository: "octo/infrastructure",
    request: ({ path, method, body, answer }) =>
      Promise.resolve(answer.parse(structuredClone(this.#answer(path, method, body)))),
    list: ({ path, answer }) => {
      const id = Number(/^actions\/runs\/(\d+)\/jobs/.exec(path)?.[1]);
      return Promise.resolve(answer.parse(structuredClone({ jobs: this.#runs[id - 1]?.jobs })));
    },
    find: () => Promise.reject(new Error("nothing is looked for")),
    remove: () => Promise.reject(new Error("nothing is removed")),
    wait: () => Promise.resolve(),
  };

  #answer(path: string, method: string | undefined, body: unknown): unknown {
    const [, run] = /^actions\/runs\/(\d+)$/.exec(path) ?? [];
    const listed = ({ id, event }: Run) => ({ id, run_number: id, event, status: "completed" });
    if (run !== undefined) {
      const { event } = this.#runs[Number(run) - 1] as Run;
      return { run_number: Number(run), workflow_id: 1, event, head_branch: "main" };
    }
    if (path.startsWith("actions/workflows/1/runs?")) {
      return { workflow_runs: this.#runs.map(listed).reverse() };
    }
    if (path.endsWith("/statuses")) return { id: 1 };
    if (method === "POST") {
      const { payload } = body as { readonly payload: LedgerRecord };
      this.#deployments.push({ id: ++this.#written, payload });
      return { id: this.#written, sha: payload.as_of };
    }
    return this.#deployments.slice(-1).map(({ id, payload }) => ({
      ...{ id, payload, sha: payload.as_of, task: "deploy:hubwright", environment: "hubs" },
      created_at: "2026-11-22T12:00:00Z",
    }));
  }
}

/** What differs between two commits, as git says it; the text is a blob's id here. */
function versions(before: Files, after: Files): readonly FileVersion[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.flatMap((path) => {
    const [old, file] = [before.get(path), after.get(path)];
    if (old?.text === file?.text && old?.executable === file?.executable) return [];
    return [{ path, id: file?.text, mode: file?.executable ? "100755" : "100644" }];
  });
}
