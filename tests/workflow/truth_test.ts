import assert from "node:assert/strict";
import { data } from "@actions/expressions";
import fc from "fast-check";
import { call, context, Expression, type ExpressionNode } from "../../src/workflow/expression.ts";
import { always, cancelled, failure } from "../../src/workflow/functions.ts";
import { isConstant, isStatusFunction } from "../../src/workflow/truth.ts";
import { evaluator } from "./evaluate.ts";

const event = context<string>("github", "event_name");
const ref = context<string>("github", "ref");
const literal = (value: string | number | boolean | null) =>
  new Expression<string | number | boolean | null>({ kind: "literal", value });

const CONSTANT: readonly Expression<unknown>[] = [
  ...[true, false, null, 0, 1, "", "push"].map(literal),
  literal(true).not(),
  literal("a").equals("b"),
  call("format", "{0}", "a"),
  call("contains", "ab", "a").and(true),
  event.or("push"),
  event.or(true),
  event.or(1).and("x"),
  event.and(false),
  event.and(""),
  event.and(0).or(null),
  event.equals("push").or("pull_request"),
  event.equals("push").and(false).or(ref.and(null)),
  event.or("push").not(),
  always().and(false),
  always().or(true),
  failure().or("x").not(),
];

for (const expression of CONSTANT) {
  Deno.test(`isConstant() is true for ${expression.text}`, () => {
    assert.equal(isConstant(expression.node), true);
  });
}

const DECIDED_BY_THE_RUN: readonly Expression<unknown>[] = [
  event,
  event.not(),
  event.equals("push"),
  event.notEquals(ref),
  event.equals("push").and(ref.equals("refs/heads/main")),
  event.equals("push").or(ref.equals("refs/heads/main")),
  event.and("push"),
  event.or(""),
  event.or(false).or(null),
  event.and(true).and("x"),
  event.and(true).or(false),
  event.and("x").or(ref),
  literal(true).and(event),
  literal("").or(event),
  call("contains", event, "a"),
  call("format", "{0}", event),
  always(),
  cancelled().not(),
  failure().and(event.equals("push")),
  event.or("push").equals("push"),
];

for (const expression of DECIDED_BY_THE_RUN) {
  Deno.test(`isConstant() is false for ${expression.text}`, () => {
    assert.equal(isConstant(expression.node), false);
  });
}

const STATUS = ["always", "cancelled", "failure", "success"];

const node: fc.Arbitrary<ExpressionNode> = fc.letrec<{ node: ExpressionNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    {
      weight: 2,
      arbitrary: fc.constantFrom<ExpressionNode>(
        ...["a", "b"].map((name) => ({ kind: "context" as const, path: ["github", name] })),
        ...STATUS.map((name) => ({ kind: "call" as const, name, args: [] })),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(true, false, null, "", "x", 0, 1)
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

/** Whether GitHub takes a value for true. */
function isTrue(value: data.ExpressionData): boolean {
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

const RUNS = ["", "x", 0, 1, true, false, null].flatMap((a) =>
  ["", "x", 1].map((b, index) =>
    evaluator(
      { github: { a, b } },
      Object.fromEntries(STATUS.map((name, bit) => [name, ((index * 5 + 3) >> bit) % 2 === 0])),
    )
  )
);

Deno.test("isConstant() is true only for what comes to the same in every run", () => {
  let constant = 0;
  fc.assert(
    fc.property(node, (node) => {
      if (!isConstant(node)) return;
      constant++;
      const { text } = new Expression(node);
      const values = new Set(RUNS.map((evaluate) => isTrue(evaluate(text))));
      assert.equal(values.size, 1, text);
    }),
    { seed: 1, numRuns: 1_500 },
  );
  assert.ok(constant > 200 && constant < 1_200, `${constant} constant conditions`);
});

Deno.test("isStatusFunction() is true for the functions that ask about the status alone", () => {
  for (const name of STATUS) assert.ok(isStatusFunction(name), name);
  for (const name of ["contains", "format", "hashFiles", "toString", ""]) {
    assert.ok(!isStatusFunction(name), name);
  }
});
