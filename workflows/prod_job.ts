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
import { jobOptions, legSteps, type Options } from "./job_options.ts";
import { deploy } from "./steps.ts";
import { idOf, type Planned, type Turn } from "./lanes.ts";

type ProdMatrix = MatrixHandles<Expression<readonly ProdHubJob[]>>;

/** Upgrades prod hubs, one leg a hub. */
export function prodJob(
  deployment: Deployment,
  { plan }: Planned,
  filter: FilterJob,
  clusters: readonly Cluster[],
  { wave, shard, before }: Omit<Turn, "earlier">,
): Job {
  const { settings, names, isDeployment } = deployment;
  const { result, outputs } = needOf(filter);
  const list = outputs["prod-hub-matrix-jobs"];
  const isPart = isSplit(settings);
  const legs = isPart ? itemOf(fromJSON(outputs.shards), shard) : fromJSON(list);
  const isTurn = cancelled().not().and(isDeployment);
  // A filter that crashed wrote nothing, and is red; one that succeeded wrote a list.
  const isFiltered = result.equals("success").or(isWritten(isPart ? outputs.shards : list));
  return job(idOf("upgrade-prod-hubs", { wave, shard }), {
    name: names.prod,
    comment:
      "Upgrades the prod hubs that the filter let through, each in a leg of its own. Runs\n" +
      "although the filter blocked others; what it let through is all that is looked at.\n" +
      DROPPED_LIST,
    needs: [...(settings.ledger === undefined ? [] : [plan]), filter, ...before],
    matrix: () => legs,
    if: () =>
      isPart
        ? isTurn.and(isFiltered).and(isThere(legs))
        : isTurn.and(hasItems(list)).and(isFiltered),
    ...prodOptions(deployment),
    steps: ({ matrix }) => (
      { steps: prodSteps(deployment, clusters, matrix, needOf(plan).outputs.ledger) }
    ),
  });
}

/** How the jobs of prod hubs run, in either layout. */
export function prodOptions({ settings, guardPermissions: permissions }: Deployment): Options {
  const own = { permissions, timeoutMinutes: 60 };
  return jobOptions(settings, "jobs.prod", settings.jobs.prod, own, {
    CLUSTER: PROD_LEG.cluster_name,
    HUB: PROD_LEG.hub_name,
  });
}

/** What a prod hub's leg does, in either layout. */
export function prodSteps(
  { settings, slackOfLegs }: Deployment,
  clusters: readonly Cluster[],
  matrix: ProdMatrix,
  ledger: Expression<string>,
): readonly Step[] {
  const { cluster_name: CLUSTER, hub_name: HUB } = matrix.jobs;
  const { upgrade, check } = hubCommands(clusters, settings, false);
  return [
    ...legSteps(settings, settings.jobs.prod, PROD_LEG, ledger, [
      ...deploy(LEG_STEPS.upgradeHub, upgrade, { CLUSTER, HUB }),
      ...deploy(LEG_STEPS.checkHub, check, { CLUSTER, HUB }),
    ]),
    ...slackOfLegs,
  ];
}
