import type { ExpressionNode } from "./expression.ts";
import { knownTruth } from "./known.ts";
import { nodesIn } from "./nodes.ts";

/**
 * Whether a condition comes to the same in every run: a step or a job that always or never runs is
 * a mistake.
 */
export function isConstant(node: ExpressionNode): boolean {
  return knownTruth(node, () => undefined) !== undefined || !asksAboutTheRun(node);
}

/**
 * Whether a function asks about the status of the run: only a condition may call it.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions}
 */
export function isStatusFunction(name: string): boolean {
  return ["always", "cancelled", "failure", "success"].includes(name);
}

/**
 * Whether a condition calls a function that asks about the status: without one, a job or a step
 * runs only where everything before succeeded.
 */
export function asksForStatus(node: ExpressionNode): boolean {
  return nodesIn(node).some((inner) => inner.kind === "call" && isStatusFunction(inner.name));
}

function asksAboutTheRun(node: ExpressionNode): boolean {
  return nodesIn(node).some(({ kind }) => kind === "context") || asksForStatus(node);
}
