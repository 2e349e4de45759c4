import { UserError } from "../errors.ts";
import { LEDGER_TASK } from "../ledger/deployments.ts";
import type { LedgerRecord } from "../ledger/ledger_record.ts";
import { readPayload } from "../ledger/packed_record.ts";
import { short, SimulatedFleet } from "./simulated_fleet.ts";
import { type Kept, nothingKept } from "./local_api.ts";
import type { Origin } from "./origin.ts";
import type { PreparedChange } from "./prepared_change.ts";
import type { Change, RunRecord, Simulation, StepOfSequence, Trouble } from "./record.ts";
import type { SequenceStep } from "./sequence_step.ts";
import type { Rerun } from "./run_workflow.ts";

/** A change that can be simulated with one trouble after the other. */
export interface ReadyChange {
  readonly prepared: PreparedChange;
  /** Begins anew where nothing is kept; runs a run of before again where it is told to. */
  readonly simulate: (trouble: Trouble, kept?: Kept, rerun?: Rerun) => Promise<Simulation>;
}

/**
 * Simulates one thing after the other on one fleet: what the releases run, what GitHub keeps, and
 * with it the record of what is owed go on from step to step.
 */
export async function* runSequence(
  prepare: (change: Change) => Promise<ReadyChange>,
  origin: Pick<Origin, "isAncestor">,
  steps: readonly SequenceStep[],
  skippedActions: readonly string[],
): AsyncGenerator<StepOfSequence> {
  let hours = 0;
  let tip: string | undefined;
  let forced = false;
  let record: LedgerRecord | undefined;
  const kept = nothingKept(() => Date.UTC(2026, 0, 1, hours));
  const fleet = new SimulatedFleet(origin);
  /** The run of each step, with its latest attempt; a step that runs one again has the same. */
  const past: ({ readonly change: Change; record: RunRecord } | undefined)[] = [];

  for (const step of steps) {
    const { kind, text, faults } = step;
    hours += kind === "wait" ? step.hours : 1;
    const cannot = (why: string) => new UserError(`Cannot simulate the step "${text}": ${why}`);
    const again = kind === "rerun" ? past[step.step - 1] : undefined;
    if (kind === "rerun" && again === undefined) throw cannot(`step ${step.step} started no run`);
    if (kind === "rerun" && step.jobs === "failed" && again?.record.conclusion === "success") {
      throw cannot(`nothing failed in step ${step.step}`);
    }
    const change = again?.change ?? changeOf(step, tip, kept.pullRequests.length + 1);
    if (change === undefined) throw cannot("expected push BASE..HEAD before it");
    if (kind === "wait") {
      past.push(undefined);
      await fleet.take(undefined, "", undefined, []);
      const releases = record === undefined ? [] : fleet.releases(record);
      yield { step: text, runs: [], releases, comments: [], notices: [], wrong: [] };
      continue;
    }

    const whole = { ...change, forced, ...again && { tip } };
    const { prepared, simulate } = await prepare(whole);
    const { base, head, concerned, clusters, event: { payload, sha } } = prepared;
    if (kind === "push") {
      if (tip !== undefined && base !== tip) {
        throw cannot(`the branch is at ${short(tip)} by then, not at ${short(base)}`);
      }
      tip = head;
      forced ||= payload.forced === true;
      fleet.know(clusters, base);
      await fleet.push(concerned, head);
    }
    const rerun = kind === "rerun" && again ? { record: again.record, jobs: step.jobs } : undefined;
    const simulated = await simulate({ faults, skippedActions }, kept, rerun);
    const { runs: [run], releases, comments, notices } = simulated;
    if (again !== undefined && run !== undefined) again.record = run;
    past.push(again ?? (run && { change, record: run }));
    const wrong = await fleet.take(run, sha, tip, releases);
    record = newestRecord(kept, prepared, tip ?? sha);
    yield {
      step: text,
      runs: simulated.runs,
      releases: fleet.releases(record),
      comments,
      notices,
      wrong: [...wrong, ...await fleet.forgotten(record, tip ?? sha)],
    };
  }
}

/** What a step asks for; `undefined` where it goes on from a push, and there was none. */
function changeOf(step: SequenceStep, tip: string | undefined, number: number): Change | undefined {
  if (step.kind === "push") {
    const { base = tip, head, labels } = step;
    return base === undefined ? undefined : { base, head, labels, number };
  }
  if (tip === undefined) return undefined;
  const still = { base: tip, head: tip };
  return step.kind === "dispatch"
    ? { ...still, event: "workflow_dispatch", inputs: step.inputs }
    : { ...still, event: "schedule" };
}

/** The record of what is owed. Without a ledger, GitHub knows nothing of what was before. */
function newestRecord(kept: Kept, { ledger }: PreparedChange, tip: string): LedgerRecord {
  if (ledger === undefined) return { version: 1, as_of: tip, owed: [] };
  const newest = kept.deployments.findLast(({ task, environment }) =>
    task === LEDGER_TASK && environment === ledger.environment
  );
  return readPayload(newest?.payload).data ?? { version: 1, as_of: ledger.since, owed: [] };
}
