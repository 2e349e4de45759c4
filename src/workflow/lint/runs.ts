import { type ExpressionNode, isExpression } from "../expression.ts";
import type { Concurrency, WorkflowModel } from "../model.ts";
import { EVENTS } from "../triggers.ts";
import {
  findAt,
  type Finding,
  inputsOf,
  jobsOf,
  nodesOf,
  type Place,
  usesOf,
} from "../value_places.ts";
import { type Facts, knownTruth } from "../truth.ts";
import type { LintRule } from "./rule.ts";

export const dangerousTrigger: LintRule = {
  id: "dangerous-trigger",
  refuses: "a trigger that anyone can cause (`issues`, `issue_comment`, `discussion`, " +
    "`discussion_comment`, `fork`, `gollum`, `watch`, `pull_request_review`, " +
    "`pull_request_review_comment`) or that GitHub does not have; and with `pull_request_target` " +
    "whatever of the pull request is more than its number: its branch in a " +
    "job, another commit or repository to check out, a secret",
  why:
    "`pull_request_target` runs for a stranger's pull request with the secrets and a token that " +
    "writes, and one step that touches the pull request's files is enough to give them away",
  fix: "plan on pull_request, hand an artifact over, and write from a workflow that follows on " +
    "workflow_run",
  check: (workflow) => [
    ...Object.entries(workflow.on)
      .filter(([trigger, value]) =>
        !EVENTS.some((event) => event === trigger) && value !== undefined
      )
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
  refuses: "a `cancel-in-progress` that can hold in a run that is not for a pull request",
  why:
    "a deployment that is cut off leaves a release half upgraded, and one that is dropped from " +
    "the queue never happens; the generator queues all runs",
  fix:
    "let runs of a group wait for each other, and cancel where github.event_name == 'pull_request' alone",
  check: (workflow) =>
    findAt(
      [{}, ...jobsOf(workflow)],
      ({ job }: Place) => mistakesIn((job ?? workflow).concurrency, workflow),
    ),
};

const CONCURRENCY = ["group", "queue", "cancelInProgress"];

function mistakesIn(
  concurrency: Concurrency | undefined,
  { on }: WorkflowModel,
): readonly string[] {
  const { cancelInProgress = false } = concurrency ?? {};
  const node: ExpressionNode = isExpression(cancelInProgress)
    ? cancelInProgress.node
    : { kind: "literal", value: cancelInProgress };
  const cancelled = Object.entries(on).filter(([event, filters]) => {
    const facts: Facts = (read) =>
      read.kind === "context" && read.path.join(".") === "github.event_name" ? event : undefined;
    return filters !== undefined && event !== "pull_request" && knownTruth(node, facts) !== false;
  });
  return [
    ...cancelled.map(([event]) => `Cannot cancel a run that "${event}" started: it may deploy`),
    ...Object.keys(concurrency ?? {}).filter((key) => !CONCURRENCY.includes(key)).map((key) =>
      `Cannot use "${key}" in a concurrency: expected group, queue or cancelInProgress`
    ),
  ];
}
