import * as z from "../zod.ts";
import { CommitHash, ReleaseName } from "./ledger_record.ts";

/** The order in which a cluster's releases are upgraded. */
export const PHASES = ["support", "staging", "prod"] as const;
export type Phase = (typeof PHASES)[number];

const release = { ...ReleaseName.shape, base: CommitHash };

/** A release that a run is to upgrade, and where: what `plan` tells `report`. */
export const PlannedLeg = z.strictObject({
  ...release,
  phase: z.enum(PHASES),
  /** The name of its leg, as GitHub lists it among the run's jobs. */
  leg: z.string(),
});
export type PlannedLeg = Readonly<z.infer<typeof PlannedLeg>>;

/** A release that is owed an upgrade, and does not get it from this run. */
export const HeldRelease = z.strictObject({ ...release, why: z.enum(["paused", "blocked"]) });
export type HeldRelease = Readonly<z.infer<typeof HeldRelease>>;

/** What `plan` tells `report` of a run; staging hubs are in the order of their leg's steps. */
export const LedgerOutput = z.strictObject({
  /** The environment of the deployments that hold the record. */
  environment: z.string(),
  /** The commit that the run deploys. */
  head: CommitHash,
  /** The id of the deployment whose record was read; `null` where there was none. */
  record: z.nullable(z.int()),
  as_of: CommitHash,
  planned: z.array(PlannedLeg),
  held: z.array(HeldRelease),
  settled: z.array(ReleaseName),
});
export type LedgerOutput = Readonly<z.infer<typeof LedgerOutput>>;
