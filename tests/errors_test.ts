import assert from "node:assert/strict";
import { describeValue, formatProblem, thrownText, UsageError, UserError } from "../src/errors.ts";

Deno.test("formatProblem() gives the parts of the place that are known", () => {
  const [message, file] = ["Cannot parse it", "a.yaml"];
  assert.equal(formatProblem({ message }), "Cannot parse it");
  assert.equal(formatProblem({ message, file }), "a.yaml: Cannot parse it");
  assert.equal(formatProblem({ message, file, line: 3 }), "a.yaml:3: Cannot parse it");
  const place = { file, line: 3, column: 5 };
  assert.equal(formatProblem({ message, ...place }), "a.yaml:3:5: Cannot parse it");
});

const PROBLEM = { file: "a.yaml", line: 1, column: 2, message: "Cannot read it" };
const TWO = [{ message: "b" }, { file: "a", message: "a" }];

for (
  const [what, given, problems, message] of [
    ["a message of no file", "Cannot read it", [{ message: "Cannot read it" }], "Cannot read it"],
    ["one problem", PROBLEM, [PROBLEM], "a.yaml:1:2: Cannot read it"],
    ["all problems, in order, a line each", TWO, TWO, "b\na: a"],
  ] as const
) {
  Deno.test(`UserError() keeps ${what}`, () => {
    const error = new UserError(given);
    assert.deepEqual([error.problems, error.message], [problems, message]);
  });
}

Deno.test("UserError() and UsageError() can be told apart by class and name", () => {
  const user = new UserError("x");
  const usage = new UsageError("x");
  assert.ok(user instanceof Error && !(user instanceof UsageError));
  assert.ok(usage instanceof Error && !(usage instanceof UserError));
  assert.deepEqual([user.name, usage.name], ["UserError", "UsageError"]);
});

const DESCRIPTIONS: readonly [value: unknown, description: string][] = [
  [undefined, "nothing"],
  [null, "nothing"],
  [[], "a list"],
  ["", 'the text ""'],
  ['a "b"\n', String.raw`the text "a \"b\"\n"`],
  [0, "the number 0"],
  [-1.5, "the number -1.5"],
  [false, "the boolean false"],
  [() => 1, "a function"],
  [{}, "a mapping"],
];

Deno.test("describeValue() says what kind of thing a value is", () => {
  for (const [value, description] of DESCRIPTIONS) {
    assert.equal(describeValue(value), description);
  }
});

Deno.test("describeValue() says how a long text begins, and how much follows", () => {
  const text = describeValue(`${"a".repeat(70_000)}`);
  assert.equal(text, `the text "${"a".repeat(200)}" and 69800 more characters`);
});

Deno.test("thrownText() says what was thrown, whatever it is", () => {
  assert.equal(thrownText(new Error("a")), "a");
  assert.equal(thrownText("b"), "b");
  assert.equal(thrownText(undefined), "undefined");
  assert.equal(thrownText(Symbol("c")), "Symbol(c)");
  for (const thrown of [Object.create(null), new Proxy({}, { getPrototypeOf: thrownText.call })]) {
    assert.equal(thrownText(thrown), "something without a message");
  }
});
