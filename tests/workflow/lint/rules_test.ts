import assert from "node:assert/strict";
import { LINT_RULES } from "../../../src/workflow/lint/rules.ts";
import { pinWorkflow } from "../../../src/workflow/pin_workflow.ts";
import { ci } from "../../../workflows/ci.ts";
import { lintingPage } from "../../../workflows/linting_page.ts";
import { defineWorkflows } from "../../../workflows/mod.ts";
import { LOCK, REPOSITORIES } from "../../workflows/repositories.ts";
import { ROOT } from "../../cli/sandbox.ts";

const fileOf = (id: string) => id.replaceAll("-", "_");

async function names(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(`${ROOT}/${folder}`));
  return entries.map(({ name }) => name);
}

Deno.test("LINT_RULES has every rule of the folder, each in a file and with tests of its own", async () => {
  const files = (await names("src/workflow/lint")).filter((name) =>
    !["rule.ts", "rules.ts", "walk.ts"].includes(name)
  );
  assert.deepEqual(files.sort(), LINT_RULES.map(({ id }) => `${fileOf(id)}.ts`).sort());
  const tests = await names("tests/workflow/lint");
  for (const { id } of LINT_RULES) {
    assert.ok(tests.includes(`${fileOf(id)}_test.ts`), id);
    const text = await Deno.readTextFile(`${ROOT}/tests/workflow/lint/${fileOf(id)}_test.ts`);
    assert.ok(text.includes(`"${id}"`), id);
    assert.match(text, /^ *refuses\($|^ *refuses\(ID, /m, id);
  }
});

Deno.test("LINT_RULES say what they refuse, why, and how to mend it", () => {
  assert.equal(new Set(LINT_RULES.map(({ id }) => id)).size, LINT_RULES.length);
  for (const { id, refuses, why, mend } of LINT_RULES) {
    assert.match(id, /^[a-z]+(-[a-z]+)+$/);
    for (const text of [refuses, why, mend]) assert.match(text, /^\S[^\n]{15,}[^.\s]$/, id);
  }
});

Deno.test("docs/linting.md lists every rule, and no other", async () => {
  const { path, text } = lintingPage();
  assert.equal(await Deno.readTextFile(`${ROOT}/${path}`), text);
  const rows = text.split("\n").filter((line) => line.startsWith("| `"));
  assert.deepEqual(
    rows.map((row) => row.split("|")[1]?.trim()),
    LINT_RULES.map(({ id }) => `\`${id}\``),
  );
  for (const [index, { refuses, mend }] of LINT_RULES.entries()) {
    for (const cell of [refuses, mend]) assert.ok(rows[index]?.includes(cell), cell);
  }
});

Deno.test("LINT_RULES find nothing in the workflows of any repository, nor in hubwright's own", () => {
  const workflows = [
    ci(),
    ...REPOSITORIES.flatMap(({ settings, clusters }) => defineWorkflows(settings, clusters)),
  ].map((workflow) => pinWorkflow(workflow, LOCK));
  assert.ok(workflows.length > 10);
  const findings = workflows.flatMap((workflow) =>
    LINT_RULES.flatMap(({ id, check }) => check(workflow).map((finding) => ({ id, ...finding })))
  );
  assert.deepEqual(findings, []);
});
