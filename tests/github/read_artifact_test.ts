import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { readArtifact } from "../../src/github/read_artifact.ts";
import { BOUNDS } from "../../src/plan/bounds.ts";
import { EMPTY, EXAMPLE } from "../report/arbitraries.ts";
import { tempFolder } from "../temp_folder.ts";

const FILES = { "plan.json": JSON.stringify(EXAMPLE), number: "7\n" };

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
  await using folder = await tempFolder(FILES);
  assert.deepEqual(readArtifact(folder.path), { plan: EXAMPLE, number: 7 });
  assert.deepEqual(readArtifact(`${folder.path}/`), { plan: EXAMPLE, number: 7 });
});

Deno.test("readArtifact() accepts the largest plan that there may be, in the widest characters", async () => {
  const name = (index: number) => `${"n".repeat(97)}${100 + index}`;
  const text = "\u65e5".repeat(BOUNDS.text);
  const plan = {
    ...EMPTY,
    base: "a".repeat(64),
    head: "b".repeat(64),
    support_and_staging: Array.from({ length: BOUNDS.legs }, (_, index) => ({
      cluster_name: name(index),
      provider: name(0),
      upgrade_support: false,
      support_reason: text,
      staging_hubs: Array.from({ length: BOUNDS.stagingHubs }, (_, hub) => name(hub)),
      staging_reason: text,
    })),
    prod: Array.from({ length: BOUNDS.legs }, (_, index) => ({
      cluster_name: name(index),
      provider: name(0),
      hub_name: name(500),
      reason: text,
    })),
    notices: Array.from({ length: BOUNDS.notices }, () => ({ level: "warning", message: text })),
  };
  await using folder = await tempFolder({ ...FILES, "plan.json": JSON.stringify(plan) });
  const { plan: read } = readArtifact(folder.path);
  assert.deepEqual(read, plan);
});

Deno.test("readArtifact() takes a number, with and without a line break", async () => {
  for (const [text, number] of [["1", 1], ["42\n", 42], ["9999999999", 9_999_999_999]] as const) {
    await using folder = await tempFolder({ ...FILES, number: text });
    assert.equal(readArtifact(folder.path).number, number);
  }
});

// deno-fmt-ignore
const NO_NUMBERS = [
  "", "\n", "0", "07", "-1", "+1", "1e3", "0x7", "1.0", "7 ", " 7", "7\n\n", "7\r\n", "\ufeff7",
  "7\0", "\uff17", "7/../8", "12345678901", "7\n8", "NaN", "true", "[7]",
];

Deno.test("readArtifact() takes nothing else for a number", async () => {
  for (const text of NO_NUMBERS) {
    await using folder = await tempFolder({ ...FILES, number: text });
    const [line = "", ...more] = complaints(folder.path);
    assert.match(line, /^number: Cannot read it: expected the number of a pull request, found "/);
    assert.doesNotMatch(line, /[\p{C}\ufeff]/u);
    assert.deepEqual(more, []);
  }
});

Deno.test("readArtifact() refuses a folder that is a link, with and without a slash", async () => {
  await using folder = await tempFolder({ "real/plan.json": "", "real/number": "" });
  await Deno.symlink("real", `${folder.path}/link`);
  for (const path of [`${folder.path}/link`, `${folder.path}/link/`, `${folder.path}/link//`]) {
    assert.deepEqual(complaints(path), [
      `${folder.path}/link: Cannot find the downloaded artifact: expected a folder, found ` +
      "something else",
    ]);
  }
});

Deno.test("readArtifact() refuses a file in place of the folder, and a folder that is not there", async () => {
  await using folder = await tempFolder({ file: "" });
  for (const path of [`${folder.path}/file`, `${folder.path}/nowhere`]) {
    const [line = "", ...more] = complaints(path);
    assert.ok(line.startsWith(`${path}: Cannot find the downloaded artifact: expected a folder, `));
    assert.deepEqual(more, []);
  }
});

Deno.test("readArtifact() says at once all that is wrong with the files", async () => {
  await using folder = await tempFolder({ "x/": "", number: "7".repeat(21) });
  await Deno.symlink("number", `${folder.path}/plan.json`);
  assert.deepEqual(complaints(folder.path), [
    "x: Cannot accept it in the artifact: expected only plan.json and number",
    "plan.json: Cannot accept it in the artifact: expected an ordinary file",
    "number: Cannot accept it in the artifact: expected at most 20 bytes, found more",
  ]);
});

Deno.test("readArtifact() names ten of the files that should not be there, and counts the others", async () => {
  const names = Array.from({ length: 500 }, (_, index) => `${index}-${"x".repeat(200)}`);
  await using folder = await tempFolder({
    ...FILES,
    ...Object.fromEntries(names.map((name) => [name, ""])),
  });
  const lines = complaints(folder.path);
  assert.equal(lines.length, 11);
  assert.equal(lines.at(-1), "Cannot accept 490 more files in the artifact");
  assert.ok(lines.every((line) => line.length < 200), lines.join("\n"));
});

Deno.test("readArtifact() refuses every file besides", async () => {
  for (
    const name of [
      ".plan.json",
      "plan.json~",
      "PLAN.JSON",
      "number ",
      "\u202enosj.nalp",
      "\ufb01le",
    ]
  ) {
    await using folder = await tempFolder({ ...FILES, [name]: "" });
    const [line = "", ...more] = complaints(folder.path);
    assert.match(line, /: Cannot accept it in the artifact: expected only plan\.json and number$/);
    assert.doesNotMatch(line, /\p{C}/u);
    assert.deepEqual(more, []);
  }
});

Deno.test("readArtifact() refuses a file whose name is no UTF-8", async () => {
  await using folder = await tempFolder(FILES);
  const touch = await new Deno.Command("sh", {
    args: ["-c", `: > "$(printf 'plan\\377.json')"`],
    cwd: folder.path,
  }).output();
  assert.ok(touch.success);
  assert.match(complaints(folder.path).join("\n"), /^plan.+\.json: Cannot accept it/);
});

Deno.test("readArtifact() refuses a plan that is larger than any", async () => {
  await using folder = await tempFolder({ ...FILES, "plan.json": " ".repeat(16_000_001) });
  assert.deepEqual(complaints(folder.path), [
    "plan.json: Cannot accept it in the artifact: expected at most 16000000 bytes, found more",
  ]);
});
