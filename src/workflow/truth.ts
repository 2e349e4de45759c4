import type { ExpressionNode } from "./expression.ts";

/**
 * What a condition comes to before anything is known of the run: a condition that does is
 * constant, and a step or a job that always or never runs is a mistake.
 *
 * @param node The condition.
 * @returns `true` or `false` where it is constant, `undefined` where it depends on the run.
 * @example
 * ```ts
 * import { constantTruth } from "./truth.ts";
 * import { context } from "./expression.ts";
 *
 * const event = context<string>("github", "event_name");
 * console.assert(constantTruth(event.or("push").node) === true);
 * console.assert(constantTruth(event.equals("push").node) === undefined);
 * ```
 */
export function constantTruth(node: ExpressionNode): boolean | undefined {
  switch (node.kind) {
    case "literal":
      return Boolean(node.value);
    case "context":
      return undefined;
    case "call":
      return isStatusFunction(node.name) || !node.args.every(isConstant) ? undefined : true;
    case "not": {
      const operand = constantTruth(node.operand);
      return operand === undefined ? undefined : !operand;
    }
    case "binary":
      return binaryTruth(node);
  }
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

function binaryTruth(
  { operator, left, right }: Extract<ExpressionNode, { kind: "binary" }>,
): boolean | undefined {
  if (operator === "&&" || operator === "||") {
    const sides = [constantTruth(left), constantTruth(right)];
    const deciding = operator === "||";
    if (sides.includes(deciding)) return deciding;
    return sides.includes(undefined) ? undefined : !deciding;
  }
  if (left.kind !== "literal" || right.kind !== "literal") return undefined;
  return (left.value === right.value) === (operator === "==");
}

function isConstant(node: ExpressionNode): boolean {
  switch (node.kind) {
    case "literal":
      return true;
    case "context":
      return false;
    case "call":
      return !isStatusFunction(node.name) && node.args.every(isConstant);
    case "not":
      return isConstant(node.operand);
    case "binary":
      return isConstant(node.left) && isConstant(node.right);
  }
}
