import assert from "node:assert/strict";
import { parse } from "jsonc-parser";
import { DENO_JSON, mergeDenoJson, newDenoJson } from "../../src/adopt/deno_json.ts";
import { UserError } from "../../src/errors.ts";
import { ROOT } from "../cli/sandbox.ts";

const merge = (text: string) => mergeDenoJson("deno.json", text, "main");

Deno.test("newDenoJson() is the deno.json of the example", async () => {
  const example = await Deno.readTextFile(`${ROOT}/examples/infrastructure/deno.json`);
  assert.deepEqual(JSON.parse(newDenoJson("main")), JSON.parse(example));
});

Deno.test("mergeDenoJson() gives the same again for what it gave", () => {
  for (const text of ["{}\n", newDenoJson("main"), '{\r\n\t"a": 1\r\n}\r\n']) {
    const once = merge(text).text;
    assert.deepEqual(merge(once), { text: once, kept: [] });
  }
});

Deno.test("mergeDenoJson() keeps comments, indentation, line endings and commas at the end", () => {
  const { text } = merge('{\r\n\t// a\r\n\t"lock": false, /* b */\r\n}\r\n');
  assert.match(text, /^\t\/\/ a\r$/m);
  assert.match(text, /\/\* b \*\//);
  assert.match(text, /^\t\t"@hubwright\/hubwright"/m);
  assert.doesNotMatch(text, /[^\r]\n/);
});

for (
  const behind of [", // keep", " // keep", " /* a */, // keep", " /* keep */", ", /* keep */"]
) {
  Deno.test(`mergeDenoJson() leaves ${behind} on the line of the last entry`, () => {
    for (const eol of ["\n", "\r\n"]) {
      const entry = (key: string, value: string) => `"${key}": ${value}`;
      const lines = ["{", `\t${entry("tasks", "{")}`];
      lines.push(`\t\t${entry("generate", '"echo mine"')}${behind}`, `\t}${behind}`, "}", "");
      const { text, kept } = merge(lines.join(eol));
      assert.deepEqual(kept, ["generate"]);
      const comments = behind.replace(",", "").trim();
      const found = text.split(eol).filter((line) => line.includes("keep"));
      assert.deepEqual(found.map((line) => line.replace(",", "").replace(/  +/g, " ")), [
        `\t\t"generate": "echo mine" ${comments.replace(/  +/g, " ")}`,
        `\t} ${comments.replace(/  +/g, " ")}`,
      ]);
      const { tasks } = parse(text);
      assert.deepEqual(Object.keys(tasks).sort(), Object.keys(DENO_JSON.tasks).sort());
      assert.equal(text.replaceAll("\r\n", "").includes("\n"), eol === "\n");
      assert.deepEqual(merge(text), { text, kept });
    }
  });
}

Deno.test("mergeDenoJson() leaves tasks that are there, and names those that do something else", () => {
  const { hubwright } = DENO_JSON.tasks;
  const was = JSON.stringify({ tasks: { check: "x", plan: { command: "y" }, hubwright } });
  const { text, kept } = merge(was);
  assert.deepEqual(kept, ["check", "plan"]);
  assert.equal(JSON.parse(text).tasks.check, "x");
});

Deno.test("mergeDenoJson() refuses what it cannot add to, and says where", () => {
  const wrong: readonly (readonly [text: string, says: RegExp])[] = [
    ['{\n  "a": \n}', /^deno\.json:3:1: /],
    ["[]", /expected a mapping/],
    ['{ "tasks": [] }', /expected a mapping/],
    ['{ "importMap": "x.json" }', /"importMap"/],
  ];
  for (const [text, says] of wrong) {
    assert.throws(
      () => merge(text),
      (error) => error instanceof UserError && says.test(error.message),
    );
  }
});
