import assert from "node:assert/strict";
import { printProblems } from "../../src/io/problems.ts";
import type { Io } from "../../src/io/io.ts";
import type { Problem } from "../../src/errors.ts";

/** What is printed of a problem. */
function printed(
  problem: Problem,
  env: Readonly<Record<string, string>> = {},
  errorColor = false,
): string {
  let err = "";
  const io: Io = {
    out: () => {},
    err: (text) => void (err += text),
    input: () => Promise.resolve(""),
    env: (name) => env[name],
    color: false,
    errorColor,
    width: 80,
  };
  printProblems([problem], io);
  return err;
}

Deno.test("printProblems() shortens a long message, and says what is wrong with a long path", () => {
  const long = "a".repeat(70_000);
  assert.ok(printed({ file: "a.yaml", message: long }).length <= 2_001);
  const line = printed({ file: long, line: 3, message: "Cannot read it" });
  assert.match(line, /^a+\.\.\.:3: Cannot read it\n$/);
  assert.ok(line.length < 600);
});

Deno.test("printProblems() shortens what annotates a file", () => {
  const long = "a".repeat(70_000);
  const line = printed({ file: long, message: "Cannot read it" }, { GITHUB_ACTIONS: "true" });
  assert.match(line, /^::error file=a+\.\.\.::a+\.\.\.: Cannot read it\n$/);
  assert.ok(line.length < 1_200);
});

Deno.test("printProblems() paints a problem on a terminal, and no annotation", () => {
  const problem = { file: "a.yaml", message: "Cannot read it" };
  assert.equal(printed(problem, {}, true), "\x1b[31ma.yaml: Cannot read it\x1b[39m\n");
  assert.match(printed(problem, { GITHUB_ACTIONS: "true" }, true), /^::error file=a\.yaml::/);
});
