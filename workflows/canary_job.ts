import { LEG } from "../src/config/leg_values.ts";
import { verdictOutput } from "../src/filter/verdict.ts";
import { LEG_STEPS } from "../src/ledger/leg_steps.ts";
import { isSplit } from "../src/config/layout.ts";
import type { Cluster } from "../src/plan/cluster.ts";
import type { SupportAndStagingJob } from "../src/plan/schema.ts";
import { type Expression, fieldOf, itemOf } from "../src/workflow/expression.ts";
import { always, fromJSON, hasItems, isThere } from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import { type Job, job, needOf } from "../src/workflow/job.ts";
import type { MatrixHandles } from "../src/workflow/job_matrix.ts";
import { script } from "../src/workflow/script.ts";
import { run, type Step } from "../src/workflow/step.ts";
import { template } from "../src/workflow/text.ts";
import { addonCommand, hubCommands, supportCommand } from "./release_command.ts";
import { type Deployment, DROPPED_LIST } from "./deployment.ts";
import type { BuildJob } from "./build_job.ts";
import { inBash, jobOptions, type Options } from "./job_options.ts";
import { afterEarlier, laneId, type Turn } from "./lanes.ts";
import type { PlanJob } from "./plan_job.ts";
import { checkout, configSteps, deploy } from "./steps.ts";

export type CanaryJob = Job<
  `upgrade-support-and-staging${string}`,
  Readonly<Record<ReturnType<typeof verdictOutput>, string>>
>;

type CanaryMatrix = MatrixHandles<Expression<readonly SupportAndStagingJob[]>>;

/** Upgrades what goes first on each cluster, one leg a cluster. */
export function canaryJob(
  deployment: Deployment,
  clusters: readonly Cluster[],
  generateJobs: PlanJob,
  build: BuildJob | undefined,
  turn: Turn,
): CanaryJob {
  const { settings, names, isDeployment, slackOfLegs } = deployment;
  const { lane, earlier, before } = turn;
  const required = build === undefined ? [generateJobs] : [generateJobs, build];
  const { outputs } = needOf(generateJobs);
  const flat = outputs["support-and-staging-matrix-jobs"];
  const legs = isSplit(settings)
    ? itemOf(fieldOf(itemOf(fromJSON(outputs.waves), lane.wave), "canaries"), lane.shard)
    : fromJSON(flat);
  const isTurn = afterEarlier(turn, required)?.and(isDeployment) ?? isDeployment;
  return job(laneId("upgrade-support-and-staging", lane), {
    name: names.canary,
    comment: "The canaries: upgrades the support chart and the staging hubs of each affected\n" +
      "cluster. A leg records its verdict last; clusters do not wait for each other.\n" +
      DROPPED_LIST,
    needs: [...required, ...earlier, ...before],
    matrix: () => legs,
    if: () => isTurn.and(isSplit(settings) ? isThere(legs) : hasItems(flat)),
    ...canaryOptions(deployment),
    steps: ({ matrix, status }) => {
      const verdict = run({
        name: "Record the verdict",
        id: "verdict",
        comment:
          "Prod hubs of this cluster deploy only if this says success, in the latest attempt.\n" +
          "A lost runner says nothing.",
        if: always(),
        env: {
          CLUSTER: matrix.jobs.cluster_name,
          VERDICT: template`${status}@${github.runAttempt}`,
        },
        outputs: clusters.map((cluster) => verdictOutput(cluster.name)),
        script: (env) => script`echo success_"\${CLUSTER//./-}"=${env.VERDICT} >> "$GITHUB_OUTPUT"`,
      });
      return {
        steps: [
          ...canarySteps(deployment, clusters, matrix, outputs.ledger),
          ...slackOfLegs,
          ...inBash(settings.jobs.canary, verdict),
        ],
        outputs: verdict.outputs,
      };
    },
  });
}

/** How the jobs of canaries run, in either layout. */
export function canaryOptions({ settings, guardPermissions }: Deployment): Options {
  return jobOptions(settings, "jobs.canary.permissions", settings.jobs.canary, {
    permissions: {
      contents: { access: "read", why: "to check out the repository" },
      ...guardPermissions,
    },
    timeoutMinutes: 120,
  }, { CLUSTER: LEG.cluster_name });
}

/** What a canary's leg does, in either layout. */
export function canarySteps(
  { settings, guard }: Deployment,
  clusters: readonly Cluster[],
  matrix: CanaryMatrix,
  ledger: Expression<string>,
): readonly Step[] {
  const options = settings.jobs.canary;
  const { cluster_name: CLUSTER, staging_hubs: hubs, addons, upgrade_support } = matrix.jobs;
  const mostHubs = Math.max(0, ...clusters.map(countStagingHubs));
  const mostAddons = Math.max(0, ...clusters.map((cluster) => cluster.addons?.length ?? 0));
  const { upgrade, check } = hubCommands(clusters, settings, true);
  return [
    ...inBash(
      options,
      checkOutEveryStagingHub(hubs, mostHubs),
      ...(mostAddons > 0 || settings.clusters !== undefined
        ? [stopOnUnknownAddons(addons, mostAddons)]
        : []),
    ),
    checkout(options),
    ...inBash(options, ...guard(ledger)),
    ...configSteps([...options.before(LEG), ...settings.setup(LEG)]),
    ...deploy(
      LEG_STEPS.upgradeSupport,
      supportCommand(clusters, settings),
      { CLUSTER },
      upgrade_support,
    ),
    ...Array.from({ length: mostAddons }, (_, index) => {
      const ADDON = itemOf(addons, index);
      const name = LEG_STEPS.upgradeAddon(index + 1);
      return deploy(name, addonCommand(clusters), { CLUSTER, ADDON }, ADDON);
    }).flat(),
    ...Array.from({ length: mostHubs }, (_, index) => {
      const HUB = itemOf(hubs, index);
      const number = index + 1;
      return [
        ...deploy(LEG_STEPS.upgradeStagingHub(number), upgrade, { CLUSTER, HUB }, HUB),
        ...deploy(LEG_STEPS.checkStagingHub(number), check, { CLUSTER, HUB }, HUB),
      ];
    }).flat(),
    ...configSteps([...settings.after(LEG), ...options.after(LEG)]),
  ];
}

function countStagingHubs(cluster: Cluster): number {
  return cluster.hubs.filter((hub) => hub.staging).length;
}

/** A leg has steps for as many add-ons, too, as the largest cluster had. */
function stopOnUnknownAddons(
  addons: Expression<readonly string[] | undefined>,
  most: number,
): Step {
  return run({
    name: "Make sure that there is a step for every add-on",
    if: itemOf(addons, most),
    script: () =>
      script`echo "::error::This workflow is out of date: it has steps for ${
        String(most)
      } add-ons and the cluster has more. Generate it anew."
exit 1`,
  });
}

/** A leg has steps for as many staging hubs as the largest cluster had when it was generated. */
function checkOutEveryStagingHub(hubs: Expression<readonly string[]>, most: number): Step {
  return run({
    name: "Make sure that there is a step for every staging hub",
    if: itemOf(hubs, most),
    script: () =>
      script`echo "::error::This workflow is out of date: it has steps for ${
        String(most)
      } staging hubs and the cluster has more. Generate it anew."
exit 1`,
  });
}
