import type { Distance } from "../git/commit_dates.ts";
import {
  type FleetStatus,
  RELEASE_STATES,
  type ReleaseState,
  type ReleaseStatus,
} from "../ledger/fleet_status.ts";
import { WHY } from "./outcome.ts";
import { countOf } from "./summary.ts";

export interface StatusReport {
  readonly status: FleetStatus;
  readonly repository: string;
  readonly page: string;
  /** How far the checked-out commit is from the record's; `undefined` where the clone lacks that. */
  readonly distance: Distance | undefined;
  /** When commits were committed, as far as the clone has them. */
  readonly dates: ReadonlyMap<string, string>;
  /** When the report is made, in milliseconds since 1970. */
  readonly now: number;
}

/** What each state means, for a legend. */
export const MEANINGS: Readonly<Record<ReleaseState, string>> = {
  unknown: "an upgrade was begun and not seen to succeed; the next run makes it up",
  owed: "an upgrade was not begun; the next run makes it up",
  paused: "the config holds it back",
  current: "up to date",
};

/** The releases that are not current, those first that need a look first. */
export function notCurrent({ releases }: FleetStatus): readonly ReleaseStatus[] {
  return RELEASE_STATES.filter((state) => state !== "current")
    .flatMap((state) => releases.filter((release) => release.state === state));
}

export function whyOf({ owed, paused }: ReleaseStatus, now: number): string {
  const held = paused === null ? [] : [`${WHY.paused}: ${paused}`];
  if (owed === null) return [...held, "nothing is owed"].join("; ");
  const before = paused === null ? ["it was paused in the config"] : [];
  return [
    ...owed.outcome === "paused" ? before : [WHY[owed.outcome]],
    ...held,
    `owed since ${minuteOf(owed.since)} (${ageOf(owed.since, now)})`,
  ].join("; ");
}

export function runOf({ page }: StatusReport, { owed }: Pick<ReleaseStatus, "owed">): string {
  return owed === null ? "" : `${page}/actions/runs/${owed.run}/attempts/${owed.attempt}`;
}

/** How old a release's commit is; nothing where the clone does not have the commit. */
export function commitAge({ dates, now }: StatusReport, commit: string): string {
  const date = dates.get(commit);
  return date === undefined ? "" : ageOf(date, now);
}

/** Counts the releases in each state, those that need a look first: "1 owed, 29 current". */
export function countStates(releases: readonly ReleaseStatus[]): string {
  const groups = Map.groupBy(releases, ({ state }) => state);
  return RELEASE_STATES.filter((state) => groups.has(state))
    .map((state) => `${groups.get(state)?.length} ${state}`).join(", ") || "no releases";
}

/** How a report writes text from elsewhere, and the hash of a commit. */
export interface Writers {
  readonly text: (text: string) => string;
  readonly commit: (commit: string) => string;
}

/** Says what the report is about, sentence by sentence. */
export function leadOf(report: StatusReport, { text, commit }: Writers): readonly string[] {
  const { status: { as_of, record }, distance } = report;
  const age = commitAge(report, as_of);
  const about = `${commit(as_of)}${age === "" ? "" : `, which is ${age} old`}`;
  const by = record?.writtenBy === undefined ? "" : ` by ${text(record.writtenBy)}`;
  return [
    record === null
      ? `There is no record yet: everything counts as up to date at ${about}, where the ledger begins.`
      : `The newest record is about ${about}. It was written${by} at ` +
        `${minuteOf(record.writtenAt)}, as deployment ${record.id}.`,
    ...distanceLines(distance),
  ];
}

function distanceLines(distance: Distance | undefined): readonly string[] {
  if (distance === undefined) {
    return ['This clone does not have that commit: run "git fetch" for its age and distance.'];
  }
  const { ahead, behind } = distance;
  const newer = `What is checked out is ${countOf(ahead, "commit")} newer: what these change is ` +
    "not in the record.";
  const lacks = `What is checked out lacks ${countOf(behind, "commit")} of it: the list of ` +
    "releases may be old.";
  return [...ahead === 0 ? [] : [newer], ...behind === 0 ? [] : [lacks]];
}

/** Writes a time to the minute: `2026-11-22 12:00 UTC`. */
export function minuteOf(time: string | number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** Says how long ago something was, in the unit that fits. */
export function ageOf(time: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(time));
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`;
  if (ms < 60 * DAY) return countOf(Math.floor(ms / DAY), "day");
  const months = Math.floor(ms / (365.25 / 12 * DAY));
  return months < 24 ? countOf(months, "month") : countOf(Math.floor(months / 12), "year");
}
