import assert from "node:assert/strict";
import fc from "fast-check";
import { nodesIn } from "../../src/workflow/truth.ts";
import {
  call,
  context,
  Expression,
  fieldOf,
  itemOf,
  type Operand,
  valueOf,
} from "../../src/workflow/expression.ts";
import type { Plain } from "../../src/simulate/context_data.ts";
import { evaluator, show } from "./evaluate.ts";

const a = context<string>("github", "a");
const b = context<string>("github", "b");
const c = context<string>("github", "c");

const PRINTED: readonly [expression: Expression<unknown>, text: string][] = [
  [context("needs", "generate-jobs", "result"), "needs.generate-jobs.result"],
  [context("needs", "a.b", "outputs", "it's"), "needs['a.b'].outputs['it''s']"],
  [context("needs", "1a"), "needs['1a']"],
  [context("needs", ""), "needs['']"],
  [context("github", "labels", "*", "name"), "github.labels.*.name"],
  [context("matrix", "jobs", "hubs", 0), "matrix.jobs.hubs[0]"],
  [a.equals("it's ''"), "github.a == 'it''s '''''"],
  [a.or(1).or(true), "github.a || 1 || true"],
  [a.or(null), "github.a || null"],
  [a.and(b).or(c), "github.a && github.b || github.c"],
  [a.or(b).and(c), "(github.a || github.b) && github.c"],
  [a.and(b.or(c)), "github.a && (github.b || github.c)"],
  [a.and(b).not(), "!(github.a && github.b)"],
  [a.not().equals(true), "!github.a == true"],
  [a.equals(b).notEquals(true), "github.a == github.b != true"],
  [context<boolean>("x").equals(a.equals(b)), "x == (github.a == github.b)"],
  [context<boolean>("x").notEquals(a.equals(b)), "x != (github.a == github.b)"],
  [context<boolean>("x").equals(a.and(b) as never), "x == (github.a && github.b)"],
  [call("always"), "always()"],
  [call("format", "{0}", a.or(b), 1), "format('{0}', github.a || github.b, 1)"],
];

Deno.test("Expression.text is as people write it", () => {
  for (const [expression, text] of PRINTED) assert.equal(expression.text, text);
});

// Keys that are words of the expression language themselves, or that are no identifiers.
const KEYS = ["plain", "true", "false", "null", "NaN", "Infinity", "a.b", "it's", "1", "a b", "-a"];

// At most one quote in each: the evaluator's lexer unescapes the first of them only, unlike the
// runner's. More of them are in PRINTED above.
const LITERALS: readonly (string | number | boolean | null)[] = [
  ...["", "a", "A", "0", "1", "true", "it's", "${{ x }}", "}}", "a || b", "é😀", "a\nb", "'"],
  ...[0, 1, -1, 2.5, 1e21, 1e-7, 255],
  ...[true, false, null],
];

const VALUES: readonly Plain[] = [
  ...LITERALS,
  ...KEYS,
  "name",
  "list",
  "deep.er",
  ["a", "b"],
  { x: "a", y: 1 },
];

const evaluate = evaluator({
  values: VALUES,
  github: Object.fromEntries(KEYS.map((key, index) => [key, LITERALS[index * 2] ?? "value"])),
  labels: [{ name: "a" }, { name: "b" }],
  nested: { list: [["a"], { "deep.er": "Y" }] },
});

/** An operand, and what it means as text with brackets everywhere and no literals in it. */
type Twin<Of = Operand<unknown>> = readonly [operand: Of, reference: string];

const lookUp = (value: string | number | boolean | null) => `values[${VALUES.indexOf(value)}]`;

function pathTwin(root: string, ...keys: readonly (string | number)[]): Tree {
  const parts = keys.map((key) =>
    key === "*" ? "[*]" : `[${typeof key === "number" ? key : lookUp(key)}]`
  );
  return [context(root, ...keys), root + parts.join("")];
}

type Tree = Twin<Expression<unknown>>;

const LEAVES = [
  ...KEYS.map((key) => pathTwin("github", key)),
  ...VALUES.map((_, index) => pathTwin("values", index)),
  pathTwin("labels", "*", "name"),
  pathTwin("labels", 1, "name"),
  pathTwin("nested", "list", 0, 0),
  pathTwin("nested", "list", 1, "deep.er"),
];

const OPERATORS = { "==": "equals", "!=": "notEquals", "&&": "and", "||": "or" } as const;
const CALLS: readonly (readonly [name: string, parameters: number])[] = [
  ["contains", 2],
  ["startsWith", 2],
  ["join", 2],
  ["format", 2],
  ["toJSON", 1],
];

const { tree } = fc.letrec<{ tree: Tree; operand: Twin }>((tie) => ({
  operand: fc.oneof(
    { weight: 3, arbitrary: tie("tree") },
    fc.constantFrom(...LITERALS).map((value): Twin => [value, lookUp(value)]),
  ),
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    { weight: 1, arbitrary: fc.constantFrom(...LEAVES) },
    {
      weight: 6,
      arbitrary: fc.tuple(
        tie("tree"),
        fc.constantFrom(...Object.keys(OPERATORS) as (keyof typeof OPERATORS)[]),
        tie("operand"),
      ).map(([[left, first], operator, [right, second]]): Tree => [
        left[OPERATORS[operator]](right),
        `((${first}) ${operator} (${second}))`,
      ]),
    },
    {
      weight: 2,
      arbitrary: tie("tree").map(([inner, text]): Tree => [inner.not(), `(!(${text}))`]),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom(...CALLS), tie("operand"), tie("operand"))
        .map(([[name, parameters], ...operands]): Tree => {
          const args = operands.slice(0, parameters);
          if (name === "format") args.unshift(["a", lookUp("a")]);
          const texts = args.map(([, text]) => `(${text})`);
          return [call(name, ...args.map(([arg]) => arg)), `${name}(${texts.join(", ")})`];
        }),
    },
  ),
}));

Deno.test("Expression.text means what the methods composed, to GitHub's own evaluator", () => {
  const results = new Set<string>();
  fc.assert(
    fc.property(tree, ([{ text }, reference]) => {
      const expected = show(evaluate(reference));
      assert.equal(show(evaluate(text)), expected, `${text}\n${reference}`);
      results.add(expected);
    }),
    { seed: 1, numRuns: 4_000 },
  );
  assert.ok(results.size > 40, `only ${results.size} different results`);
});

Deno.test("Expression() cannot be put into text in any way", () => {
  const refused = { name: "TypeError", message: /"github.a".*env/ };
  const ways = [() => `${a}`, () => "x" + (a as unknown as string), () => [a].join("")];
  for (const put of ways) assert.throws(put, refused);
});

Deno.test("itemOf() reads an item of a list that a context has or a call gives", () => {
  const list = context<string[]>("values", VALUES.length - 2);
  assert.equal(itemOf(list, 1).text, `values[${VALUES.length - 2}][1]`);
  assert.equal(show(evaluate(itemOf(list, 1).text)), show(evaluate("'b'")));
  assert.equal(show(evaluate(itemOf(list, 2).text)), show(evaluate("null")));
  const given = itemOf(call<string[]>("fromJSON", '["a", "b"]'), 1);
  assert.equal(given.text, `fromJSON('["a", "b"]')[1]`);
  assert.equal(show(evaluate(given.text)), show(evaluate("'b'")));
  assert.throws(() => itemOf(list.and(list), 0), { name: "TypeError", message: /&&/ });
});

Deno.test("fieldOf() and valueOf() read what is under a name, however deep", () => {
  const given = call<{ readonly at: Readonly<Record<string, readonly string[]>> }>(
    "fromJSON",
    '{"at": {"lake-west": ["a", "b"]}}',
  );
  const named = valueOf(fieldOf(given, "at"), call<string>("format", "{0}-west", "lake"));
  assert.equal(show(evaluate(itemOf(named, 1).text)), show(evaluate("'b'")));
  assert.equal(show(evaluate(itemOf(named, 2).text)), show(evaluate("null")));
  assert.deepEqual(
    nodesIn(named.node).filter(({ kind }) => kind === "call").length,
    2,
    "calls within an index are found",
  );
});

Deno.test("Expression() refuses an operand that no expression can hold", () => {
  for (const operand of [{}, ["a"], undefined, 5n, () => 1, Symbol("a")]) {
    const refused = { name: "TypeError", message: /expected text/ };
    assert.throws(() => a.equals(operand as never), refused);
  }
});
