import type { Problem } from "../errors.ts";
import { BOUNDS } from "./bounds.ts";
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

/** How many characters the lists may have: GitHub takes 1 MB of outputs of a job, in UTF-16. */
const MOST_OUTPUT = 500_000;

/** Finds what is too large for GitHub, which would refuse the job only after planning. */
export function matrixProblems({ canaries, prod }: MatrixJobs): readonly Problem[] {
  const sizes = [["canary legs", canaries.length], ["prod legs", prod.length]] as const;
  const legs = sizes.filter(([, size]) => size > BOUNDS.legs).map(([what, size]) =>
    `Cannot plan ${size} ${what}: GitHub makes at most ${BOUNDS.legs} jobs of one matrix; split ` +
    "the change, so that each push upgrades fewer of them"
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
  const length = JSON.stringify([canaries, prod]).length;
  const outputs = length <= MOST_OUTPUT ? [] : [
    `Cannot plan legs with ${length} characters of names: GitHub takes ${MOST_OUTPUT} from one ` +
    "job; split the change, so that each push upgrades fewer staging hubs",
  ];
  return [...legs, ...stagingHubs, ...addons, ...outputs].map((message) => ({ message }));
}
