import * as z from "../zod.ts";
import { BOUNDS } from "./bounds.ts";

const name = z.string().check(z.minLength(1));
const text = z.string().check(
  z.maxLength(BOUNDS.text, `expected at most ${BOUNDS.text} characters`),
);
const list = <Item extends z.ZodMiniType>(item: Item, most: number) =>
  z.array(item).check(z.maxLength(most, `expected at most ${most} items`));

/** What the legs of a cluster are told besides, by name. */
const values = z.optional(z.record(
  z.string().check(z.regex(/^[a-z][a-z0-9_]{0,98}$/)),
  z.string().check(z.maxLength(1_000)),
));

/** A canary leg: the support chart, the add-ons and the staging hubs of one cluster. */
export const SupportAndStagingJob = z.strictObject({
  cluster_name: name,
  provider: name,
  upgrade_support: z.boolean(),
  staging_hubs: list(name, BOUNDS.stagingHubs),
  /** There where clusters can have add-ons: upgraded after the support chart, before the hubs. */
  addons: z.optional(list(name, BOUNDS.addons)),
  values,
});
export type SupportAndStagingJob = z.infer<typeof SupportAndStagingJob>;

/** A prod leg: one prod hub of one cluster. */
export const ProdHubJob = z.strictObject({
  cluster_name: name,
  provider: name,
  hub_name: name,
  values,
});
export type ProdHubJob = z.infer<typeof ProdHubJob>;

/** Something that people should know about a plan. */
export const Notice = z.strictObject({ level: z.enum(["notice", "warning"]), message: text });
export type Notice = z.infer<typeof Notice>;

export const SupportAndStagingUpgrade = z.extend(SupportAndStagingJob, {
  support_reason: text,
  staging_reason: text,
  addons_reason: z.optional(text),
});
export type SupportAndStagingUpgrade = z.infer<typeof SupportAndStagingUpgrade>;

export const ProdHubUpgrade = z.extend(ProdHubJob, { reason: text });
export type ProdHubUpgrade = z.infer<typeof ProdHubUpgrade>;

/**
 * A plan: what merging or pushing a change upgrades, and why. This is what `plan --format json`
 * prints and `--plan-file` writes. Lists are sorted by cluster, then hub, and no larger than
 * {@linkcode BOUNDS} says.
 */
export const Plan = z.strictObject({
  version: z.literal(1),
  base: z.string(),
  head: z.string(),
  /** There where the canaries of all clusters stand before every prod hub. */
  gate: z.optional(z.literal("fleet")),
  /** The clusters on which anything is upgraded, wave by wave; there where the config has waves. */
  waves: z.optional(list(list(name, BOUNDS.planLegs), BOUNDS.planLegs)),
  support_and_staging: list(SupportAndStagingUpgrade, BOUNDS.planLegs),
  prod: list(ProdHubUpgrade, BOUNDS.planLegs),
  notices: list(Notice, BOUNDS.notices),
});
export type Plan = z.infer<typeof Plan>;

/** What the jobs of one wave get that deploy phase by phase. */
export const WaveLegs = z.strictObject({
  /** The canary legs, for each of the jobs that they are spread over. */
  canaries: z.readonly(z.array(z.readonly(z.array(SupportAndStagingJob)))),
  /** All clusters of the wave on which anything is upgraded. */
  clusters: z.readonly(z.array(name)),
  /** Whether any of it is a prod hub. */
  prod: z.boolean(),
});
export type WaveLegs = Readonly<z.infer<typeof WaveLegs>>;

/** What the jobs get that deploy cluster by cluster. */
export const ClusterLegs = z.strictObject({
  /** The names of clusters: wave by wave, and then for each of the jobs that they are spread over. */
  waves: z.readonly(z.array(z.readonly(z.array(z.readonly(z.array(name)))))),
  /** The canary leg of each of them; none where it has none. */
  canaries: z.record(name, z.readonly(z.array(SupportAndStagingJob))),
  prod: z.record(name, z.readonly(z.array(ProdHubJob))),
});
export type ClusterLegs = Readonly<z.infer<typeof ClusterLegs>>;
