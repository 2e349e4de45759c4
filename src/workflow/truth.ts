import type { ExpressionNode } from "./expression.ts";

/**
 * Whether a condition comes to the same in every run: a step or a job that always or never runs is
 * a mistake.
 *
 * @param node The condition.
 * @returns True where nothing of the run decides.
 * @example
 * ```ts
 * import { isConstant } from "./truth.ts";
 * import { context } from "./expression.ts";
 *
 * const event = context<string>("github", "event_name");
 * console.assert(isConstant(event.or("push").node));
 * console.assert(!isConstant(event.equals("push").node));
 * ```
 */
export function isConstant(node: ExpressionNode): boolean {
  return truth(node) !== undefined || !asksAboutTheRun(node);
}

/**
 * Whether a function asks about the status of the run: only a condition may call it.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions}
 * @param name The function's name.
 * @returns True for `always`, `cancelled`, `failure` and `success`.
 */
export function isStatusFunction(name: string): boolean {
  return ["always", "cancelled", "failure", "success"].includes(name);
}

function asksAboutTheRun(node: ExpressionNode): boolean {
  switch (node.kind) {
    case "literal":
      return false;
    case "context":
      return true;
    case "call":
      return isStatusFunction(node.name) || node.args.some(asksAboutTheRun);
    case "not":
      return asksAboutTheRun(node.operand);
    case "binary":
      return asksAboutTheRun(node.left) || asksAboutTheRun(node.right);
  }
}

/** Whether a condition counts as true, where literals decide it whatever the run is. */
function truth(node: ExpressionNode): boolean | undefined {
  if (node.kind === "literal") return Boolean(node.value);
  if (node.kind === "not") {
    const operand = truth(node.operand);
    return operand === undefined ? undefined : !operand;
  }
  if (node.kind !== "binary" || (node.operator !== "&&" && node.operator !== "||")) {
    return undefined;
  }
  const sides = [truth(node.left), truth(node.right)];
  const deciding = node.operator === "||";
  if (sides.includes(deciding)) return deciding;
  return sides.includes(undefined) ? undefined : !deciding;
}
