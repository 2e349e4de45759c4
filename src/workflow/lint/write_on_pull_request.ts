import { reachOnPullRequest } from "../reach.ts";
import type { LintRule } from "./rule.ts";

/** Tokens that can write while a pull request's code runs. */
export const writeOnPullRequest: LintRule = {
  id: "write-on-pull-request",
  refuses: "a permission to write in a job that can run on a pull request",
  why: "every action of the job gets the token unasked, and the code of the pull request runs " +
    "beside them",
  mend: "give the job a condition that cannot hold on a pull request: github.event_name == 'push'",
  check: (workflow) => {
    const reach = reachOnPullRequest(workflow);
    return workflow.jobs.filter(reach.job).flatMap((job) =>
      Object.entries(job.permissions ?? {})
        .filter(([, permission]) => permission?.access === "write")
        .map(([scope]) => ({
          job: job.id,
          message: `Cannot grant "${scope}: write": the job can run on a pull request`,
        }))
    );
  },
};
