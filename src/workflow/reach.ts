import { isExpression } from "./expression.ts";
import type { JobModel, StepModel, WorkflowModel } from "./model.ts";
import { asksForStatus, type Facts, knownTruth } from "./truth.ts";

/**
 * Finds which jobs, and which of their steps, can run where a pull request starts. Conditions are evaluated with what is
 * known of such a run; what is not known may be anything, so that "cannot run" is certain and "can
 * run" is not.
 */
export function reachOnPullRequest(workflow: WorkflowModel): {
  readonly job: (job: JobModel) => boolean;
  readonly step: (step: StepModel) => boolean;
} {
  const starts = workflow.on.pull_request !== undefined;
  const jobs = new Map(workflow.jobs.map((job) => [job.id, job]));
  const reached = new Map<string, boolean>();
  const isReached = (id: string): boolean => {
    const known = reached.get(id);
    if (known !== undefined) return known;
    // A job in a circle of needs, which is refused elsewhere, counts as one that can run.
    reached.set(id, true);
    const job = jobs.get(id);
    const result = starts && (job === undefined || canRun(job));
    reached.set(id, result);
    return result;
  };
  const facts: Facts = (node) => {
    if (node.kind === "call") return node.name === "always" ? true : undefined;
    const [context, name = "", field, ...more] = node.path;
    if (more.length > 0) return undefined;
    const isEvent = context === "github" && name === "event_name" && field === undefined;
    if (isEvent) return "pull_request";
    const isSkipped = context === "needs" && field === "result" && !isReached(String(name));
    return isSkipped ? "skipped" : undefined;
  };
  // A condition that is not an expression is text, which always counts as true.
  const canHold = (condition: unknown) =>
    !isExpression(condition) || knownTruth(condition.node, facts) !== false;
  const canRun = ({ if: condition, needs }: JobModel) => {
    const runsAnyway = isExpression(condition) && asksForStatus(condition.node);
    return (runsAnyway || needs.every(isReached)) && canHold(condition);
  };
  return { job: ({ id }) => isReached(id), step: ({ if: condition }) => canHold(condition) };
}
