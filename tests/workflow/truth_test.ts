import assert from "node:assert/strict";
import fc from "fast-check";
import { call, context, Expression, type ExpressionNode } from "../../src/workflow/expression.ts";
import { always, cancelled, failure } from "../../src/workflow/functions.ts";
import {
  type Facts,
  isConstant,
  isStatusFunction,
  knownTruth,
  knownValue,
} from "../../src/workflow/truth.ts";
import { conditions, isTrue, STATUS } from "./conditions.ts";
import { evaluator, show } from "./evaluate.ts";

const event = context<string>("github", "event_name");
const ref = context<string>("github", "ref");
const other = context<string>("github", "other");
const literal = (value: string | number | boolean | null) =>
  new Expression<string | number | boolean | null>({ kind: "literal", value });

/** What is known in these tests: the event, and always(). */
const facts: Facts = (node) =>
  node.kind === "context" && node.path[1] === "event_name"
    ? "pull_request"
    : node.kind === "call" && node.name === "always"
    ? true
    : undefined;

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

Deno.test("knownTruth() is what is certain of a condition", () => {
  for (const [{ node, text }, expected] of CONDITIONS) {
    assert.equal(knownTruth(node, facts), expected, text);
  }
});

const EVENT_RUNS = ["", "push", "pull_request", "x", "1", 0, 1, true, false, null].map((
  value,
  index,
) =>
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
      const given = EVENT_RUNS.map((evaluate) => evaluate(text));
      const truth = knownTruth(node, facts);
      if (truth !== undefined) {
        truths++;
        assert.ok(given.every((value) => isTrue(value) === truth), text);
      }
      const known = knownValue(node, facts);
      if (!("value" in known)) return;
      values++;
      const [written] = EVENT_RUNS.map((evaluate) => evaluate(literal(known.value).text));
      assert.ok(written !== undefined);
      assert.deepEqual([...new Set(given.map(show))], [show(written)], text);
    }),
    { seed: 1, numRuns: 3_000 },
  );
  assert.ok(values > 500 && values < 2_900 && truths >= values, `${values} and ${truths} known`);
});

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

Deno.test("isConstant() is true for conditions that do not ask about the run, and for no others", () => {
  for (const { node, text } of CONSTANT) assert.ok(isConstant(node), text);
  for (const { node, text } of DECIDED_BY_THE_RUN) assert.ok(!isConstant(node), text);
});

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
