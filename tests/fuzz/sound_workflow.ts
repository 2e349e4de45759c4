import assert from "node:assert/strict";
import { Lexer, Parser } from "@actions/expressions";
import { CORE_SCHEMA, load } from "js-yaml";
import { parseDocument } from "yaml";
import { isCaller, readOneWorkflow } from "../../src/simulate/workflow_file.ts";
import { splitTemplate } from "../../src/simulate/evaluate.ts";
import { PLACES } from "../../src/simulate/evaluate.ts";

const CONTEXTS = [...PLACES.step.contexts];

const STATUS = ["success", "failure", "cancelled", "always"]
  .map((name) => ({ name, minArgs: 0, maxArgs: 0, call: () => undefined as never }));

/**
 * Checks that a generated workflow is one: two YAML parsers agree on it, the simulator knows every
 * key of it, its expressions parse, its scripts hold none, its actions are pinned, and every job
 * says what its token may do.
 */
export function checkWorkflow(path: string, text: string): void {
  const value = load(text, { schema: CORE_SCHEMA });
  const document = parseDocument(text, { schema: "core" });
  assert.deepEqual([...document.errors, ...document.warnings].map(String), []);
  assert.deepEqual(document.toJS(), value);
  assert.equal((value as { permissions?: unknown }).permissions !== undefined, true);

  const { jobs } = readOneWorkflow(path, text);
  for (const job of Object.values(jobs)) {
    assert.ok(job.permissions !== undefined, "a job says what its token may do");
    for (const { run, uses } of isCaller(job) ? [] : job.steps) {
      assert.ok(!run?.includes("${{"), `an expression in a script: ${run}`);
      if (uses !== undefined) assert.match(uses, /^\.\/|^[^@\s]+@[0-9a-f]{40}$/);
    }
  }
  for (const expression of [...expressionsIn(value)]) {
    const { tokens } = new Lexer(expression).lex();
    new Parser(tokens, CONTEXTS, STATUS).parse();
  }
}

function* expressionsIn(value: unknown): Generator<string> {
  if (typeof value === "string") {
    yield* splitTemplate(value).filter((_, index) => index % 2 === 1);
  } else if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) yield* expressionsIn(item);
  }
}
