import type { ExpressionNode } from "./expression.ts";

/** Lists an expression and all expressions inside it. */
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

/** Lists what an expression reads. */
export function pathsIn(node: ExpressionNode): readonly (readonly (string | number)[])[] {
  return nodesIn(node).flatMap((inner) => inner.kind === "context" ? [inner.path] : []);
}
