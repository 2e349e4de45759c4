import assert from "node:assert/strict";
import fc from "fast-check";
import { context, Expression, type ExpressionNode } from "../../src/workflow/expression.ts";
import { type Facts, knownTruth, knownValue } from "../../src/workflow/known.ts";
import { conditions, isTrue, STATUS } from "./conditions.ts";
import { evaluator, show } from "./evaluate.ts";

const event = context<string>("github", "event_name");
const other = context<string>("github", "other");

const facts: Facts = (node) =>
  node.kind === "context" && node.path[1] === "event_name"
    ? "pull_request"
    : node.kind === "call" && node.name === "always"
    ? true
    : undefined;

const literal = (value: string | number | boolean | null) =>
  new Expression<string | number | boolean | null>({ kind: "literal", value });

/** Conditions, and whether they come to true, false, or either. */
const CONDITIONS: readonly (readonly [Expression<unknown>, boolean | undefined])[] = [
  [event, true],
  [event.equals("push"), false],
  [event.equals("PULL_REQUEST"), true],
  [event.notEquals("push"), true],
  [other, undefined],
  [other.and(event.equals("push")), false],
  [event.equals("push").and(other), false],
  [event.and(other), undefined],
  [other.or(event), true],
  [other.or(event.equals("push")), undefined],
  [other.and(event.equals("push")).not(), true],
  [other.or(event).equals("pull_request"), undefined],
  [literal(true).and(event).equals("pull_request"), true],
  [literal("").or(event).equals("push"), false],
  [literal("1").equals(1), true],
  [literal("").equals(0), true],
  [literal(null).equals(false), true],
  [literal("x").equals(0), false],
  [literal(" 1 ").equals(1), true],
];

for (const [{ node, text }, expected] of CONDITIONS) {
  Deno.test(`knownTruth() is ${expected ?? "not known"} for ${text}`, () => {
    assert.equal(knownTruth(node, facts), expected);
  });
}

const RUNS = ["", "push", "pull_request", "x", "1", 0, 1, true, false, null].map((value, index) =>
  evaluator(
    { github: { event_name: "pull_request", other: value } },
    Object.fromEntries(
      STATUS.map((name, bit) => [name, name === "always" || ((index * 5 + 3) >> bit) % 2 === 0]),
    ),
  )
);

const LITERALS = [true, false, null, "", "push", "Pull_Request", "x", "1", " 1", "0x1", 0, 1];

Deno.test("knownValue() and knownTruth() say nothing that GitHub's evaluator does not say in every run", () => {
  let [values, truths] = [0, 0];
  const node: fc.Arbitrary<ExpressionNode> = conditions({
    names: ["event_name", "other"],
    literals: LITERALS,
  });
  fc.assert(
    fc.property(node, (node) => {
      const { text } = new Expression(node);
      const given = RUNS.map((evaluate) => evaluate(text));
      const truth = knownTruth(node, facts);
      if (truth !== undefined) {
        truths++;
        assert.ok(given.every((value) => isTrue(value) === truth), text);
      }
      const known = knownValue(node, facts);
      if (!("value" in known)) return;
      values++;
      const [written] = RUNS.map((evaluate) => evaluate(literal(known.value).text));
      assert.ok(written !== undefined);
      assert.deepEqual([...new Set(given.map(show))], [show(written)], text);
    }),
    { seed: 1, numRuns: 3_000 },
  );
  assert.ok(values > 500 && values < 2_900 && truths >= values, `${values} and ${truths} known`);
});
