import assert from "node:assert/strict";
import { context, type Json } from "../../src/workflow/expression.ts";
import {
  always,
  cancelled,
  choose,
  failure,
  format,
  fromJSON,
  hasItems,
  toJSON,
} from "../../src/workflow/functions.ts";
import { evaluator, show } from "./evaluate.ts";

const evaluate = evaluator({
  github: { yes: true, no: false, list: ["a"], text: "x", empty: "" },
}, { always: true, cancelled: false, failure: true });

const yes = context<boolean>("github", "yes");
const no = context<boolean>("github", "no");

Deno.test("always(), cancelled() and failure() call GitHub's functions", () => {
  assert.deepEqual([always(), cancelled(), failure()].map(({ text }) => text), [
    "always()",
    "cancelled()",
    "failure()",
  ]);
});

Deno.test("always() and the like combine with other conditions", () => {
  const condition = cancelled().not().and(failure().or(always()).and(yes));
  assert.equal(show(evaluate(condition.text)), "Boolean true");
});

Deno.test("choose() gives one value where the condition is true, otherwise the other", () => {
  assert.equal(show(evaluate(choose(yes, 2, 1).text)), "Number 2");
  assert.equal(show(evaluate(choose(no, 2, 1).text)), "Number 1");
  assert.equal(show(evaluate(choose<number>(no, 2, 0).text)), "Number 0");
  assert.equal(show(evaluate(choose<string>(yes, "a", "").text)), 'String "a"');
  assert.equal(show(evaluate(choose<string>(no, "a", "").text)), 'String ""');
});

Deno.test("choose() decides by the whole condition, and gives whole values", () => {
  const text = context<string>("github", "text");
  const nested = choose(no.or(yes), choose(no, "a", text), choose<string>(yes, "b", "c"));
  assert.equal(show(evaluate(nested.text)), 'String "x"');
  const other = choose(no.or(no), choose(no, "a", text), choose<string>(yes, "b", "c"));
  assert.equal(show(evaluate(other.text)), 'String "b"');
});

Deno.test("choose() refuses a literal that counts as false", () => {
  for (const value of ["", 0, false, null, NaN]) {
    assert.throws(() => choose<unknown>(yes, value, "x"), {
      name: "TypeError",
      message: /^Cannot choose /,
    });
  }
});

Deno.test("format() fills values into text", () => {
  const text = context<string>("github", "text");
  assert.equal(format("it's {0}", text).text, "format('it''s {0}', github.text)");
  assert.equal(show(evaluate(format("it's {0}-{1}", text, 3).text)), `String "it's x-3"`);
});

Deno.test("fromJSON() reads what toJSON() wrote", () => {
  const list = context<string[]>("github", "list");
  const json = toJSON(list);
  assert.equal(json.text, "toJSON(github.list)");
  assert.equal(show(evaluate(fromJSON(json).text)), 'Array ["a"]');
});

Deno.test("hasItems() is false for the empty list alone, so that a dropped output is not passed over", () => {
  const cases: readonly (readonly [text: string, expected: string])[] = [
    ["[]", "Boolean false"],
    ["", "Boolean true"],
    ['["a"]', "Boolean true"],
    ["[[]]", "Boolean true"],
  ];
  for (const [text, expected] of cases) {
    const evaluate = evaluator({ needs: { list: text } });
    const list = context<Json<readonly string[]>>("needs", "list");
    assert.equal(show(evaluate(hasItems(list).text)), expected, text);
    assert.notEqual(show(evaluate(hasItems(list).not().text)), expected, text);
  }
});
