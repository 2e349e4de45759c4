import type { LintRule } from "./rule.ts";

/** The triggers of which the other rules know what a stranger can do with them. */
const KNOWN = ["push", "pull_request", "workflow_run"];

/** Triggers that give a stranger's change a token and secrets. */
export const dangerousTrigger: LintRule = {
  id: "dangerous-trigger",
  refuses: "`pull_request_target`, and any trigger but `push`, `pull_request` and `workflow_run`",
  why:
    "`pull_request_target` runs for a stranger's pull request with the secrets and a token that " +
    "writes, and one step that touches the pull request's files is enough to give them away",
  fix: "plan on pull_request, hand an artifact over, and write from a workflow that follows on " +
    "workflow_run",
  check: ({ on }) =>
    Object.entries(on)
      .filter(([trigger, value]) => !KNOWN.includes(trigger) && value !== undefined)
      .map(([trigger]) => ({
        message: `Cannot start on "${trigger}": a stranger may decide what runs then`,
      })),
};

/** Runs that a newer run cuts off. */
export const cancelledDeployment: LintRule = {
  id: "cancelled-deployment",
  refuses: "a concurrency that says more than its group, `cancel-in-progress` above all, or that " +
    "is a job's own",
  why:
    "a deployment that is cut off leaves a release half upgraded, and one that is dropped from " +
    "the queue never happens; the generator queues all runs",
  fix: "give the workflow a group and nothing else",
  check: ({ concurrency = {}, jobs }) => [
    ...Object.keys(concurrency).filter((key) => key !== "group").map((key) => ({
      message:
        `Cannot use "${key}" in the concurrency: runs wait for each other, none is cancelled`,
    })),
    ...jobs.filter((job) => "concurrency" in job).map((job) => ({
      job,
      message: "Cannot use a concurrency of its own: it could cancel what it runs",
    })),
  ],
};
