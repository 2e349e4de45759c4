import { data } from "@actions/expressions";
import assert from "node:assert/strict";
import fc from "fast-check";
import { call, context, Expression, type ExpressionNode } from "../../src/workflow/expression.ts";
import { always, cancelled, failure } from "../../src/workflow/functions.ts";
import { type Facts, isConstant, knownTruth, knownValue } from "../../src/workflow/truth.ts";
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
  [event.equals("PULL_REQUEST"), true],
  [event.notEquals("push"), true],
  [other.and(event.equals("push")), false],
  [event.equals("push").and(other), false],
  [event.and(other), undefined],
  [other.or(event), true],
  [other.or(event.equals("push")), undefined],
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

const CONSTANT: readonly Expression<unknown>[] = [
  ...[true, false, null, 0, 1, "", "push"].map(literal),
  literal(true).not(),
  literal("a").equals("b"),
  call("format", "{0}", "a"),
  call("contains", "ab", "a").and(true),
  event.or(1).and("x"),
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
  event.notEquals(ref),
  event.equals("push").or(ref.equals("refs/heads/main")),
  event.and("push"),
  event.or(false).or(null),
  event.and(true).or(false),
  event.and("x").or(ref),
  literal("").or(event),
  call("format", "{0}", event),
  ...["always", "cancelled", "failure", "success"].map((name) => call(name)),
  cancelled().not(),
  failure().and(event.equals("push")),
  event.or("push").equals("push"),
];

Deno.test("isConstant() is true for conditions that do not ask about the run, and for no others", () => {
  for (const { node, text } of CONSTANT) assert.ok(isConstant(node), text);
  for (const { node, text } of DECIDED_BY_THE_RUN) assert.ok(!isConstant(node), text);
});

const STATUS = ["always", "cancelled", "failure", "success"];

const LEAVES: readonly ExpressionNode[] = [
  ...["event_name", "other"].map((name) => ({ kind: "context", path: ["github", name] }) as const),
  ...STATUS.map((name) => ({ kind: "call", name, args: [] }) as const),
];
const VALUES = [true, false, null, "", "push", "Pull_Request", "x", "1", " 1", "0x1", 0, 1];

/** Conditions of all forms. */
const { condition } = fc.letrec<{ condition: ExpressionNode }>((tie) => {
  const forms: readonly (readonly [weight: number, fc.Arbitrary<ExpressionNode>])[] = [
    [2, fc.constantFrom(...LEAVES)],
    [2, fc.constantFrom(...VALUES).map((value) => ({ kind: "literal", value }))],
    [1, tie("condition").map((operand) => ({ kind: "not", operand }))],
    [
      6,
      fc.record({
        kind: fc.constant("binary"),
        operator: fc.constantFrom("&&", "||", "==", "!="),
        left: tie("condition"),
        right: tie("condition"),
      }),
    ],
    [1, tie("condition").map((arg) => call("format", "{0}", new Expression(arg)).node)],
  ];
  const weighted = forms.map(([weight, arbitrary]) => ({ weight, arbitrary }));
  return { condition: fc.oneof({ maxDepth: 4 }, ...weighted) };
});

/** GitHub's evaluator in runs of an event. */
const runsOf = (event_name: string, values: readonly (string | number | boolean | null)[]) =>
  values.map((other, index) =>
    evaluator(
      { github: { event_name, other } },
      Object.fromEntries(
        STATUS.map((name, bit) => [name, name === "always" || ((index * 5 + 3) >> bit) % 2 === 0]),
      ),
    )
  );

const PULL_REQUESTS = runsOf(
  "pull_request",
  ["", "push", "pull_request", "x", "1", 0, 1, true, false, null],
);
const OTHERS = ["", "push", "x"].flatMap((event) => runsOf(event, ["", "x", 1, null]));

/** Whether GitHub takes a value for true. */
function isTrue(value: data.ExpressionData): boolean {
  return "value" in value ? Boolean(value.value) : value.kind !== data.Kind.Null;
}

Deno.test("knownValue(), knownTruth() and isConstant() say nothing that GitHub's evaluator does not say in every run", () => {
  let [values, truths, constants] = [0, 0, 0];
  fc.assert(
    fc.property(condition, (node) => {
      const { text } = new Expression(node);
      const given = PULL_REQUESTS.map((evaluate) => evaluate(text));
      const truth = knownTruth(node, facts);
      if (truth !== undefined) {
        truths++;
        assert.ok(given.every((value) => isTrue(value) === truth), text);
      }
      const known = knownValue(node, facts);
      if ("value" in known) {
        values++;
        const [written] = PULL_REQUESTS.map((evaluate) => evaluate(literal(known.value).text));
        assert.ok(written !== undefined);
        assert.deepEqual([...new Set(given.map(show))], [show(written)], text);
      }
      if (isConstant(node)) {
        constants++;
        const all = [...given, ...OTHERS.map((evaluate) => evaluate(text))].map(isTrue);
        assert.equal(new Set(all).size, 1, text);
      }
    }),
    { seed: 1, numRuns: 2_500 },
  );
  const counts = `${values} values, ${truths} truths and ${constants} constants`;
  assert.ok(values > 500 && values < 2_400 && truths >= values, counts);
  assert.ok(constants > 300 && constants < 2_000, counts);
});
