import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { readArtifact } from "../../src/github/read_artifact.ts";
import { BOUNDS } from "../../src/plan/bounds.ts";
import { EMPTY, EXAMPLE } from "../report/arbitraries.ts";
import { tempFolder } from "../temp_folder.ts";

const FILES = { "plan.json": JSON.stringify(EXAMPLE), number: "7\n" };
const NO_FOLDER = "Cannot find the downloaded artifact: expected a folder, ";

/** The lines with which an artifact is refused. */
function complaints(folder: string): readonly string[] {
  try {
    readArtifact(folder);
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message.split("\n");
  }
  assert.fail("it was accepted");
}

Deno.test("readArtifact() reads a plan and the number of a pull request", async () => {
  for (const [text, number] of [["7", 7], ["42\n", 42], ["9999999999", 9_999_999_999]] as const) {
    await using folder = await tempFolder({ ...FILES, number: text });
    assert.deepEqual(readArtifact(folder.path), { plan: EXAMPLE, number });
    assert.deepEqual(readArtifact(`${folder.path}/`), { plan: EXAMPLE, number });
  }
});

Deno.test("readArtifact() accepts the largest plan that there may be, in the widest characters", async () => {
  const name = (index: number) => `${"n".repeat(97)}${100 + index}`;
  const text = "\u65e5".repeat(BOUNDS.text);
  const some = <Item>(count: number, item: (index: number) => Item) =>
    Array.from({ length: count }, (_, index) => item(index));
  const leg = (index: number) => ({ cluster_name: name(index), provider: name(0) });
  const plan = {
    ...EMPTY,
    base: "a".repeat(64),
    head: "b".repeat(64),
    support_and_staging: some(BOUNDS.legs, (index) => ({
      ...leg(index),
      upgrade_support: false,
      support_reason: text,
      staging_hubs: some(BOUNDS.stagingHubs, name),
      staging_reason: text,
    })),
    prod: some(BOUNDS.legs, (index) => ({ ...leg(index), hub_name: name(500), reason: text })),
    notices: some(BOUNDS.notices, () => ({ level: "warning", message: text })),
  };
  await using folder = await tempFolder({ ...FILES, "plan.json": JSON.stringify(plan) });
  assert.deepEqual(readArtifact(folder.path).plan, plan);
});

// deno-fmt-ignore
const NO_NUMBERS = [
  "", "\n", "0", "07", "-1", "+1", "1e3", "0x7", "1.0", "7 ", " 7", "7\n\n", "7\r\n", "\ufeff7",
  "7\0", "\uff17", "7/../8", "12345678901", "7\n8", "NaN", "true", "[7]",
];

Deno.test("readArtifact() takes nothing else for a number", async () => {
  await using folder = await tempFolder({ ...FILES, "plan.json": "{}" });
  for (const text of NO_NUMBERS) {
    await Deno.writeTextFile(`${folder.path}/number`, text);
    const [line = "", ...more] = complaints(folder.path);
    assert.match(line, /^number: Cannot read it: expected the number of a pull request, found "/);
    assert.doesNotMatch(line, /[\p{C}\ufeff]/u);
    assert.deepEqual(more, []);
  }
});

Deno.test("readArtifact() refuses what is not a folder: a link to one, a file, nothing", async () => {
  await using folder = await tempFolder({ "real/plan.json": "", "real/number": "", file: "" });
  const { path } = folder;
  await Deno.symlink("real", `${path}/link`);
  for (const link of [`${path}/link`, `${path}/link/`, `${path}/link//`, `${path}/file`]) {
    const plain = link.replace(/\/+$/, "");
    assert.deepEqual(complaints(link), [`${plain}: ${NO_FOLDER}found something else`]);
  }
  const [line = "", ...more] = complaints(`${path}/nowhere`);
  assert.ok(line.startsWith(`${path}/nowhere: ${NO_FOLDER}`));
  assert.deepEqual(more, []);
});

Deno.test("readArtifact() says at once all that is wrong with the files", async () => {
  await using folder = await tempFolder({ "x/": "", number: "7".repeat(21) });
  await Deno.symlink("number", `${folder.path}/plan.json`);
  assert.deepEqual(complaints(folder.path), [
    "x: Cannot accept it in the artifact: expected only plan.json and number",
    "plan.json: Cannot accept it in the artifact: expected an ordinary file",
    "number: Cannot accept it in the artifact: expected at most 20 bytes, found more",
  ]);
  await Deno.remove(`${folder.path}/x`);
  await Deno.writeTextFile(`${folder.path}/number`, "7");
  await Deno.remove(`${folder.path}/plan.json`);
  await Deno.writeTextFile(`${folder.path}/plan.json`, " ".repeat(16_000_001));
  assert.deepEqual(complaints(folder.path), [
    "plan.json: Cannot accept it in the artifact: expected at most 16000000 bytes, found more",
  ]);
});

Deno.test("readArtifact() names ten of the files that should not be there, and counts the others", async () => {
  const names = Array.from({ length: 50 }, (_, index) => `${index}-${"x".repeat(200)}`);
  await using folder = await tempFolder({
    ...FILES,
    ...Object.fromEntries(names.map((name) => [name, ""])),
  });
  const lines = complaints(folder.path);
  assert.equal(lines.length, 11);
  assert.equal(lines.at(-1), "Cannot accept 40 more files in the artifact");
  assert.ok(lines.every((line) => line.length < 200), lines.join("\n"));
});

Deno.test("readArtifact() refuses every file besides, one whose name is no UTF-8 too", async () => {
  const names = [".plan.json", "plan.json~", "PLAN.JSON", "number ", "\u202enosj.nalp", "\ufb01le"];
  await using folder = await tempFolder({
    ...FILES,
    ...Object.fromEntries(names.map((name) => [name, ""])),
  });
  const args = ["-c", `: > "$(printf 'plan\\377.json')"`];
  await new Deno.Command("sh", { args, cwd: folder.path }).output();
  const lines = complaints(folder.path);
  assert.equal(lines.length, names.length + 1);
  for (const line of lines) {
    assert.match(line, /: Cannot accept it in the artifact: expected only plan\.json and number$/);
    assert.doesNotMatch(line, /\p{C}/u);
  }
});
