import { z } from "../zod.ts";

// Each schema is made when it is used first: planning writes these shapes and reads none of them.
const name = () => z.string().check(z.minLength(1));
const cluster = () => ({ cluster_name: name(), provider: name() });
const canary = () => ({
  ...cluster(),
  upgrade_support: z.boolean(),
  staging_hubs: z.array(name()),
});
const prodHub = () => ({ ...cluster(), hub_name: name() });

/** A canary leg: the support chart and staging hubs of one cluster. */
export const SupportAndStagingJob = z.lazy(() => z.strictObject(canary()));
/** A canary leg: the support chart and staging hubs of one cluster. */
export type SupportAndStagingJob = z.infer<typeof SupportAndStagingJob>;

/** A prod leg: one prod hub of one cluster. */
export const ProdHubJob = z.lazy(() => z.strictObject(prodHub()));
/** A prod leg: one prod hub of one cluster. */
export type ProdHubJob = z.infer<typeof ProdHubJob>;

/** Something that people should know about a plan. */
export const Notice = z.lazy(() =>
  z.strictObject({ level: z.enum(["notice", "warning"]), message: z.string() })
);
/** Something that people should know about a plan. */
export type Notice = z.infer<typeof Notice>;

/** A canary leg and why it is planned: a row of the plan. */
export const SupportAndStagingUpgrade = z.lazy(() =>
  z.strictObject({ ...canary(), support_reason: z.string(), staging_reason: z.string() })
);
/** A canary leg and why it is planned: a row of the plan. */
export type SupportAndStagingUpgrade = z.infer<typeof SupportAndStagingUpgrade>;

/** A prod leg and why it is planned: a row of the plan. */
export const ProdHubUpgrade = z.lazy(() => z.strictObject({ ...prodHub(), reason: z.string() }));
/** A prod leg and why it is planned: a row of the plan. */
export type ProdHubUpgrade = z.infer<typeof ProdHubUpgrade>;

/**
 * A plan: what merging or pushing a change upgrades, and why. This is what `plan --format json`
 * prints and `--plan-file` writes. Lists are sorted by cluster, then hub.
 *
 * @example
 * ```ts
 * import { Plan } from "./schema.ts";
 *
 * const empty = { version: 1, base: "", head: "", support_and_staging: [], prod: [], notices: [] };
 * console.assert(Plan.parse(empty).prod.length === 0);
 * ```
 */
export const Plan = z.lazy(() =>
  z.strictObject({
    version: z.literal(1),
    base: z.string(),
    head: z.string(),
    support_and_staging: z.array(SupportAndStagingUpgrade),
    prod: z.array(ProdHubUpgrade),
    notices: z.array(Notice),
  })
);
/** A plan: what merging or pushing a change upgrades, and why. */
export type Plan = z.infer<typeof Plan>;
