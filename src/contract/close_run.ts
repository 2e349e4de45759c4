import { UserError } from "../errors.ts";
import type { GitHub } from "../github/api.ts";
import { readRunJobs } from "../github/run_jobs.ts";
import { outcomeLine, type RunOutcome } from "../report/outcome.ts";
import { readRecord, writeRecord } from "../ledger/deployments.ts";
import { type LedgerOutput, plannedReleases } from "../ledger/ledger_output.ts";
import { outcomesOf } from "../ledger/outcomes.ts";
import { settle, settleOvertaken } from "../ledger/settle.ts";

/** A run that is over but for its last job. */
export interface ClosingRun {
  /** What its plan said. */
  readonly ledger: LedgerOutput;
  /** Its id. */
  readonly run: number;
  readonly attempt: number;
  /** Its page. */
  readonly url: string;
}

/** What became of a run, and whether the record says so now. */
export interface ClosedRun {
  readonly outcome: RunOutcome;
  /** Why nothing was written, where nothing was. */
  readonly unwritten: UserError | undefined;
  /** Whether another run has written meanwhile. */
  readonly overtaken: boolean;
}

/**
 * Finds out what became of a run, from GitHub's list of its jobs, and writes it into the record as
 * that is now.
 *
 * @throws {UserError} If GitHub does not say what became of it.
 */
export async function closeRun(
  github: GitHub,
  { ledger, run, attempt, url }: ClosingRun,
): Promise<ClosedRun> {
  const { head, as_of, environment, held } = ledger;
  const ended = outcomesOf(plannedReleases(ledger), await readRunJobs(github, run));
  const settlement = { ...ledger, run, attempt, ended };
  const start = { version: 1 as const, as_of, owed: [] };
  const closed = (
    record = settle(start, settlement),
    unwritten?: UserError,
    overtaken = false,
  ) => ({
    outcome: { head, ended, held, owed: record.owed },
    unwritten,
    overtaken,
  });
  try {
    const stored = await readRecord(github, { environment });
    if (stored === undefined && ledger.record !== null) throw recordGone(ledger);
    // An earlier attempt of this run has written it, or no one since the plan.
    const own = stored === undefined || stored.id === ledger.record || stored.record.as_of === head;
    const before = stored?.record ?? start;
    const record = own ? settle(before, settlement) : settleOvertaken(before, settlement);
    const done = closed(record, undefined, !own);
    const success = record.owed.length === 0;
    const description = outcomeLine(done.outcome);
    await writeRecord(github, { environment, record, success, logUrl: url, description });
    return done;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return closed(undefined, error);
  }
}

function recordGone({ record, environment }: LedgerOutput): UserError {
  return new UserError(
    `Cannot write the record of this run: deployment ${record} in the environment ` +
      `${JSON.stringify(environment)}, from which it was planned, is gone, and what it said was ` +
      'owed with it; nothing is written, so the next run plans everything since "ledger.since"',
  );
}
