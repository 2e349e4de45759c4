import { type ExpressionNode, isExpression } from "../expression.ts";
import type { WorkflowModel } from "../model.ts";
import { findAt, type Finding, inputsOf, jobsOf, nodesOf, usesOf } from "../value_places.ts";
import { type Facts, knownTruth } from "../truth.ts";
import type { LintRule } from "./rule.ts";

/** The triggers of which the other rules know what a stranger can do with them. */
const KNOWN = [
  ...["push", "pull_request", "merge_group", "pull_request_target", "workflow_run"],
  // Only who may write to the repository starts these.
  ...["workflow_dispatch", "schedule"],
];

export const dangerousTrigger: LintRule = {
  id: "dangerous-trigger",
  refuses:
    "any trigger but `push`, `pull_request`, `merge_group`, `workflow_dispatch`, `schedule`, " +
    "`workflow_run` and `pull_request_target`, and with the last one whatever of the pull request is more than its number: its branch in a " +
    "job, another commit or repository to check out, a secret",
  why:
    "`pull_request_target` runs for a stranger's pull request with the secrets and a token that " +
    "writes, and one step that touches the pull request's files is enough to give them away",
  fix: "plan on pull_request, hand an artifact over, and write from a workflow that follows on " +
    "workflow_run",
  check: (workflow) => [
    ...Object.entries(workflow.on)
      .filter(([trigger, value]) => !KNOWN.includes(trigger) && value !== undefined)
      .map(([trigger]) => ({
        message: `Cannot start on "${trigger}": a stranger may decide what runs then`,
      })),
    ...workflow.on.pull_request_target === undefined ? [] : strangersIn(workflow),
  ],
};

/** What a stranger decides in a workflow that starts on `pull_request_target`. */
function strangersIn(workflow: WorkflowModel): readonly Finding[] {
  const where = 'in a workflow that starts on "pull_request_target"';
  return [
    ...findAt(nodesOf(workflow), ({ job, node, expression }) => {
      const path = job && node.kind === "context" ? node.path.join(".").toLowerCase() : "";
      const isStrangers = /^(?:secrets|github\.head_ref)\b/.test(path) ||
        /^github\.event(?:$|\.pull_request(?!\.number$))/.test(path);
      return isStrangers &&
        `Cannot read "${expression.text}" ${where}: a stranger decides what it is, or gets it`;
    }),
    ...findAt(usesOf(workflow), ({ step }) => {
      const elsewhere = inputsOf(step).filter(([name]) => name === "ref" || name === "repository");
      return elsewhere.map(([name]) =>
        `Cannot use the input "${name}" ${where}: it could bring a stranger's files`
      );
    }),
  ];
}

export const cancelledDeployment: LintRule = {
  id: "cancelled-deployment",
  refuses: "a `cancel-in-progress` that can hold in a run that is not for a pull request, and a " +
    "concurrency that is a job's own",
  why:
    "a deployment that is cut off leaves a release half upgraded, and one that is dropped from " +
    "the queue never happens; the generator queues all runs",
  fix: "give the workflow a group, and cancel where github.event_name == 'pull_request' alone",
  check: (workflow) => [
    ...cancelledEvents(workflow).map((event) => ({
      message: `Cannot cancel a run that was started by "${event}": it may deploy`,
    })),
    ...Object.keys(workflow.concurrency ?? {}).filter((key) => !CONCURRENCY.includes(key))
      .map((key) => ({
        message: `Cannot use "${key}" in the concurrency: GitHub has only group, queue and ` +
          "cancelInProgress",
      })),
    ...findAt(jobsOf(workflow), ({ job }) => {
      return "concurrency" in job &&
        "Cannot use a concurrency of its own: it could cancel what it runs";
    }),
  ],
};

const CONCURRENCY = ["group", "queue", "cancelInProgress"];

/** The events whose runs a newer run may cancel, but for pull requests. */
function cancelledEvents({ on, concurrency }: WorkflowModel): readonly string[] {
  const { cancelInProgress = false } = concurrency ?? {};
  const node: ExpressionNode = isExpression(cancelInProgress)
    ? cancelInProgress.node
    : { kind: "literal", value: cancelInProgress };
  return Object.entries(on).filter(([event, filters]) => {
    const facts: Facts = (read) =>
      read.kind === "context" && read.path.join(".") === "github.event_name" ? event : undefined;
    return filters !== undefined && event !== "pull_request" && knownTruth(node, facts) !== false;
  }).map(([event]) => event);
}
