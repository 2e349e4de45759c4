import { UserError } from "../errors.ts";
import type { GitHub } from "../github/api.ts";
import { laterRun } from "../github/later_run.ts";
import { type ListedJob, readRunJobs } from "../github/run_jobs.ts";
import { outcomeLine, type RunOutcome } from "../report/outcome.ts";
import { readRecord, writeRecord } from "../ledger/deployments.ts";
import {
  type LedgerOutput,
  type LegNames,
  type PlannedRelease,
  plannedReleases,
} from "../ledger/ledger_output.ts";
import { type LedgerRecord, releaseKey } from "../ledger/ledger_record.ts";
import { type EndedRelease, outcomesOf } from "../ledger/outcomes.ts";
import { settle, settleOvertaken } from "../ledger/settle.ts";

/** A run that is over but for its last job. */
export interface ClosingRun {
  readonly ledger: LedgerOutput;
  readonly run: number;
  readonly attempt: number;
  readonly url: string;
  readonly names: LegNames & { readonly report: string };
}

/** What became of a run, and whether the record says so now. */
export interface ClosedRun {
  readonly outcome: RunOutcome;
  readonly unwritten: UserError | undefined;
  /** Whether a later run has deployed, or something else has written the record meanwhile. */
  readonly overtaken: boolean;
}

/**
 * Finds out what became of a run, from GitHub's list of its jobs, and writes it into the record as
 * that is now.
 */
export async function closeRun(
  github: GitHub,
  { ledger, run, attempt, url, names }: ClosingRun,
): Promise<ClosedRun> {
  const { head, as_of, environment } = ledger;
  const planned = plannedReleases(ledger, names);
  const jobs = await readRunJobs(github, run);
  const settlement = { ...ledger, run, attempt, ended: outcomesOf(planned, jobs) };
  const { ended, held } = settlement;
  const begun = begunSinceReport(planned, jobs, names.report);
  const start = { version: 1 as const, as_of, owed: [] };
  try {
    const [stored, later] = await Promise.all([
      readRecord(github, { environment }),
      // While the first attempt runs, all later runs wait.
      attempt > 1 ? laterRun(github, run) : undefined,
    ]);
    if (stored === undefined && ledger.record !== null) throw recordGone(ledger);
    const before = stored?.record ?? start;
    const write = (record: LedgerRecord, outcome: RunOutcome) =>
      writeRecord(github, {
        environment,
        record,
        success: record.owed.length === 0,
        logUrl: url,
        description: outcomeLine(outcome),
      });
    const isOwn = stored === undefined || stored.id === ledger.record ||
      // An earlier attempt of this run has written it.
      (attempt > 1 && before.as_of === head);
    if (isOwn && later === undefined) {
      // What an earlier attempt reported is written: someone may have corrected it since.
      const keys = new Set(begun.map(releaseKey));
      const news = ended.filter((release) =>
        release.outcome !== "success" || keys.has(releaseKey(release))
      );
      const settled = stored?.id === ledger.record ? ledger.settled : [];
      const record = settle(before, { ...settlement, ended: news, settled });
      const outcome = { head, ended, held, owed: record.owed };
      // The record says all of it already after a night in which nothing happened.
      const isSaid = stored !== undefined && before.as_of === head &&
        ended.length + held.length + ledger.settled.length === 0;
      if (!isSaid) await write(record, outcome);
      return { outcome, unwritten: undefined, overtaken: false };
    }
    // The run that overtook it may have begun them as well, so how they ended here says nothing.
    const lost = begun.map((release) => ({ ...release, outcome: "lost" as const }));
    const record = settleOvertaken(before, { ...settlement, ended: lost });
    const outcome = { head, ended: lost, held: [], owed: record.owed };
    if (lost.length > 0) await write(record, outcome);
    return { outcome, unwritten: undefined, overtaken: true };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { owed } = settle(start, settlement);
    return { outcome: { head, ended, held, owed }, unwritten: error, overtaken: false };
  }
}

/** The upgrades that a run has begun since one of its attempts wrote the record last. */
function begunSinceReport(
  planned: readonly PlannedRelease[],
  jobs: readonly ListedJob[],
  reportJob: string,
): readonly EndedRelease[] {
  const reported = Math.max(
    0,
    ...jobs.filter(({ name, conclusion }) => name === reportJob && conclusion === "success")
      .map(({ run_attempt }) => run_attempt),
  );
  return outcomesOf(planned, jobs.filter(({ run_attempt }) => run_attempt > reported))
    .filter(({ outcome }) => outcome !== "blocked");
}

function recordGone({ record, environment }: LedgerOutput): UserError {
  return new UserError(
    `Cannot write the record of this run: deployment ${record} in the environment ` +
      `${JSON.stringify(environment)}, from which it was planned, is gone, and what it said was ` +
      'owed with it; nothing is written, so the next run plans everything since "ledger.since"',
  );
}
