import { PROD_LEG } from "../src/config/leg_values.ts";
import { LEG_STEPS } from "../src/ledger/leg_steps.ts";
import type { Cluster } from "../src/plan/cluster.ts";
import { cancelled, fromJSON, hasItems, isWritten } from "../src/workflow/functions.ts";
import { type Job, job } from "../src/workflow/job.ts";
import { hubCommands } from "./release_command.ts";
import { type Deployment, DROPPED_LIST } from "./deployment.ts";
import type { FilterJob } from "./filter_job.ts";
import { inBash, jobOptions } from "./job_options.ts";
import type { PlanJob } from "./plan_job.ts";
import { checkout, configSteps, deploy } from "./steps.ts";

export type ProdJob = Job<"upgrade-prod-hubs">;

/** Upgrades prod hubs, one leg a hub. */
export function prodJob(
  { settings, names, isDeployment, slackOfLegs, guardPermissions, guard }: Deployment,
  clusters: readonly Cluster[],
  generateJobs: PlanJob,
  filterGenerateJobs: FilterJob,
): ProdJob {
  const { ledger, jobs: { prod: options } } = settings;
  const { upgrade, check } = hubCommands(clusters, settings, false);
  return job("upgrade-prod-hubs", {
    name: names.prod,
    comment:
      "Upgrades the prod hubs that the filter let through, each in a leg of its own. Runs\n" +
      "although the filter blocked others; what it let through is all that is looked at.\n" +
      DROPPED_LIST,
    needs: ledger === undefined ? [filterGenerateJobs] : [generateJobs, filterGenerateJobs],
    matrix: ({ needs }) => fromJSON(needs["filter-generate-jobs"].outputs["prod-hub-matrix-jobs"]),
    if: ({ needs }) =>
      cancelled().not()
        .and(isDeployment)
        .and(hasItems(needs["filter-generate-jobs"].outputs["prod-hub-matrix-jobs"]))
        .and(
          // A filter that crashed wrote nothing, and is red; one that succeeded wrote a list.
          needs["filter-generate-jobs"].result.equals("success")
            .or(isWritten(needs["filter-generate-jobs"].outputs["prod-hub-matrix-jobs"])),
        ),
    ...jobOptions(settings, "jobs.prod.permissions", options, {
      permissions: {
        contents: { access: "read", why: "to check out the repository" },
        ...guardPermissions,
      },
      timeoutMinutes: 60,
    }, { CLUSTER: PROD_LEG.cluster_name, HUB: PROD_LEG.hub_name }),
    steps: ({ matrix, needs }) => {
      const { cluster_name: CLUSTER, hub_name: HUB } = matrix.jobs;
      return {
        steps: [
          checkout(options),
          ...inBash(options, ...guard(needs["generate-jobs"])),
          ...configSteps([...options.before(PROD_LEG), ...settings.setup(PROD_LEG)]),
          ...deploy(LEG_STEPS.upgradeHub, upgrade, { CLUSTER, HUB }),
          ...deploy(LEG_STEPS.checkHub, check, { CLUSTER, HUB }),
          ...configSteps([...settings.after(PROD_LEG), ...options.after(PROD_LEG)]),
          ...slackOfLegs,
        ],
      };
    },
  });
}
