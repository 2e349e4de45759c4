import assert from "node:assert/strict";
import { withLateConstants } from "../../scripts/late_constants.ts";
import { Sandbox } from "../cli/sandbox.ts";

const SHARED = `
// @__NO_SIDE_EFFECTS__
function make(name, parts = {}) {
  made.push(name);
  return { name, parts, check: (rule) => make(\`\${name}.\${rule}\`) };
}
// @__NO_SIDE_EFFECTS__
function classOf(name) {
  return class { name = name; };
}
var made = [];
var text = make("text");
var short = text.check("short");
var unused = make("unused", { text });
var Shape = classOf("Shape");
var SECTIONS = { short, long: make("long") };
var WORDS = /\\w+/g;
var option = make("option");
var options = { given: { schema: text }, other: { schema: option } };
var changed = make("first");
changed = make("second");
function shadow(text) { return [text, ...[1].map((short) => short)]; }
function use() {
  const { name } = new Shape();
  const { long, ...others } = SECTIONS;
  const [given] = [options.given].map(({ schema, ...more }) => [schema.name, Object.keys(more)]);
  return [name, short.name, long.name, Object.keys(others), { text }.text === text, changed.name, given];
}
export { made, make as create, short as brief, shadow, text, use, WORDS };
`;

const TOOLS = `
import { brief, create, made, shadow, text as words, use, WORDS } from "./shared.js";
var tool = create("tool", { words });
var never = create("never");
function next() { return WORDS.exec("a b")?.[0]; }
export const result = [use(), brief.name, shadow(2), tool.parts.words === words, next(), next(), next(), next()];
export { made };
`;

async function run([shared = "", tools = ""]: readonly string[]) {
  await using sandbox = await Sandbox.create();
  await sandbox.write("shared.js", shared);
  await sandbox.write("tools.js", tools);
  const { result, made } = await import(`file://${sandbox.path}/tools.js`);
  return { result, made };
}

const early = await run([SHARED, TOOLS]);
const late = await run(withLateConstants([SHARED, TOOLS]));

Deno.test("withLateConstants() changes nothing in what a program does", () => {
  assert.deepEqual(late.result, early.result);
});

Deno.test("withLateConstants() makes what is used, once, and nothing else", () => {
  assert.deepEqual(early.made.filter((name: string) => !late.made.includes(name)), [
    "unused",
    "option",
    "never",
  ]);
  assert.deepEqual(late.made.toSorted(), [...new Set(late.made)].toSorted());
});
