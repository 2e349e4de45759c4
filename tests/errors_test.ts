import assert from "node:assert/strict";
import { describeValue, formatProblem, thrownText, UsageError, UserError } from "../src/errors.ts";

Deno.test("formatProblem() gives the parts of the place that are known", () => {
  const message = "Cannot parse it";
  assert.equal(formatProblem({ message }), "Cannot parse it");
  assert.equal(formatProblem({ message, file: "a.yaml" }), "a.yaml: Cannot parse it");
  assert.equal(formatProblem({ message, file: "a.yaml", line: 3 }), "a.yaml:3: Cannot parse it");
  assert.equal(
    formatProblem({ message, file: "a.yaml", line: 3, column: 5 }),
    "a.yaml:3:5: Cannot parse it",
  );
});

Deno.test("UserError() takes a message that belongs to no file", () => {
  const error = new UserError("Cannot read it");
  assert.deepEqual(error.problems, [{ message: "Cannot read it" }]);
  assert.equal(error.message, "Cannot read it");
});

Deno.test("UserError() takes one problem", () => {
  const problem = { file: "a.yaml", line: 1, column: 2, message: "Cannot read it" };
  const error = new UserError(problem);
  assert.deepEqual(error.problems, [problem]);
  assert.equal(error.message, "a.yaml:1:2: Cannot read it");
});

Deno.test("UserError() keeps all problems, in order, a line each", () => {
  const problems = [{ message: "b" }, { file: "a", message: "a" }];
  const error = new UserError(problems);
  assert.deepEqual(error.problems, problems);
  assert.equal(error.message, "b\na: a");
});

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
