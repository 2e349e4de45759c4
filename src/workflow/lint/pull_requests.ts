import { isExpression } from "../expression.ts";
import type { JobModel, StepModel, WorkflowModel } from "../model.ts";
import { formatValue } from "../text.ts";
import { findAt, jobsOf, nodesOf, valuesIn } from "../value_places.ts";
import { asksForStatus, type Facts, knownTruth } from "../truth.ts";
import type { LintRule } from "./rule.ts";

export const secretOnPullRequest: LintRule = {
  id: "secret-on-pull-request",
  refuses: "a secret in a job or a step that can run on a pull request",
  why: "the code of the pull request runs in that job and can print or send what is there",
  fix: "give the job or the step a condition that cannot hold on a pull request: " +
    "github.event_name == 'push'",
  check: (workflow) => {
    const reach = reachOnPullRequest(workflow);
    return findAt(nodesOf(workflow), ({ job, step, node, expression }) => {
      return node.kind === "context" && node.path[0] === "secrets" &&
        workflow.on.pull_request !== undefined &&
        (job === undefined || reach.job(job)) && (step === undefined || reach.step(step)) &&
        `Cannot read the secret in "${expression.text}" here: this can run on a pull request`;
    });
  },
};

function jobsOnPullRequest(workflow: WorkflowModel): { job: JobModel }[] {
  const reach = reachOnPullRequest(workflow);
  return jobsOf(workflow).filter(({ job }) => reach.job(job));
}

export const writeOnPullRequest: LintRule = {
  id: "write-on-pull-request",
  refuses: "a permission to write in a job that can run on a pull request",
  why: "every action of the job gets the token unasked, and the code of the pull request runs " +
    "beside them",
  fix: "give the job a condition that cannot hold on a pull request: github.event_name == 'push'",
  check: (workflow) =>
    findAt(jobsOnPullRequest(workflow), ({ job }) => {
      const scopes = Object.entries(job.permissions ?? {});
      return scopes.filter(([, permission]) => permission?.access === "write")
        .map(([scope]) => `Cannot grant "${scope}: write": the job can run on a pull request`);
    }),
};

/** The machines that GitHub makes anew for each job. */
const HOSTED = [
  /^ubuntu-(?:latest|slim|\d\d\.\d\d)(?:-arm)?$/,
  /^windows-(?:latest|\d+)(?:-arm)?$/,
  /^macos-(?:latest|\d+)(?:-(?:intel|large|xlarge))?$/,
];

export const selfHostedRunner: LintRule = {
  id: "self-hosted-runner",
  refuses: "a runner that is not one of GitHub's, in a job that can run on a pull request",
  why: "what a stranger's code leaves behind on a self-hosted machine is there in the next job",
  fix: 'run the job on a machine of GitHub ("ubuntu-latest"), or give it a condition that cannot ' +
    "hold on a pull request: github.event_name == 'push'",
  check: (workflow) =>
    findAt(jobsOnPullRequest(workflow), ({ job: { runsOn } }) => {
      const labels = valuesIn(runsOn).map((label) => String(formatValue(label)));
      const isHosted = !(typeof runsOn === "object" && "group" in runsOn) &&
        labels.every((label) => HOSTED.some((hosted) => hosted.test(label)));
      return !isHosted &&
        `Cannot run on "${labels.join(", ")}": the job can run on a pull request`;
    }),
};

/**
 * Finds which jobs, and which of their steps, can run where a pull request starts. Conditions are
 * evaluated with what is known of such a run; what is not known may be anything, so that "cannot
 * run" is certain and "can run" is not.
 */
function reachOnPullRequest(workflow: WorkflowModel): {
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
