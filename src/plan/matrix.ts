import type { Problem } from "../errors.ts";
import type { Plan, ProdHubJob, SupportAndStagingJob } from "./schema.ts";

/** How many jobs GitHub makes of {@link https://docs.github.com/actions/reference/limits one matrix} at most. */
const MOST_JOBS = 256;

/** The legs of a plan, without the reasons: what the matrices of the workflow are made from. */
export interface MatrixJobs {
  /** The canary legs. */
  readonly canaries: readonly SupportAndStagingJob[];
  /** The prod legs. */
  readonly prod: readonly ProdHubJob[];
}

/**
 * Takes the legs out of a plan.
 *
 * @param plan The plan.
 * @returns The legs, in the plan's order.
 */
export function matrixJobs({ support_and_staging, prod }: Plan): MatrixJobs {
  return {
    canaries: support_and_staging.map((row) => ({
      cluster_name: row.cluster_name,
      provider: row.provider,
      upgrade_support: row.upgrade_support,
      staging_hubs: row.staging_hubs,
    })),
    prod: prod.map((row) => ({
      cluster_name: row.cluster_name,
      provider: row.provider,
      hub_name: row.hub_name,
    })),
  };
}

/**
 * Finds what is too large for GitHub, which would otherwise refuse the job when it is too late.
 *
 * @param jobs The legs.
 * @returns A problem for each matrix that has too many legs.
 */
export function matrixProblems({ canaries, prod }: MatrixJobs): readonly Problem[] {
  const sizes = [["canary legs", canaries.length], ["prod legs", prod.length]] as const;
  return sizes.filter(([, size]) => size > MOST_JOBS).map(([what, size]) => ({
    message: `Cannot plan ${size} ${what}: GitHub makes at most ${MOST_JOBS} jobs of one matrix; ` +
      "split the change, so that each push upgrades fewer of them",
  }));
}
