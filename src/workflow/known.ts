import type { ExpressionNode } from "./expression.ts";

/** A value that an expression can write out. */
export type Literal = string | number | boolean | null;

/** What is known of an expression's value: the value, or whether it counts as true, or nothing. */
export type Known =
  | { readonly value: Literal }
  | { readonly truth: boolean | undefined };

/** What is known of a context or of a call; `undefined` where nothing is. */
export type Facts = (
  node: Extract<ExpressionNode, { kind: "context" | "call" }>,
) => Literal | undefined;

/**
 * Finds what is known of an expression's value where only some of what it reads is known. What is
 * said is certain: what is not certain is not known.
 */
export function knownValue(node: ExpressionNode, facts: Facts): Known {
  switch (node.kind) {
    case "literal":
      return { value: node.value };
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

/** Finds whether an expression counts as true, where that is known. */
export function knownTruth(node: ExpressionNode, facts: Facts): boolean | undefined {
  return truthOf(knownValue(node, facts));
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
