import assert from "node:assert/strict";
import { context } from "../../src/workflow/expression.ts";
import {
  expressionsIn,
  formatValue,
  smugglesExpression,
  Template,
  template,
} from "../../src/workflow/text.ts";

const a = context<string>("github", "a");
const b = context<string>("github", "b");
const OPEN = "$" + "{{";

Deno.test("formatValue() leaves plain values as they are", () => {
  for (const value of ["", "text", 0, 3, true, false]) assert.equal(formatValue(value), value);
});

Deno.test("formatValue() puts an expression into its brackets", () => {
  assert.equal(formatValue(a.equals("it's")), `${OPEN} github.a == 'it''s' }}`);
});

Deno.test("formatValue() puts each expression of a template where it stands", () => {
  assert.equal(
    formatValue(template`x/${a}${b.or("y")}/${"text"}-`),
    `x/${OPEN} github.a }}${OPEN} github.b || 'y' }}/text-`,
  );
  assert.equal(formatValue(template`${a}`), `${OPEN} github.a }}`);
  assert.equal(formatValue(template`text`), "text");
  assert.equal(formatValue(template``), "");
});

Deno.test("expressionsIn() finds the expressions, in order", () => {
  assert.deepEqual(expressionsIn("text"), []);
  assert.deepEqual(expressionsIn(1), []);
  assert.deepEqual(expressionsIn(a), [a]);
  assert.deepEqual(expressionsIn(template`${b} and ${a}${"x"}${b}`), [b, a, b]);
});

Deno.test("smugglesExpression() is true for text that GitHub would read as an expression", () => {
  assert.equal(smugglesExpression(`${OPEN} github.token }}`), true);
  assert.equal(smugglesExpression(`x${OPEN}github.token}}`), true);
  assert.equal(smugglesExpression(new Template([a, `${OPEN} github.token }}`])), true);
  assert.equal(smugglesExpression(template`${a} ${`${OPEN} x }}`}`), true);
});

Deno.test("smugglesExpression() is false for expressions and other text", () => {
  for (const value of ["", "$ {{", "{{ x }}", 1, true, a, template`${a}/${b}`, template`$${a}`]) {
    assert.equal(smugglesExpression(value), false);
  }
  assert.equal(smugglesExpression(a.equals(`${OPEN} x }}`)), false);
});

Deno.test("smugglesExpression() is true for an expression that texts make together", () => {
  assert.equal(smugglesExpression(template`$${"{{ github.token }}"}`), true);
  assert.equal(smugglesExpression(new Template(["$", "{{ github.token }}"])), true);
});
