import assert from "node:assert/strict";
import fc from "fast-check";
import { call, context, Expression, itemOf, type Operand } from "../../src/workflow/expression.ts";
import { evaluator, type Plain, show } from "./evaluate.ts";

const a = context<string>("github", "a");
const b = context<string>("github", "b");
const c = context<string>("github", "c");

const PRINTED: readonly [expression: Expression<unknown>, text: string][] = [
  [a, "github.a"],
  [context("needs", "generate-jobs", "result"), "needs.generate-jobs.result"],
  [context("needs", "a.b", "outputs", "it's"), "needs['a.b'].outputs['it''s']"],
  [context("needs", "1a"), "needs['1a']"],
  [context("needs", ""), "needs['']"],
  [context("github", "labels", "*", "name"), "github.labels.*.name"],
  [context("matrix", "jobs", "hubs", 0), "matrix.jobs.hubs[0]"],
  [a.equals("it's ''"), "github.a == 'it''s '''''"],
  [a.equals(""), "github.a == ''"],
  [a.or(1).or(true), "github.a || 1 || true"],
  [a.or(null), "github.a || null"],
  [a.and(b).or(c), "github.a && github.b || github.c"],
  [a.or(b).and(c), "(github.a || github.b) && github.c"],
  [a.and(b.or(c)), "github.a && (github.b || github.c)"],
  [a.and(b).not(), "!(github.a && github.b)"],
  [a.not().not(), "!!github.a"],
  [a.not().equals(true), "!github.a == true"],
  [a.equals(b).notEquals(true), "github.a == github.b != true"],
  [a.equals(b).equals(true), "github.a == github.b == true"],
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
const STRINGS = [
  "",
  "a",
  "A",
  "0",
  "1",
  "true",
  "it's",
  "${{ x }}",
  "}}",
  "a || b",
  "é😀",
  "\n",
  "''",
];
const NUMBERS = [0, 1, -1, 2.5, 1e21, 1e-7, 255];

const VALUES: readonly Plain[] = [
  ...STRINGS,
  ...NUMBERS,
  true,
  false,
  null,
  ["a", "b"],
  { x: "a", y: 1 },
];

const CONTEXTS: Readonly<Record<string, Plain>> = {
  github: Object.fromEntries(KEYS.map((key, index) => [key, `value ${index}`])),
  values: VALUES,
  labels: [{ name: "a" }, { name: "b" }],
  nested: { list: [["a"], { "deep.er": { y: "Y" } }] },
};

const evaluate = evaluator(CONTEXTS);

/** An expression, and the same as text with brackets everywhere and no literals. */
interface Twin {
  readonly expression: Expression<unknown>;
  readonly reference: string;
}

const path = (...keys: readonly (string | number)[]): Twin => ({
  expression: context(...keys),
  reference: keys.map((key, index) =>
    index === 0
      ? key
      : key === "*"
      ? ".*"
      : typeof key === "number"
      ? `[${key}]`
      : `[values[${VALUES.length + KEYS.indexOf(key)}]]`
  ).join(""),
});
