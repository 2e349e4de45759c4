import { data } from "@actions/expressions";
import fc from "fast-check";
import type { ExpressionNode } from "../../src/workflow/expression.ts";

/** The functions that ask about the status of a run. */
export const STATUS = ["always", "cancelled", "failure", "success"];

/** What a generated condition is made of. */
export interface Parts {
  /** What it reads, below `github`. */
  readonly names: readonly string[];
  /** The values that it writes out. */
  readonly literals: readonly (string | number | boolean | null)[];
}

/** Conditions of all forms. */
export function conditions({ names, literals }: Parts): fc.Arbitrary<ExpressionNode> {
  return fc.letrec<{ node: ExpressionNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      {
        weight: 2,
        arbitrary: fc.constantFrom<ExpressionNode>(
          ...names.map((name) => ({ kind: "context" as const, path: ["github", name] })),
          ...STATUS.map((name) => ({ kind: "call" as const, name, args: [] })),
        ),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(...literals)
          .map((value): ExpressionNode => ({ kind: "literal", value })),
      },
      {
        weight: 1,
        arbitrary: tie("node").map((operand): ExpressionNode => ({ kind: "not", operand })),
      },
      {
        weight: 6,
        arbitrary: fc.record({
          operator: fc.constantFrom("&&", "||", "==", "!="),
          left: tie("node"),
          right: tie("node"),
        }).map((parts): ExpressionNode => ({ kind: "binary", ...parts })),
      },
      {
        weight: 1,
        arbitrary: tie("node").map((arg): ExpressionNode => ({
          kind: "call",
          name: "format",
          args: [{ kind: "literal", value: "{0}" }, arg],
        })),
      },
    ),
  })).node;
}

/** Whether GitHub takes a value for true. */
export function isTrue(value: data.ExpressionData): boolean {
  switch (value.kind) {
    case data.Kind.Boolean:
    case data.Kind.Number:
    case data.Kind.String:
      return Boolean(value.value);
    case data.Kind.Null:
      return false;
    default:
      return true;
  }
}
