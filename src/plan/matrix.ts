import type { Problem } from "../errors.ts";
import { BOUNDS } from "./bounds.ts";
import { type JobLayout, tooManyLegs } from "./matrix_size.ts";
import type { Plan, ProdHubJob, SupportAndStagingJob } from "./schema.ts";

/** The legs of a plan, without the reasons: what the matrices of the workflow are made from. */
export interface MatrixJobs {
  readonly canaries: readonly SupportAndStagingJob[];
  readonly prod: readonly ProdHubJob[];
}

export function matrixJobs({ support_and_staging, prod }: Plan): MatrixJobs {
  return {
    canaries: support_and_staging.map((
      { support_reason: _, staging_reason: __, addons_reason: ___, ...job },
    ) => job),
    prod: prod.map(({ reason: _, ...job }) => job),
  };
}

/**
 * Finds what is too large for GitHub, which would refuse the job only after planning. Each says what
 * to set, and how to plan fewer legs.
 */
export function matrixProblems(
  { canaries, prod }: MatrixJobs,
  { waves }: Pick<Plan, "waves">,
  layout: JobLayout,
  fewer: string,
): readonly Problem[] {
  const clustersOf = (legs: readonly { readonly cluster_name: string }[]) =>
    legs.map(({ cluster_name }) => cluster_name);
  const legs = tooManyLegs(
    { canaries: clustersOf(canaries), prod: clustersOf(prod), waves },
    layout,
  ).map(({ legs, most, set }) =>
    `Cannot plan ${legs}: ${most}; ` +
    (set === undefined ? "" : `set ${set} in the config and generate the workflows again, or `) +
    fewer
  );
  const stagingHubs = canaries.filter((job) => job.staging_hubs.length > BOUNDS.stagingHubs)
    .map(({ cluster_name, staging_hubs }) =>
      `Cannot plan ${staging_hubs.length} staging hubs of ${cluster_name}: one leg upgrades at ` +
      `most ${BOUNDS.stagingHubs}; let "isStaging" tell fewer of them to be staging`
    );
  const addons = canaries.filter((job) => (job.addons?.length ?? 0) > BOUNDS.addons)
    .map(({ cluster_name }) =>
      `Cannot plan the add-ons of ${cluster_name}: one leg upgrades at most ${BOUNDS.addons}`
    );
  return [...legs, ...stagingHubs, ...addons].map((message) => ({ message }));
}
