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
import { Script, script } from "../src/workflow/script.ts";
import { run, type Step } from "../src/workflow/step.ts";
import { template } from "../src/workflow/text.ts";
import { addonCommand, hubCommands, supportCommand } from "./release_command.ts";
import { type Deployment, DROPPED_LIST } from "./deployment.ts";
import { inBash, jobOptions, legSteps, type Options } from "./job_options.ts";
import { deploy } from "./steps.ts";
import { idOf, isTurn, type Planned, type Turn } from "./lanes.ts";

type CanaryMatrix = MatrixHandles<Expression<readonly SupportAndStagingJob[]>>;

/** Upgrades what goes first on each cluster, one leg a cluster. */
export function canaryJob(
  deployment: Deployment,
  { plan, required }: Planned,
  clusters: readonly Cluster[],
  turn: Turn,
): Job {
  const { settings, names, isDeployment, slackOfLegs } = deployment;
  const { outputs } = needOf(plan);
  const flat = outputs["support-and-staging-matrix-jobs"];
  const legs = isSplit(settings)
    ? itemOf(fieldOf(itemOf(fromJSON(outputs.waves), turn.wave), "canaries"), turn.shard)
    : fromJSON(flat);
  return job(idOf("upgrade-support-and-staging", turn), {
    name: names.canary,
    comment: "The canaries: upgrades the support chart and the staging hubs of each affected\n" +
      "cluster. A leg records its verdict last; clusters do not wait for each other.\n" +
      DROPPED_LIST,
    needs: [...required, ...turn.earlier, ...turn.before],
    matrix: () => legs,
    if: () =>
      isTurn(turn, required, isDeployment).and(isSplit(settings) ? isThere(legs) : hasItems(flat)),
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
export function canaryOptions({ settings, guardPermissions: permissions }: Deployment): Options {
  const own = { permissions, timeoutMinutes: 120 };
  return jobOptions(settings, "jobs.canary", settings.jobs.canary, own, {
    CLUSTER: LEG.cluster_name,
  });
}

/** What a canary's leg does, in either layout. */
export function canarySteps(
  { settings }: Deployment,
  clusters: readonly Cluster[],
  matrix: CanaryMatrix,
  ledger: Expression<string>,
): readonly Step[] {
  const options = settings.jobs.canary;
  const { cluster_name: CLUSTER, staging_hubs: hubs, addons, upgrade_support } = matrix.jobs;
  const most = (count: (cluster: Cluster) => number) => Math.max(0, ...clusters.map(count));
  const mostHubs = most((cluster) => cluster.hubs.filter((hub) => hub.staging).length);
  const mostAddons = most((cluster) => cluster.addons?.length ?? 0);
  const { upgrade, check } = hubCommands(clusters, settings, true);
  return [
    ...inBash(
      options,
      stopOnMore("staging hub", hubs, mostHubs),
      ...(mostAddons > 0 || settings.clusters !== undefined
        ? [stopOnMore("add-on", addons, mostAddons)]
        : []),
    ),
    ...legSteps(settings, options, LEG, ledger, [
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
        return [
          ...deploy(LEG_STEPS.upgradeStagingHub(index + 1), upgrade, { CLUSTER, HUB }, HUB),
          ...deploy(LEG_STEPS.checkStagingHub(index + 1), check, { CLUSTER, HUB }, HUB),
        ];
      }).flat(),
    ]),
  ];
}

/** A leg has steps for as many releases as the largest cluster had when it was generated. */
function stopOnMore(
  what: string,
  releases: Expression<readonly string[] | undefined>,
  most: number,
): Step {
  return run({
    name: `Make sure that there is a step for every ${what}`,
    if: itemOf(releases, most),
    script: () =>
      new Script(
        `echo "::error::This workflow is out of date: it has steps for ${most} ${what}s and the ` +
          'cluster has more. Generate it anew."\nexit 1',
      ),
  });
}
