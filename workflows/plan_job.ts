import { DEFAULTS } from "../src/config/defaults.ts";
import { layoutText, outputsRead } from "../src/config/layout.ts";
import { planCommand } from "../src/contract/plan.ts";
import { type CommandOutputs, commandStep } from "../src/contract/step.ts";
import { PLAN_ARTIFACT } from "../src/github/artifact.ts";
import { choose, toJSON } from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import { type Job, job } from "../src/workflow/job.ts";
import { template } from "../src/workflow/text.ts";
import type { Deployment } from "./deployment.ts";
import { folderIn, jobOptions, ownSteps } from "./job_options.ts";
import { handOverPlan } from "./steps.ts";

export type PlanJob = Job<"generate-jobs", CommandOutputs<typeof planCommand>>;

/** Plans the run; what it is for decides what becomes of the plan. */
export function planJob(
  {
    settings,
    names,
    isPullRequest,
    isMergeGroup,
    isDeployment,
    isElsewhere,
    slack,
    guardPermissions,
  }: Deployment,
): PlanJob {
  const { ledger, jobs: { plan: options } } = settings;
  return job("generate-jobs", {
    name: names.plan,
    comment:
      "Plans which support charts and hubs the change upgrades. On a pull request the plan\n" +
      "becomes an artifact, from which another workflow makes a comment. In a merge queue it is\n" +
      "a check, and nothing more.",
    ...jobOptions(settings, "jobs.plan", options, {
      permissions: {
        "pull-requests": { access: "read", why: "to read the labels of a merged pull request" },
        ...guardPermissions,
        ...(ledger && { deployments: { access: "read", why: "to read what releases are owed" } }),
      },
      timeoutMinutes: 10,
    }),
    steps: ({ temp }) => {
      const { folder, finding } = folderIn(options, temp);
      const planFile = template`${folder}/${PLAN_ARTIFACT.plan}`;
      const plan = commandStep(planCommand, {
        name: "Plan",
        id: "plan",
        runtime: settings.runtime,
        options: {
          before: choose(
            isPullRequest,
            "HEAD^1",
            choose(isMergeGroup, github.mergeGroupBase, github.pushBefore),
          ),
          head: github.sha,
          labels: choose<string>(isPullRequest, toJSON(github.pullRequestLabels), ""),
          ...(settings.dispatch && {
            releases: github.inputs.releases,
            phase: github.inputs.phase,
            // From another branch no job deploys: the plan has to say so.
            "dry-run": choose<string>(isElsewhere, "true", github.inputs.dryRun),
          }),
          ...(settings.branches && {
            branch: choose<string>(
              isPullRequest,
              github.baseRef,
              choose<string>(isDeployment, github.refName, ""),
            ),
          }),
          "plan-file": planFile,
        },
        env: {
          GITHUB_TOKEN: github.token,
          ...(ledger &&
            { RERUN: choose<string>(github.runAttempt.notEquals(1), github.runId, "") }),
          ...(layoutText(settings) !== DEFAULTS.layout && { LAYOUT: layoutText(settings) }),
        },
      });
      return {
        steps: [
          ...ownSteps(options, [plan, ...handOverPlan(planFile, folder, isPullRequest)], {
            depth: choose(isPullRequest, 2, 0),
            finding,
          }),
          ...slack,
        ],
        // Those that the jobs behind it read.
        outputs: Object.fromEntries(
          outputsRead(settings).map((name) => [name, plan.outputs[name]]),
        ) as typeof plan.outputs,
      };
    },
  });
}
