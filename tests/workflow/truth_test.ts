import assert from "node:assert/strict";
import fc from "fast-check";
import { call, context, Expression } from "../../src/workflow/expression.ts";
import { always, cancelled, failure } from "../../src/workflow/functions.ts";
import { isConstant, isStatusFunction } from "../../src/workflow/truth.ts";
import { conditions, isTrue, STATUS } from "./conditions.ts";
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

const PARTS = { names: ["a", "b"], literals: [true, false, null, "", "x", 0, 1] };

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
    fc.property(conditions(PARTS), (node) => {
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
