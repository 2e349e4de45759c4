import type { ExpressionNode } from "./expression.ts";

type NodeOf<Kind> = Extract<ExpressionNode, { kind: Kind }>;
type Literal = NodeOf<"literal">["value"];

/** What is known of an expression's value: the value, or whether it counts as true, or nothing. */
type Known = { readonly value: Literal } | { readonly truth: boolean | undefined };

/** What is known of a context or of a call; `undefined` where nothing is. */
export type Facts = (node: NodeOf<"context" | "call">) => Literal | undefined;

/**
 * Finds what is known of an expression's value where only some of what it reads is known. What is
 * said is certain: what is not certain is not known.
 */
export function knownValue(node: ExpressionNode, facts: Facts): Known {
  switch (node.kind) {
    case "literal":
      return { value: node.value };
    case "index":
      return { truth: undefined };
    case "context":
    case "call": {
      const value = facts(node);
      return value === undefined ? { truth: undefined } : { value };
    }
    case "not": {
      const truth = knownTruth(node.operand, facts);
      return truth === undefined ? { truth } : { value: !truth };
    }
    case "binary": {
      const left = knownValue(node.left, facts);
      const right = knownValue(node.right, facts);
      if (node.operator === "&&" || node.operator === "||") {
        return choose(left, right, node.operator === "||");
      }
      if (!("value" in left && "value" in right)) return { truth: undefined };
      return { value: isEqual(left.value, right.value) === (node.operator === "==") };
    }
  }
}

export function knownTruth(node: ExpressionNode, facts: Facts): boolean | undefined {
  return truthOf(knownValue(node, facts));
}

/** Whether a condition comes to the same in every run, which is a mistake. */
export function isConstant(node: ExpressionNode): boolean {
  return knownTruth(node, () => undefined) !== undefined ||
    (pathsIn(node).length === 0 && !asksForStatus(node));
}

/** Whether a function {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions asks about the status} of the run: only a condition may call it. */
export function isStatusFunction(name: string): boolean {
  return ["always", "cancelled", "failure", "success"].includes(name);
}

/** Without a question for the status, a job or a step runs only where everything before succeeded. */
export function asksForStatus(node: ExpressionNode): boolean {
  return nodesIn(node).some((inner) => inner.kind === "call" && isStatusFunction(inner.name));
}

export function nodesIn(node: ExpressionNode): readonly ExpressionNode[] {
  return [node, ...partsOf(node).flatMap(nodesIn)];
}

function partsOf(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.kind) {
    case "literal":
      return [];
    case "context":
      return node.path.filter((key) => typeof key === "object");
    case "index":
      return [node.of, ...node.path.filter((key) => typeof key === "object")];
    case "call":
      return node.args;
    case "not":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
  }
}

export function pathsIn(node: ExpressionNode): readonly NodeOf<"context">["path"][] {
  return nodesIn(node).flatMap((inner) => inner.kind === "context" ? [inner.path] : []);
}

/** `&&` gives its left side where that is false, `||` where that is true; otherwise the right. */
function choose(left: Known, right: Known, deciding: boolean): Known {
  const truth = truthOf(left);
  if (truth !== undefined) return truth === deciding ? left : right;
  return { truth: truthOf(right) === deciding ? deciding : undefined };
}

function truthOf(known: Known): boolean | undefined {
  return "value" in known ? Boolean(known.value) : known.truth;
}

/** GitHub's loose equality: text without regard to case, and numbers where the types differ. */
function isEqual(a: Literal, b: Literal): boolean {
  if (typeof a === "string" && typeof b === "string") return a.toUpperCase() === b.toUpperCase();
  return a === b || toNumber(a) === toNumber(b);
}

function toNumber(value: Literal): number {
  return Number(typeof value === "string" ? value.trim() : value);
}
