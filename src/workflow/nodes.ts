import type { ExpressionNode } from "./expression.ts";

/**
 * Lists an expression and all expressions inside it.
 *
 * @param node The expression.
 * @returns The expressions, each before those inside it.
 * @example
 * ```ts
 * import { nodesIn } from "./nodes.ts";
 * import { context } from "./expression.ts";
 *
 * const nodes = nodesIn(context<string>("github", "ref").equals("x").node);
 * console.assert(nodes.map(({ kind }) => kind).join() === "binary,context,literal");
 * ```
 */
export function nodesIn(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.kind) {
    case "literal":
    case "context":
      return [node];
    case "call":
      return [node, ...node.args.flatMap(nodesIn)];
    case "not":
      return [node, ...nodesIn(node.operand)];
    case "binary":
      return [node, ...nodesIn(node.left), ...nodesIn(node.right)];
  }
}

/**
 * Lists what an expression reads.
 *
 * @param node The expression.
 * @returns The path of each context in it.
 */
export function pathsIn(node: ExpressionNode): readonly (readonly (string | number)[])[] {
  return nodesIn(node).flatMap((inner) => inner.kind === "context" ? [inner.path] : []);
}
