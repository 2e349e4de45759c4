import { LEG } from "../src/config/leg_values.ts";
import { verdictOutput } from "../src/filter/verdict.ts";
import { LEG_STEPS } from "../src/ledger/leg_steps.ts";
import type { Cluster } from "../src/plan/cluster.ts";
import { type Expression, itemOf } from "../src/workflow/expression.ts";
import { always, fromJSON, hasItems } from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import { type Job, job } from "../src/workflow/job.ts";
import { script } from "../src/workflow/script.ts";
import { run, type Step } from "../src/workflow/step.ts";
import { template } from "../src/workflow/text.ts";
import { addonCommand, hubCommands, supportCommand } from "./release_command.ts";
import { type Deployment, DROPPED_LIST } from "./deployment.ts";
import type { BuildJob } from "./build_job.ts";
import { inBash, jobOptions } from "./job_options.ts";
import type { PlanJob } from "./plan_job.ts";
import { checkout, configSteps, deploy } from "./steps.ts";

export type CanaryJob = Job<
  "upgrade-support-and-staging",
  Readonly<Record<ReturnType<typeof verdictOutput>, string>>
>;

/** Upgrades what goes first on each cluster, one leg a cluster. */
export function canaryJob(
  { settings, names, isDeployment, slackOfLegs, guardPermissions, guard }: Deployment,
  clusters: readonly Cluster[],
  generateJobs: PlanJob,
  build: BuildJob | undefined,
): CanaryJob {
  const options = settings.jobs.canary;
  return job("upgrade-support-and-staging", {
    name: names.canary,
    comment: "The canaries: upgrades the support chart and the staging hubs of each affected\n" +
      "cluster. A leg records its verdict last; clusters do not wait for each other.\n" +
      DROPPED_LIST,
    needs: build === undefined ? [generateJobs] : [generateJobs, build],
    matrix: ({ needs }) =>
      fromJSON(needs["generate-jobs"].outputs["support-and-staging-matrix-jobs"]),
    if: ({ needs }) =>
      isDeployment
        .and(hasItems(needs["generate-jobs"].outputs["support-and-staging-matrix-jobs"])),
    ...jobOptions(settings, "jobs.canary.permissions", options, {
      permissions: {
        contents: { access: "read", why: "to check out the repository" },
        ...guardPermissions,
      },
      timeoutMinutes: 120,
    }, { CLUSTER: LEG.cluster_name }),
    steps: ({ matrix, needs, status }) => {
      const { cluster_name: CLUSTER, staging_hubs: hubs, addons, upgrade_support } = matrix.jobs;
      const mostHubs = Math.max(0, ...clusters.map(countStagingHubs));
      const mostAddons = Math.max(0, ...clusters.map((cluster) => cluster.addons?.length ?? 0));
      const { upgrade, check } = hubCommands(clusters, settings, true);
      const verdict = run({
        name: "Record the verdict",
        id: "verdict",
        comment:
          "Prod hubs of this cluster deploy only if this says success, in the latest attempt.\n" +
          "A lost runner says nothing.",
        if: always(),
        env: { CLUSTER, VERDICT: template`${status}@${github.runAttempt}` },
        outputs: clusters.map((cluster) => verdictOutput(cluster.name)),
        script: (env) => script`echo success_"\${CLUSTER//./-}"=${env.VERDICT} >> "$GITHUB_OUTPUT"`,
      });
      return {
        steps: [
          ...inBash(
            options,
            checkOutEveryStagingHub(hubs, mostHubs),
            ...(mostAddons > 0 || settings.clusters !== undefined
              ? [stopOnUnknownAddons(addons, mostAddons)]
              : []),
          ),
          checkout(options),
          ...inBash(options, ...guard(needs["generate-jobs"])),
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
            return [
              ...deploy(LEG_STEPS.upgradeStagingHub(index + 1), upgrade, { CLUSTER, HUB }, HUB),
              ...deploy(LEG_STEPS.checkStagingHub(index + 1), check, { CLUSTER, HUB }, HUB),
            ];
          }).flat(),
          ...configSteps([...settings.after(LEG), ...options.after(LEG)]),
          ...slackOfLegs,
          ...inBash(options, verdict),
        ],
        outputs: verdict.outputs,
      };
    },
  });
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
