import { PROD_LEG } from "../src/config/leg_values.ts";
import { LEG_STEPS } from "../src/ledger/leg_steps.ts";
import type { Cluster } from "../src/plan/cluster.ts";
import { isSplit } from "../src/config/layout.ts";
import type { ProdHubJob } from "../src/plan/schema.ts";
import { type Expression, itemOf } from "../src/workflow/expression.ts";
import { cancelled, fromJSON, hasItems, isThere, isWritten } from "../src/workflow/functions.ts";
import { type Job, job, needOf } from "../src/workflow/job.ts";
import type { MatrixHandles } from "../src/workflow/job_matrix.ts";
import type { Step } from "../src/workflow/step.ts";
import { hubCommands } from "./release_command.ts";
import { type Deployment, DROPPED_LIST } from "./deployment.ts";
import type { FilterJob } from "./filter_job.ts";
import { inBash, jobOptions, type Options } from "./job_options.ts";
import { laneId, type Turn } from "./lanes.ts";
import type { PlanJob } from "./plan_job.ts";
import { checkout, configSteps, deploy } from "./steps.ts";

export type ProdJob = Job<`upgrade-prod-hubs${string}`>;

type ProdMatrix = MatrixHandles<Expression<readonly ProdHubJob[]>>;

/** Upgrades prod hubs, one leg a hub. */
export function prodJob(
  deployment: Deployment,
  clusters: readonly Cluster[],
  generateJobs: PlanJob,
  filterGenerateJobs: FilterJob,
  { lane, before }: Pick<Turn, "lane" | "before">,
): ProdJob {
  const { settings, names, isDeployment } = deployment;
  const { result, outputs } = needOf(filterGenerateJobs);
  const list = outputs["prod-hub-matrix-jobs"];
  const isPart = isSplit(settings);
  const legs = isPart ? itemOf(fromJSON(outputs.shards), lane.shard) : fromJSON(list);
  const isTurn = cancelled().not().and(isDeployment);
  // A filter that crashed wrote nothing, and is red; one that succeeded wrote a list.
  const isFiltered = result.equals("success").or(isWritten(isPart ? outputs.shards : list));
  return job(laneId("upgrade-prod-hubs", lane), {
    name: names.prod,
    comment:
      "Upgrades the prod hubs that the filter let through, each in a leg of its own. Runs\n" +
      "although the filter blocked others; what it let through is all that is looked at.\n" +
      DROPPED_LIST,
    needs: [
      ...(settings.ledger === undefined ? [] : [generateJobs]),
      filterGenerateJobs,
      ...before,
    ],
    matrix: () => legs,
    if: () =>
      isPart
        ? isTurn.and(isFiltered).and(isThere(legs))
        : isTurn.and(hasItems(list)).and(isFiltered),
    ...prodOptions(deployment),
    steps: ({ matrix }) => (
      { steps: prodSteps(deployment, clusters, matrix, needOf(generateJobs).outputs.ledger) }
    ),
  });
}

/** How the jobs of prod hubs run, in either layout. */
export function prodOptions({ settings, guardPermissions }: Deployment): Options {
  return jobOptions(settings, "jobs.prod.permissions", settings.jobs.prod, {
    permissions: {
      contents: { access: "read", why: "to check out the repository" },
      ...guardPermissions,
    },
    timeoutMinutes: 60,
  }, { CLUSTER: PROD_LEG.cluster_name, HUB: PROD_LEG.hub_name });
}

/** What a prod hub's leg does, in either layout. */
export function prodSteps(
  { settings, slackOfLegs, guard }: Deployment,
  clusters: readonly Cluster[],
  matrix: ProdMatrix,
  ledger: Expression<string>,
): readonly Step[] {
  const options = settings.jobs.prod;
  const { cluster_name: CLUSTER, hub_name: HUB } = matrix.jobs;
  const { upgrade, check } = hubCommands(clusters, settings, false);
  return [
    checkout(options),
    ...inBash(options, ...guard(ledger)),
    ...configSteps([...options.before(PROD_LEG), ...settings.setup(PROD_LEG)]),
    ...deploy(LEG_STEPS.upgradeHub, upgrade, { CLUSTER, HUB }),
    ...deploy(LEG_STEPS.checkHub, check, { CLUSTER, HUB }),
    ...configSteps([...settings.after(PROD_LEG), ...options.after(PROD_LEG)]),
    ...slackOfLegs,
  ];
}
