import { reachOnPullRequest } from "../reach.ts";
import type { LintRule } from "./rule.ts";
import { nodesOf, placeOf } from "./walk.ts";

/** Secrets that are there while a pull request's code runs. */
export const secretOnPullRequest: LintRule = {
  id: "secret-on-pull-request",
  refuses: "a secret in a job or a step that can run on a pull request",
  why: "the code of the pull request runs in that job and can print or send what is there",
  mend: "give the job or the step a condition that cannot hold on a pull request: " +
    "github.event_name == 'push'",
  check: (workflow) => {
    const reach = reachOnPullRequest(workflow);
    return nodesOf(workflow).flatMap(({ job, step, node, expression }) => {
      if (node.kind !== "context" || node.path[0] !== "secrets") return [];
      if (workflow.on.pull_request === undefined) return [];
      if (job !== undefined && !reach.job(job)) return [];
      if (step !== undefined && !reach.step(step)) return [];
      const message = `Cannot read the secret in "${expression.text}" here: this can run on a ` +
        "pull request";
      return [{ ...placeOf({ ...(job && { job }), ...(step && { step }) }), message }];
    });
  },
};
