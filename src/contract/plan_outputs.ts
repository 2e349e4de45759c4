import { isSplit } from "../config/layout.ts";
import type { Settings } from "../config/settings.ts";
import type { Problem } from "../errors.ts";
import type { LedgerOutput } from "../ledger/ledger_output.ts";
import { PackedLedger, packLedger } from "../ledger/packed_ledger.ts";
import { type MatrixJobs, matrixJobs, matrixProblems } from "../plan/matrix.ts";
import { legsByCluster, legsByWave, NO_CLUSTER_LEGS } from "../plan/rollout.ts";
import { ClusterLegs, type Plan, WaveLegs } from "../plan/schema.ts";
import * as z from "../zod.ts";
import type { OutputValues } from "./command.ts";
import { outputProblems } from "./output_limits.ts";
import { canaryLegs, clusterNames, prodLegs } from "./schemas.ts";

/** What the jobs of a run are given. */
export const PLAN_OUTPUTS = {
  "support-and-staging-matrix-jobs": { help: "The canary legs, a JSON list", schema: canaryLegs },
  "prod-hub-matrix-jobs": { help: "The prod legs, a JSON list", schema: prodLegs },
  "canary-clusters": {
    help: "The clusters that have a canary leg, a JSON list of names",
    schema: clusterNames,
  },
  waves: {
    help:
      "With waves or shards: the canary legs of each wave, by the jobs that they go to, as JSON",
    schema: z.array(WaveLegs),
  },
  clusters: {
    help: "In the pipelined layout: the clusters of each wave, and the legs of each, as JSON",
    schema: ClusterLegs,
  },
  ledger: {
    help: 'What "hubwright report" needs to know, as JSON; empty where nothing is recorded',
    schema: z.union([z.literal(""), PackedLedger]),
  },
} as const;

export type PlanOutputs = OutputValues<typeof PLAN_OUTPUTS>;

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
  // What is too large with what is owed may be of pushes that were small.
  const fewer = given.ledger !== "" && settings.dispatch
    ? 'start the workflow by hand with some "releases" at a time; the others stay owed'
    : "split the change, so that each push upgrades fewer of them";
  return [
    ...matrixProblems(jobs, plan, settings, fewer),
    ...outputProblems({ ...given, ledger }, plan, settings, fewer),
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
