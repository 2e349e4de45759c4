/** The hostile names themselves: they do harm where nothing stops them, so that the tests can fail. */
import assert from "node:assert/strict";
import { runScript } from "../workflows/shell.ts";
import { assertInertLog, assertOutputs } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { BYTES, isGitPath, NAMES } from "./names.ts";
import { Trap } from "./trap.ts";

/** What a check says of a text as it is: true where it refuses it. */
function refuses(check: () => unknown): boolean {
  try {
    check();
    return false;
  } catch (error) {
    if (error instanceof assert.AssertionError || error instanceof SyntaxError) return true;
    throw error;
  }
}

const untouched = (text: string) => ({
  log: refuses(() => assertInertLog(text)),
  outputs: refuses(() => assertOutputs(`jobs=["${text}"]\n`, ["jobs"])),
  // A report is held against that of another plan: text of its own shows.
  markdown: refuses(() => assert.equal(assertInertMarkdown(`| ${text} |`), "| TEXT |")),
});

Deno.test("NAMES are so many, each once, of every kind", () => {
  assert.equal(new Set(NAMES.map(({ text }) => text)).size, NAMES.length);
  assert.deepEqual([NAMES.length, BYTES.length], [374, 23]);
  assert.equal(NAMES.filter(({ text }) => isGitPath(text)).length, 350);
});

Deno.test("NAMES that run a command do so where a shell reads them", async () => {
  let ran = 0;
  for (const { text } of NAMES.filter(({ tries }) => tries === "run a command")) {
    await using trap = await Trap.set();
    const armed = trap.arm(text);
    const scripts = [`echo ${armed}`, `echo "${armed}"`, `echo '${armed}'`, `[[ ${armed} ]]`];
    for (const script of scripts) {
      if ((await trap.sprung()).length > 0) break;
      await runScript(script, { cwd: "/" }).catch(() => {});
    }
    if ((await trap.sprung()).length > 0) ran++;
  }
  assert.ok(ran >= 40, `${ran} ran`);
});

const REFUSED = [
  ["command the runner", "log"],
  ["forge an output", "outputs"],
  ["drive the terminal", "log"],
  ["be markup", "markdown"],
  ["mention or link", "markdown"],
  ["hide or reorder", "log"],
  ["hide or reorder", "markdown"],
] as const;

for (const [tries, check] of REFUSED) {
  Deno.test(`NAMES that ${tries} are refused as they are by the check of ${check}`, () => {
    const passed = NAMES.filter((name) => name.tries === tries && !untouched(name.text)[check]);
    assert.deepEqual(passed, []);
  });
}
