import { compare } from "../text/compare.ts";
import { baseOf, type LedgerOutput } from "./ledger_output.ts";
import {
  type LedgerRecord,
  type OwedUpgrade,
  releaseKey,
  type ReleaseName,
  wasAttempted,
} from "./ledger_record.ts";
import type { EndedRelease } from "./outcomes.ts";

export interface Settlement
  extends Pick<LedgerOutput, "head" | "as_of" | "bases" | "asked" | "held" | "settled"> {
  readonly run: number;
  readonly attempt: number;
  readonly ended: readonly EndedRelease[];
}

/**
 * Makes the record after a run from the one before it. What the run says nothing of stays as it is.
 */
export function settle(record: LedgerRecord, settlement: Settlement): LedgerRecord {
  const { head, ended, held, settled } = settlement;
  const deployed = ended.filter(({ outcome }) => outcome === "success");
  const owed = new Map(record.owed.map((each) => [releaseKey(each), each]));
  for (const release of [...settled, ...deployed]) owed.delete(releaseKey(release));
  for (const { outcome, ...release } of ended) {
    if (outcome !== "success") owe(owed, release, outcome, settlement);
  }
  for (const { why, ...release } of held) owe(owed, release, why, settlement);
  return {
    version: 1,
    as_of: head,
    owed: sorted(owed),
    ...(deployed.length === 0 ? {} : { deployed: { [head]: deployed.map(releaseKey).sort() } }),
  };
}

/**
 * Makes the record after a run that another run has overtaken: it cannot be told which of the two a
 * release runs, so everything that this one began to upgrade is owed again.
 */
export function settleOvertaken(record: LedgerRecord, settlement: Settlement): LedgerRecord {
  const owed = new Map(record.owed.map((each) => [releaseKey(each), each]));
  for (const release of settlement.ended) {
    if (release.outcome !== "blocked") owe(owed, release, "lost", settlement);
  }
  return { version: 1, as_of: record.as_of, owed: sorted(owed) };
}

function owe(
  all: Map<string, OwedUpgrade>,
  { cluster, release }: ReleaseName,
  outcome: OwedUpgrade["outcome"],
  settlement: Settlement,
): void {
  const key = releaseKey({ cluster, release });
  const before = all.get(key);
  // What was begun once leaves an unknown state, whatever held it up afterwards.
  if (before !== undefined && wasAttempted(before.outcome) && !wasAttempted(outcome)) return;
  const { run, attempt } = settlement;
  const base = baseOf({ cluster, release }, settlement);
  const asked = !wasAttempted(outcome) && settlement.asked?.includes(key);
  all.set(key, { cluster, release, base, outcome, run, attempt, ...(asked && { asked }) });
}

function sorted(owed: ReadonlyMap<string, OwedUpgrade>): OwedUpgrade[] {
  return [...owed].sort(([a], [b]) => compare(a, b)).map(([, each]) => each);
}
