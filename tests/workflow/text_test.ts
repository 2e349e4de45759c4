import assert from "node:assert/strict";
import { data } from "@actions/expressions";
import { fillText, PLACES } from "../../src/simulate/evaluate.ts";
import { context } from "../../src/workflow/expression.ts";
import {
  asExpression,
  expressionsIn,
  formatValue,
  smugglesExpression,
  Template,
  template,
} from "../../src/workflow/text.ts";

const a = context<string>("github", "a");
const b = context<string>("github", "b");
const OPEN = "$" + "{{";

Deno.test("formatValue() puts expressions into brackets, and leaves everything else as it is", () => {
  for (const value of ["", "text", 0, 3, true, false]) assert.equal(formatValue(value), value);
  assert.equal(formatValue(a.equals("it's")), `${OPEN} github.a == 'it''s' }}`);
  assert.equal(
    formatValue(template`x/${a}${b.or("y")}/${"text"}-`),
    `x/${OPEN} github.a }}${OPEN} github.b || 'y' }}/text-`,
  );
  assert.equal(formatValue(template``), "");
});

Deno.test("expressionsIn() finds the expressions, in order", () => {
  assert.deepEqual(expressionsIn("text"), []);
  assert.deepEqual(expressionsIn(1), []);
  assert.deepEqual(expressionsIn(a), [a]);
  assert.deepEqual(expressionsIn(template`${b} and ${a}${"x"}${b}`), [b, a, b]);
});

Deno.test("smugglesExpression() is true where text, in however many parts, is read as an expression", () => {
  const smuggling = [
    `${OPEN} github.token }}`,
    `x${OPEN}github.token}}`,
    new Template([a, `${OPEN} github.token }}`]),
    template`${a} ${`${OPEN} x }}`}`,
    template`$${"{{ github.token }}"}`,
    new Template(["$", "{{ github.token }}"]),
  ];
  for (const value of smuggling) assert.ok(smugglesExpression(value));
  const others = ["", "$ {{", "{{ x }}", 1, true, a, template`${a}/${b}`, template`$${a}{{ x }}`];
  for (const value of [...others, a.equals(`${OPEN} x }}`)]) assert.ok(!smugglesExpression(value));
});

Deno.test("asExpression() makes one expression of a value, whatever text is in it", () => {
  assert.equal(asExpression(a), a);
  assert.equal(asExpression("it's").text, "format('it''s')");
  assert.equal(asExpression(3).text, "format('3')");
  const text = template`{"${a}": '{0}' }}${b}`;
  const { text: printed } = asExpression(text);
  assert.doesNotMatch(printed, /\{\{|\}\}/, "which some linters take for brackets");
  const github = new data.Dictionary(
    { key: "a", value: new data.StringData("{1}") },
    { key: "b", value: new data.StringData('"') },
  );
  const scope = { at: "a test", place: PLACES.step, contexts: { github } };
  assert.equal(fillText(`${OPEN} ${printed} }}`, scope), `{"{1}": '{0}' }}"`);
});
