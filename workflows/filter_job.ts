import { filterCommand } from "../src/contract/filter.ts";
import { type CommandOutputs, commandStep } from "../src/contract/step.ts";
import { cancelled, hasItems, toJSON } from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import { type Job, job } from "../src/workflow/job.ts";
import { CANARY_JOB } from "../src/filter/verdict.ts";
import type { BuildJob } from "./build_job.ts";
import type { CanaryJob } from "./canary_job.ts";
import type { Deployment } from "./deployment.ts";
import type { PlanJob } from "./plan_job.ts";
import { inBash, jobOptions } from "./job_options.ts";
import { checkout, configSteps, setUpDeno } from "./steps.ts";

export type FilterJob = Job<"filter-generate-jobs", CommandOutputs<typeof filterCommand>>;

/** Decides which prod hubs may follow. */
export function filterJob(
  { settings, names, isDeployment, slackOfLegs }: Deployment,
  generateJobs: PlanJob,
  upgradeSupportAndStaging: CanaryJob,
  build: BuildJob | undefined,
): FilterJob {
  const options = settings.jobs.filter;
  return job("filter-generate-jobs", {
    name: names.filter,
    comment: settings.gate === "fleet"
      ? "Lets the prod hubs through where every canary passed, and fails where it blocks them. Runs\n" +
        "whatever became of the canaries."
      : "Lets through the prod hubs whose own cluster's canary passed, and fails where it blocks\n" +
        "any. Runs whatever became of the canaries, so that one cluster never blocks another.",
    needs: build === undefined
      ? [generateJobs, upgradeSupportAndStaging]
      : [generateJobs, build, upgradeSupportAndStaging],
    if: ({ needs }) =>
      cancelled().not()
        .and(isDeployment)
        .and(needs["generate-jobs"].result.equals("success"))
        .and(hasItems(needs["generate-jobs"].outputs["prod-hub-matrix-jobs"])),
    ...jobOptions(settings, "jobs.filter.permissions", options, {
      permissions: {
        contents: { access: "read", why: "to check out the repository" },
        actions: { access: "read", why: "to tell, in a re-run, which attempt a verdict is of" },
      },
      timeoutMinutes: 10,
    }),
    steps: ({ needs }) => {
      const planned = needs["generate-jobs"].outputs;
      const canary = needs["upgrade-support-and-staging"];
      const filter = commandStep(filterCommand, {
        name: "Filter",
        id: "filter",
        runtime: settings.runtime,
        env: {
          PROD_HUB_MATRIX_JOBS: planned["prod-hub-matrix-jobs"],
          CANARY_CLUSTERS: planned["canary-clusters"],
          CANARY_RESULT: canary.result,
          CANARY_OUTPUTS: toJSON(canary.allOutputs),
          ...(settings.gate === "fleet" && { GATE: settings.gate }),
          ...(build && { BUILD_RESULT: needs.build.result }),
          ...(names.canary !== CANARY_JOB && { CANARY_JOB: names.canary }),
          GITHUB_TOKEN: github.token,
        },
      });
      return {
        steps: [
          checkout(options),
          ...configSteps(options.before()),
          setUpDeno(),
          ...inBash(options, filter),
          ...configSteps(options.after()),
          ...slackOfLegs,
        ],
        outputs: filter.outputs,
      };
    },
  });
}
