import assert from "node:assert/strict";
import { context, type Expression, type Json } from "../../src/workflow/expression.ts";
import { choose, format, fromJSON, hasItems, toJSON } from "../../src/workflow/functions.ts";
import { evaluator, show } from "./evaluate.ts";

const evaluate = evaluator({
  github: { yes: true, no: false, list: ["a"], text: "x", empty: "" },
});

const yes = context<boolean>("github", "yes");
const no = context<boolean>("github", "no");

const text = context<string>("github", "text");
const list = context<string[]>("github", "list");
const inner = [choose(no, "a", text), choose<string>(yes, "b", "c")] as const;

/** What the functions compose, and what it comes to. */
const COMPOSED: readonly (readonly [Expression<unknown>, value: string])[] = [
  [choose(yes, 2, 1), "Number 2"],
  [choose(no, 2, 1), "Number 1"],
  [choose<number>(no, 2, 0), "Number 0"],
  [choose<string>(yes, "a", ""), 'String "a"'],
  [choose<string>(no, "a", ""), 'String ""'],
  [choose(no.or(yes), ...inner), 'String "x"'],
  [choose(no.or(no), ...inner), 'String "b"'],
  [format("it's {0}-{1}", text, 3), `String "it's x-3"`],
  [fromJSON(toJSON(list)), 'Array ["a"]'],
];

Deno.test("choose(), format(), fromJSON() and toJSON() mean to GitHub what they say", () => {
  for (const [expression, value] of COMPOSED) {
    assert.equal(show(evaluate(expression.text)), value, expression.text);
  }
});

Deno.test("choose() refuses a literal that counts as false", () => {
  for (const value of ["", 0, false, null, NaN]) {
    const refused = { name: "TypeError", message: /^Cannot choose / };
    assert.throws(() => choose<unknown>(yes, value, "x"), refused);
  }
});

Deno.test("hasItems() is false for the empty list alone, so that a dropped output is not passed over", () => {
  for (const text of ["[]", "", '["a"]', "[[]]"]) {
    const evaluate = evaluator({ needs: { list: text } });
    const has = hasItems(context<Json<readonly string[]>>("needs", "list"));
    const values = [has, has.not()].map(({ text }) => show(evaluate(text)));
    assert.deepEqual(values, [`Boolean ${text !== "[]"}`, `Boolean ${text === "[]"}`], text);
  }
});
