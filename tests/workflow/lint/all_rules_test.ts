import assert from "node:assert/strict";
import type { LintRule } from "../../../src/workflow/lint/rule.ts";
import { LINT_RULES } from "../../../src/workflow/lint/all_rules.ts";
import { ROOT } from "../../cli/sandbox.ts";

Deno.test("LINT_RULES has every rule of the folder, each with tests of its own", async () => {
  const folder = new URL("../../../src/workflow/lint/", import.meta.url);
  const ids: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (name === "rule.ts" || name === "all_rules.ts") continue;
    const rules: Readonly<Record<string, LintRule>> = await import(new URL(name, folder).href);
    const tests = await Deno.readTextFile(
      `${ROOT}/tests/workflow/lint/${name.replace(".ts", "_test.ts")}`,
    );
    for (const { id } of Object.values(rules)) {
      ids.push(id);
      assert.ok(tests.includes(`\ntestRule("${id}", {`), id);
    }
  }
  assert.deepEqual(ids.sort(), LINT_RULES.map(({ id }) => id).sort());
});

Deno.test("LINT_RULES say what they refuse, why, and how to fix it", () => {
  assert.equal(new Set(LINT_RULES.map(({ id }) => id)).size, LINT_RULES.length);
  for (const { id, refuses, why, fix } of LINT_RULES) {
    assert.match(id, /^[a-z]+(-[a-z]+)+$/);
    for (const text of [refuses, why, fix]) assert.match(text, /^\S[^\n]{15,}[^.\s]$/, id);
  }
});
