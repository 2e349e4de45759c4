import { reportCommand } from "../src/contract/report.ts";
import { commandStep } from "../src/contract/step.ts";
import { CANARY_JOB } from "../src/filter/verdict.ts";
import { PROD_JOB, REPORT_JOB } from "../src/ledger/leg_steps.ts";
import { always, isWritten } from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import { type Job, job, needOf } from "../src/workflow/job.ts";
import type { Deployment } from "./deployment.ts";
import type { PlanJob } from "./plan_job.ts";
import { jobOptions, ownSteps } from "./job_options.ts";
import { sendToSlack } from "./steps.ts";

/** Records what became of the run, once all other jobs are over. */
export function reportJob(
  { settings, names, isDeployment, slack }: Deployment,
  plan: PlanJob,
  before: readonly Job[],
): Job {
  const options = settings.jobs.report;
  const { ledger } = needOf(plan).outputs;
  return job("report-deployment", {
    name: names.report,
    comment:
      "Finds out what became of each release, whatever became of the run, and writes it into the\n" +
      "record of what is owed. It has access to no cluster.",
    needs: before,
    if: () => always().and(isDeployment).and(isWritten(ledger)),
    ...jobOptions(settings, "jobs.report", options, {
      permissions: {
        actions: { access: "read", why: "to read how the legs of this run ended" },
        deployments: { access: "write", why: "to write what releases are owed" },
        "pull-requests": { access: "write", why: "to say the outcome on the merged pull request" },
      },
      timeoutMinutes: 10,
    }),
    steps: () => {
      const report = commandStep(reportCommand, {
        name: "Report",
        id: "report",
        runtime: settings.runtime,
        env: {
          LEDGER: ledger,
          ...(settings.layout === "pipelined" && { CLUSTER_JOB: names.cluster }),
          ...(names.canary !== CANARY_JOB && { CANARY_JOB: names.canary }),
          ...(names.prod !== PROD_JOB && { PROD_JOB: names.prod }),
          ...(names.report !== REPORT_JOB && { REPORT_JOB: names.report }),
          GITHUB_TOKEN: github.token,
        },
      });
      const message = report.outputs["slack-message"];
      return {
        steps: [
          ...ownSteps(options, [report]),
          ...sendToSlack(settings.notify.slack?.secret, isWritten(message), message),
          ...slack,
        ],
      };
    },
  });
}
