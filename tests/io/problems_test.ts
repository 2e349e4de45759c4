import assert from "node:assert/strict";
import { printProblems } from "../../src/io/problems.ts";
import type { Problem } from "../../src/errors.ts";
import { fakeIo } from "../cli/fake_io.ts";

/** What is printed of a problem. */
function printed(problem: Problem, { inWorkflow = false, errorColor = false } = {}): string {
  const { io, said } = fakeIo({ env: inWorkflow ? { GITHUB_ACTIONS: "true" } : {} }, {
    errorColor,
  });
  printProblems([problem], io);
  return said.err;
}

Deno.test("printProblems() shortens a long message, and says what is wrong with a long path", () => {
  const long = "a".repeat(70_000);
  assert.ok(printed({ file: "a.yaml", message: long }).length <= 2_001);
  const line = printed({ file: long, line: 3, message: "Cannot read it" });
  assert.match(line, /^a+\.\.\.:3: Cannot read it\n$/);
  assert.ok(line.length < 600);
});

Deno.test("printProblems() shortens what annotates a file", () => {
  const line = printed({ file: "a".repeat(70_000), message: "Cannot read it" }, {
    inWorkflow: true,
  });
  assert.match(line, /^::error file=a+\.\.\.::a+\.\.\.: Cannot read it\n$/);
  assert.ok(line.length < 1_200);
});

Deno.test("printProblems() paints a problem on a terminal, and no annotation", () => {
  const problem = { file: "a.yaml", message: "Cannot read it" };
  assert.equal(printed(problem, { errorColor: true }), "\x1b[31ma.yaml: Cannot read it\x1b[39m\n");
  assert.match(printed(problem, { inWorkflow: true, errorColor: true }), /^::error file=a\.yaml::/);
});
