import type { ExpressionNode } from "./expression.ts";
import type { JobModel, StepModel, WorkflowModel } from "./model.ts";
import { expressionsIn, type Value } from "./text.ts";
import { isStatusFunction } from "./truth.ts";

/** Where an expression stands, which decides what it can read. */
export interface Place {
  readonly workflow: WorkflowModel;
  /** The job, for an expression of a job. */
  readonly job?: JobModel;
  readonly at: keyof typeof CONTEXTS;
  /** The steps before it, for an expression of a step. */
  readonly before?: readonly StepModel[];
}

/**
 * The contexts in reach of each place.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability}
 */
const CONTEXTS = {
  "concurrency": ["github", "inputs", "vars"],
  "job condition": ["github", "needs", "vars"],
  "job name": ["github", "needs", "vars", "matrix"],
  "matrix": ["github", "needs", "vars"],
  "step condition": ["github", "needs", "vars", "matrix", "steps", "job", "runner"],
  "step": ["github", "needs", "vars", "matrix", "steps", "job", "runner", "secrets"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/**
 * The functions that an expression can call, written as GitHub's documentation writes them.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#functions}
 */
const FUNCTIONS: readonly string[] = [
  "contains",
  "startsWith",
  "endsWith",
  "format",
  "join",
  "toJSON",
  "fromJSON",
  "hashFiles",
  "always",
  "cancelled",
  "failure",
  "success",
];

/**
 * Finds what the expressions of a value read although it is not in reach: a job that is not
 * needed, an output that is not there, a later step, a context that GitHub does not offer.
 */
export function contextProblems(value: Value, place: Place): readonly string[] {
  return expressionsIn(value).flatMap((expression) => nodeProblems(expression.node, place));
}

function nodeProblems(node: ExpressionNode, place: Place): readonly string[] {
  switch (node.kind) {
    case "literal":
      return [];
    case "context":
      return pathProblems(node.path.map(String), place);
    case "not":
      return nodeProblems(node.operand, place);
    case "binary":
      return [...nodeProblems(node.left, place), ...nodeProblems(node.right, place)];
    case "call": {
      if (!FUNCTIONS.includes(node.name)) {
        return [`Cannot call ${node.name}(): GitHub has only ${FUNCTIONS.join(", ")}`];
      }
      const misplaced = isStatusFunction(node.name) && !place.at.endsWith("condition")
        ? [`Cannot call ${node.name}() here: only a condition can ask about the status`]
        : [];
      return [...misplaced, ...node.args.flatMap((arg) => nodeProblems(arg, place))];
    }
  }
}

function pathProblems(path: readonly string[], place: Place): readonly string[] {
  const [context = "", name = "", field, output] = path;
  const available: readonly string[] = CONTEXTS[place.at];
  if (!available.includes(context)) {
    return [`Cannot read "${path.join(".")}" in a ${place.at}: only ${available.join(", ")}`];
  }
  if (context === "needs") {
    if (!place.job?.needs.includes(name)) {
      return [`Cannot read "${path.join(".")}": the job does not need ${name}`];
    }
    const needed = place.workflow.jobs.find((job) => job.id === name);
    const outputs = needed?.outputs ?? {};
    if (field === "outputs" && output !== undefined && !Object.hasOwn(outputs, output)) {
      return [`Cannot read "${path.join(".")}": the job ${name} has no output "${output}"`];
    }
  }
  if (context === "steps" && !place.before?.some((step) => step.id === name)) {
    return [`Cannot read "${path.join(".")}": no step before has the id "${name}"`];
  }
  if (context === "matrix" && place.job?.matrix === undefined) {
    return [`Cannot read "${path.join(".")}": the job has no matrix`];
  }
  return [];
}
