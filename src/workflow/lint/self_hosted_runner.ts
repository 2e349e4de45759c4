import { reachOnPullRequest } from "../reach.ts";
import type { LintRule } from "./rule.ts";

/** The machines that GitHub makes anew for each job. */
const HOSTED = [
  /^ubuntu-(?:latest|\d\d\.\d\d)(?:-arm)?$/,
  /^windows-(?:latest|\d+)(?:-arm)?$/,
  /^macos-(?:latest|\d+)(?:-(?:intel|large|xlarge))?$/,
];

/** Machines of one's own that run a pull request's code. */
export const selfHostedRunner: LintRule = {
  id: "self-hosted-runner",
  refuses: "a runner that is not one of GitHub's, in a job that can run on a pull request",
  why: "what a stranger's code leaves behind on a machine of one's own is there in the next job",
  mend:
    'run the job on a machine of GitHub ("ubuntu-latest"), or give it a condition that cannot ' +
    "hold on a pull request: github.event_name == 'push'",
  check: (workflow) => {
    const reach = reachOnPullRequest(workflow);
    return workflow.jobs.filter(reach.job)
      .filter(({ runsOn }) => !HOSTED.some((label) => label.test(runsOn)))
      .map(({ id, runsOn }) => ({
        job: id,
        message: `Cannot run on "${runsOn}": the job can run on a pull request`,
      }));
  },
};
