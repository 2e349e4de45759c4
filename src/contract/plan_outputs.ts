import { isSplit } from "../config/layout.ts";
import type { Settings } from "../config/settings.ts";
import type { Problem } from "../errors.ts";
import type { LedgerOutput } from "../ledger/ledger_output.ts";
import { type PackedLedger, packLedger } from "../ledger/packed_ledger.ts";
import { type MatrixJobs, matrixJobs, matrixProblems } from "../plan/matrix.ts";
import {
  type ClusterLegs,
  legsByCluster,
  legsByWave,
  NO_CLUSTER_LEGS,
  type WaveLegs,
} from "../plan/rollout.ts";
import type { Plan, ProdHubJob, SupportAndStagingJob } from "../plan/schema.ts";
import { outputProblems } from "./output_limits.ts";

/** What the jobs of a run are given. */
export interface PlanOutputs {
  readonly "support-and-staging-matrix-jobs": readonly SupportAndStagingJob[];
  readonly "prod-hub-matrix-jobs": readonly ProdHubJob[];
  readonly "canary-clusters": readonly string[];
  readonly waves: readonly WaveLegs[];
  readonly clusters: ClusterLegs;
  readonly ledger: PackedLedger | "";
}

/** Says what the jobs are given: some legs of a plan, or none in a dry run. */
export function planOutputs(
  plan: Plan,
  legs: MatrixJobs,
  settings: Settings,
  ledger?: LedgerOutput,
): PlanOutputs {
  return {
    "support-and-staging-matrix-jobs": legs.canaries,
    "prod-hub-matrix-jobs": legs.prod,
    "canary-clusters": legs.canaries.map((canary) => canary.cluster_name),
    waves: isSplit(settings) ? legsByWave(plan, legs) : [],
    clusters: settings.layout === "pipelined" ? legsByCluster(plan, legs) : NO_CLUSTER_LEGS,
    ledger: ledger === undefined ? "" : packLedger(ledger),
  };
}

/** Finds what the jobs have no room for, or could not be given. */
export function roomProblems(
  plan: Plan,
  settings: Settings,
  outputs?: PlanOutputs,
): readonly Problem[] {
  const jobs = matrixJobs(plan);
  const given = outputs ?? planOutputs(plan, jobs, settings);
  // A pull request hands over nothing of the ledger; its push will.
  const ledger = given.ledger === "" && settings.ledger ? likelyLedger(jobs) : given.ledger;
  return [
    ...matrixProblems(jobs, plan, settings),
    ...outputProblems({ ...given, ledger }, plan, settings),
  ];
}

/** What the ledger would have to know of some legs, if nothing is owed. */
function likelyLedger(jobs: MatrixJobs): PackedLedger {
  const commit = "0".repeat(40);
  return packLedger({
    ...{ environment: "", head: commit, record: null, as_of: commit, bases: {} },
    ...jobs,
    ...{ held: [], settled: [] },
  });
}
