import * as z from "../zod.ts";

/** Why a release is owed an upgrade. */
export const OWED_OUTCOMES = ["failed", "cancelled", "lost", "blocked", "paused"] as const;
export type OwedOutcome = (typeof OWED_OUTCOMES)[number];

export const CommitHash = z.string().check(
  z.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "expected the hash of a commit, 40 or 64 hex digits"),
);
const name = z.string().check(z.minLength(1), z.maxLength(200));

/** A release by its cluster, and its name there. */
export const ReleaseName = z.strictObject({ cluster: name, release: name });
export type ReleaseName = Readonly<z.infer<typeof ReleaseName>>;

/** A release that is not up to date at the record's commit. */
export const OwedUpgrade = z.strictObject({
  ...ReleaseName.shape,
  /** The commit at which it was up to date last. */
  base: CommitHash,
  outcome: z.enum(OWED_OUTCOMES),
  /** The id of the run that left it so. */
  run: z.int().check(z.positive()),
  attempt: z.int().check(z.positive()),
  /** Set if a label or a person asked for it: no change in the history shows that it is owed. */
  asked: z.optional(z.literal(true)),
});
export type OwedUpgrade = Readonly<z.infer<typeof OwedUpgrade>>;

/**
 * What a fleet runs: at `as_of` every release is up to date, except those in `owed`, each of which
 * was up to date last at its `base`.
 */
export const LedgerRecord = z.strictObject({
  version: z.literal(1),
  as_of: CommitHash,
  owed: z.array(OwedUpgrade).check(z.refine(
    (owed) => new Set(owed.map(releaseKey)).size === owed.length,
    "expected each release once",
  )),
  /** What the run deployed, for people: commit to `cluster/release`. Absent where it is not said. */
  deployed: z.optional(z.record(CommitHash, z.array(z.string()))),
});
export type LedgerRecord = Readonly<z.infer<typeof LedgerRecord>>;

/** The name of a release in the whole fleet: `lake/plankton`, `lake/support chart`. */
export function releaseKey({ cluster, release }: ReleaseName): string {
  return `${cluster}/${release}`;
}

/**
 * Whether an upgrade was begun and not seen to succeed: what the release runs is unknown then, and
 * it is upgraded whatever changed.
 */
export function wasAttempted(outcome: OwedOutcome): boolean {
  return outcome !== "blocked" && outcome !== "paused";
}
