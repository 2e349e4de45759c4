import { hasItems } from "../src/workflow/functions.ts";
import { type Job, job } from "../src/workflow/job.ts";
import type { Deployment } from "./deployment.ts";
import { jobOptions } from "./job_options.ts";
import type { PlanJob } from "./plan_job.ts";
import { checkout, configSteps } from "./steps.ts";

export type BuildJob = Job<"build">;

/** Builds what is deployed, once, where the config says how. */
export function buildJob(
  { settings, isDeployment, slackOfLegs, names }: Deployment,
  generateJobs: PlanJob,
): BuildJob | undefined {
  const { build } = settings;
  if (build === undefined) return undefined;
  return job("build", {
    name: names.build,
    comment:
      "Builds what the canaries and the prod hubs deploy. Where it does not succeed, nothing\n" +
      "is deployed.",
    needs: [generateJobs],
    if: ({ needs }) => {
      const { outputs } = needs["generate-jobs"];
      return isDeployment.and(
        hasItems(outputs["support-and-staging-matrix-jobs"])
          .or(hasItems(outputs["prod-hub-matrix-jobs"])),
      );
    },
    ...jobOptions(settings, "build.job.permissions", build.job, {
      permissions: { contents: { access: "read", why: "to check out the repository" } },
      timeoutMinutes: 60,
    }),
    steps: () => ({
      steps: [
        checkout(build.job),
        ...configSteps([...build.job.before(), ...build.steps(), ...build.job.after()]),
        ...slackOfLegs,
      ],
    }),
  });
}
