import { reportCommand } from "../src/contract/report.ts";
import { commandStep } from "../src/contract/step.ts";
import { REPORT_JOB } from "../src/ledger/leg_steps.ts";
import { always, isWritten } from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import { type Job, job } from "../src/workflow/job.ts";
import type { Deployment } from "./deployment.ts";
import type { PlanJob } from "./plan_job.ts";
import { checkout, sendToSlack, setUpDeno } from "./steps.ts";

/** Records what became of the run, once all other jobs are over. */
export function reportJob(
  { settings, isDeployment, slack }: Deployment,
  generateJobs: PlanJob,
  ...others: readonly Job[]
): Job<"report-deployment"> {
  return job("report-deployment", {
    name: REPORT_JOB,
    comment:
      "Finds out what became of each release, whatever became of the run, and writes it into the\n" +
      "record of what is owed. It has access to no cluster.",
    needs: [generateJobs, ...others],
    if: ({ needs }) =>
      always().and(isDeployment).and(isWritten(needs["generate-jobs"].outputs.ledger)),
    permissions: {
      contents: { access: "read", why: "to check out the repository" },
      actions: { access: "read", why: "to read how the legs of this run ended" },
      deployments: { access: "write", why: "to write what releases are owed" },
      "pull-requests": { access: "write", why: "to say the outcome on the merged pull request" },
    },
    timeoutMinutes: 10,
    steps: ({ needs }) => {
      const report = commandStep(reportCommand, {
        name: "Report",
        id: "report",
        runtime: settings.runtime,
        env: { LEDGER: needs["generate-jobs"].outputs.ledger, GITHUB_TOKEN: github.token },
      });
      const message = report.outputs["slack-message"];
      return {
        steps: [
          checkout(),
          setUpDeno(),
          report,
          ...sendToSlack(settings.notify.slack?.secret, isWritten(message), message),
          ...slack,
        ],
      };
    },
  });
}
