import { isSplit } from "../src/config/layout.ts";
import type { Settings } from "../src/config/settings.ts";
import { type Expression, fieldOf, itemOf } from "../src/workflow/expression.ts";
import { fromJSON, hasItems, isThere } from "../src/workflow/functions.ts";
import { type Job, job, needOf } from "../src/workflow/job.ts";
import type { Deployment } from "./deployment.ts";
import { jobOptions } from "./job_options.ts";
import type { PlanJob } from "./plan_job.ts";
import { checkout, configSteps } from "./steps.ts";

/** Builds what is deployed, once, where the config says how. */
export function buildJob(
  { settings, isDeployment, slackOfLegs, names }: Deployment,
  plan: PlanJob,
): Job | undefined {
  const { build } = settings;
  if (build === undefined) return undefined;
  return job("build", {
    name: names.build,
    comment:
      "Builds what the canaries and the prod hubs deploy. Where it does not succeed, nothing\n" +
      "is deployed.",
    needs: [plan],
    if: () => isDeployment.and(isAnything(settings, plan)),
    ...jobOptions(settings, "build.job", build.job, { timeoutMinutes: 60 }),
    steps: () => ({
      steps: [
        checkout(build.job),
        ...configSteps([...build.job.before(), ...build.steps(), ...build.job.after()]),
        ...slackOfLegs,
      ],
    }),
  });
}

/** Whether there is anything to deploy. */
function isAnything(settings: Settings, plan: PlanJob): Expression<boolean> {
  const { outputs } = needOf(plan);
  if (settings.layout === "four-jobs") {
    const canaries = isSplit(settings) ? "canary-clusters" : "support-and-staging-matrix-jobs";
    return hasItems(outputs[canaries]).or(hasItems(outputs["prod-hub-matrix-jobs"]));
  }
  const planned = fieldOf(fromJSON(outputs.clusters), "waves");
  return (settings.waves ?? [undefined]).map((_, wave) => isThere(itemOf(itemOf(planned, wave), 0)))
    .reduce((any, one) => any.or(one));
}
