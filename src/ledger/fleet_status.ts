import type { Cluster } from "../plan/cluster.ts";
import { type PhasedRelease, releasesOf } from "../plan/releases.ts";
import type { StoredRecord } from "./deployments.ts";
import { type LedgerRecord, type OwedUpgrade, releaseKey, wasAttempted } from "./ledger_record.ts";
import { pauseOf } from "./pauses.ts";

/**
 * How a release is: up to date, owed an upgrade that was not begun, held back by the config, or
 * unknown, since an upgrade was begun and not seen to succeed.
 */
export const RELEASE_STATES = ["unknown", "owed", "paused", "current"] as const;
export type ReleaseState = (typeof RELEASE_STATES)[number];

/** An upgrade that a release is owed. */
export interface Owed extends Pick<OwedUpgrade, "base" | "outcome" | "run" | "attempt"> {
  /** When the first of the records was written that owe it without a break. */
  readonly since: string;
}

export interface ReleaseStatus extends PhasedRelease {
  readonly state: ReleaseState;
  /** The commit that deployed it last where that is known, else the last at which it was up to date. */
  readonly commit: string;
  readonly commit_is: "deployed" | "up to date";
  readonly owed: Owed | null;
  /** Why the config holds it back. */
  readonly paused: string | null;
}

export interface FleetStatus {
  /** The commit that the newest record is about; where there is none, where the ledger begins. */
  readonly as_of: string;
  /** The newest record: its deployment, and when it was written by whom. */
  readonly record: Pick<StoredRecord, "id" | "writtenAt" | "writtenBy"> | null;
  readonly releases: readonly ReleaseStatus[];
  /** What is owed to releases that the fleet does not have, or not any more. */
  readonly gone: readonly OwedUpgrade[];
}

export interface StatusInput {
  readonly clusters: readonly Cluster[];
  /** The commit at which the ledger begins. */
  readonly since: string;
  /** Why releases are held back, by `cluster` or `cluster/release`. */
  readonly paused: Readonly<Record<string, string>>;
  /** The newest records, newest first. */
  readonly records: readonly StoredRecord[];
}

/** Tells how each release of a fleet is, in the order in which a cluster's releases are upgraded. */
export function fleetStatus({ clusters, since, paused, records }: StatusInput): FleetStatus {
  const [newest] = records;
  const { as_of, owed }: LedgerRecord = newest?.record ?? { version: 1, as_of: since, owed: [] };
  const owedBy = records.map(({ record }) => new Set(record.owed.map(releaseKey)));
  const owedSince = (key: string) => {
    const paid = owedBy.findIndex((keys) => !keys.has(key));
    return records.at(paid < 0 ? -1 : paid - 1)?.writtenAt ?? "";
  };
  const byKey = new Map(owed.map((each) => [releaseKey(each), each]));
  const deployed = lastDeployed(records);

  const releases = clusters.flatMap(releasesOf).map((release): ReleaseStatus => {
    const { cluster, phase } = release;
    const key = releaseKey(release);
    const found = byKey.get(key);
    const held = pauseOf(release, paused);
    const commit = deployed.get(key);
    return {
      ...{ cluster, release: release.release, phase },
      state: found !== undefined && wasAttempted(found.outcome)
        ? "unknown"
        : held !== undefined
        ? "paused"
        : found !== undefined
        ? "owed"
        : "current",
      commit: commit ?? found?.base ?? as_of,
      commit_is: commit === undefined ? "up to date" : "deployed",
      owed: found === undefined ? null : {
        base: found.base,
        outcome: found.outcome,
        run: found.run,
        attempt: found.attempt,
        since: owedSince(key),
      },
      paused: held === undefined ? null : paused[held] ?? "",
    };
  });
  const known = new Set(releases.map(releaseKey));
  return {
    as_of,
    record: newest === undefined
      ? null
      : { id: newest.id, writtenAt: newest.writtenAt, writtenBy: newest.writtenBy },
    releases,
    gone: owed.filter((each) => !known.has(releaseKey(each))),
  };
}

/**
 * The commit that deployed each release last, as far back as the records say without a gap: one that
 * does not say what was deployed may have deployed anything.
 */
function lastDeployed(records: readonly StoredRecord[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { record: { deployed } } of records) {
    if (deployed === undefined) break;
    for (const [commit, keys] of Object.entries(deployed)) {
      for (const key of keys) if (!found.has(key)) found.set(key, commit);
    }
  }
  return found;
}
