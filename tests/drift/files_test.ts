import assert from "node:assert/strict";
import { compareFiles, type TextFile } from "../../src/drift/differences.ts";
import { readPresent } from "../../src/drift/read_files.ts";
import { writeFiles } from "../../src/drift/write_files.ts";
import { temporaryPath } from "../../src/drift/temporary.ts";
import { UserError } from "../../src/errors.ts";
import { type TempFolder, tempFolder } from "../temp_folder.ts";

const MARK = "# Generated.";
const DIR = ".github/workflows";

/** What a folder holds: texts by paths, and folders. */
async function contents(root: string, below = ""): Promise<Readonly<Record<string, string>>> {
  const entries = await Array.fromAsync(Deno.readDir(`${root}/${below}`));
  const parts = await Promise.all(entries.map(async ({ name, isDirectory, isSymlink }) => {
    const path = `${below}${name}`;
    if (isSymlink) return { [path]: `-> ${await Deno.readLink(`${root}/${path}`)}` };
    if (isDirectory) return { [`${path}/`]: "", ...await contents(root, `${path}/`) };
    return { [path]: await Deno.readTextFile(`${root}/${path}`) };
  }));
  return Object.assign({}, ...parts);
}

/** Makes the folder what is generated. */
async function write(folder: TempFolder, generated: readonly TextFile[]): Promise<void> {
  const present = await readPresent(folder.path, generated.map(({ path }) => path), MARK);
  await writeFiles(folder.path, compareFiles(generated, present));
}

Deno.test("readPresent() reads the files that should be there, whatever they say", async () => {
  await using folder = await tempFolder({ [`${DIR}/a.yaml`]: "edited", "docs/b.md": "text\r\n" });
  const present = await readPresent(folder.path, [`${DIR}/a.yaml`, "docs/b.md"], MARK);
  assert.deepEqual(present, [
    { path: `${DIR}/a.yaml`, text: "edited" },
    { path: "docs/b.md", text: "text\r\n" },
  ]);
});

Deno.test("readPresent() reads a file in the root", async () => {
  await using folder = await tempFolder({ "README.md": "text\n" });
  assert.deepEqual(await readPresent(folder.path, ["README.md"], MARK), [
    { path: "README.md", text: "text\n" },
  ]);
});

Deno.test("readPresent() finds the other files beside them that say they are generated", async () => {
  await using folder = await tempFolder({
    [`${DIR}/old.yaml`]: `${MARK} Do not edit.\n`,
    [`${DIR}/old.md`]: `<!-- ${MARK} -->\n`,
    [`${DIR}/mine.yaml`]: `name: mine\n${MARK}\n`,
    [`${DIR}/nested/old.yaml`]: MARK,
    [temporaryPath(`${DIR}/a.yaml`)]: MARK,
    [`other/old.yaml`]: MARK,
  });
  await Deno.symlink("old.yaml", `${folder.path}/${DIR}/link.yaml`);
  const present = await readPresent(folder.path, [`${DIR}/a.yaml`, `${DIR}/b.yaml`], MARK);
  assert.deepEqual(
    present.map(({ path }) => path),
    ["link.yaml", "old.md", "old.yaml"].map((name) => `${DIR}/${name}`),
  );
});

Deno.test("readPresent() finds nothing where there is no folder", async () => {
  await using folder = await tempFolder();
  assert.deepEqual(await readPresent(folder.path, [`${DIR}/a.yaml`], MARK), []);
});

Deno.test("readPresent() does not take a folder for a file", async () => {
  await using folder = await tempFolder({ [`${DIR}/a.yaml/`]: "" });
  assert.deepEqual(await readPresent(folder.path, [`${DIR}/a.yaml`], MARK), []);
});

Deno.test("readPresent() reads every byte, a byte order mark too", async () => {
  await using folder = await tempFolder({ [`${DIR}/a.yaml`]: "\ufeffa: 1\n" });
  const [file] = await readPresent(folder.path, [`${DIR}/a.yaml`], MARK);
  assert.equal(file?.text, "\ufeffa: 1\n");
});

Deno.test("readPresent() says where a file is in the place of the folder", async () => {
  await using folder = await tempFolder({ ".github": "a file" });
  await assert.rejects(readPresent(folder.path, [`${DIR}/a.yaml`], MARK), UserError);
});

Deno.test("writeFiles() writes what changed and is missing, deletes what is orphaned", async () => {
  await using folder = await tempFolder({
    [`${DIR}/changed.yaml`]: "old",
    [`${DIR}/same.yaml`]: "same",
    [`${DIR}/orphan.yaml`]: `${MARK}\n`,
    [`${DIR}/mine.yaml`]: "mine",
    [`${DIR}/sub/mine.yaml`]: `${MARK}\n`,
    "README.md": "text",
  });
  await write(folder, [
    { path: `${DIR}/changed.yaml`, text: "new é\n" },
    { path: `${DIR}/same.yaml`, text: "same" },
    { path: `${DIR}/missing.yaml`, text: "" },
    { path: "docs/deep/rules.md", text: "rules" },
  ]);
  assert.deepEqual(await contents(folder.path), {
    ".github/": "",
    [`${DIR}/`]: "",
    [`${DIR}/changed.yaml`]: "new é\n",
    [`${DIR}/same.yaml`]: "same",
    [`${DIR}/missing.yaml`]: "",
    [`${DIR}/mine.yaml`]: "mine",
    [`${DIR}/sub/`]: "",
    [`${DIR}/sub/mine.yaml`]: `${MARK}\n`,
    "docs/": "",
    "docs/deep/": "",
    "docs/deep/rules.md": "rules",
    "README.md": "text",
  });
});

Deno.test("writeFiles() leaves nothing that a second run would change", async () => {
  await using folder = await tempFolder({ [`${DIR}/orphan.yaml`]: MARK });
  const generated = [{ path: `${DIR}/a.yaml`, text: MARK }, { path: `${DIR}/b.yaml`, text: "b" }];
  await write(folder, generated);
  const present = await readPresent(folder.path, generated.map(({ path }) => path), MARK);
  assert.deepEqual(compareFiles(generated, present), []);
});

Deno.test("writeFiles() does nothing where nothing differs", async () => {
  await using folder = await tempFolder();
  await writeFiles(folder.path, []);
  assert.deepEqual(await contents(folder.path), {});
});

Deno.test("writeFiles() replaces a link with the file, and leaves alone what it pointed at", async () => {
  await using folder = await tempFolder({ "elsewhere.yaml": "mine", [`${DIR}/`]: "" });
  await Deno.symlink("../../elsewhere.yaml", `${folder.path}/${DIR}/a.yaml`);
  await write(folder, [{ path: `${DIR}/a.yaml`, text: "new" }]);
  const { [`${DIR}/a.yaml`]: text, "elsewhere.yaml": elsewhere } = await contents(folder.path);
  assert.deepEqual([text, elsewhere], ["new", "mine"]);
});

/** What stands where a file should be written, so that it cannot be. */
const OBSTACLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "a file where a folder should be": { docs: "a file" },
  "a folder where the file should be": { "docs/rules.md/mine": "mine" },
};

for (const [what, obstacle] of Object.entries(OBSTACLES)) {
  Deno.test(`writeFiles() changes nothing and leaves nothing behind where there is ${what}`, async () => {
    await using folder = await tempFolder({
      [`${DIR}/changed.yaml`]: "old",
      [`${DIR}/orphan.yaml`]: `${MARK}\n`,
      ...obstacle,
    });
    const before = await contents(folder.path);
    const differences = compareFiles([
      { path: `${DIR}/changed.yaml`, text: "new" },
      { path: "docs/rules.md", text: "rules" },
      { path: `${DIR}/z.yaml`, text: "z" },
    ], [
      { path: `${DIR}/changed.yaml`, text: "old" },
      { path: `${DIR}/orphan.yaml`, text: `${MARK}\n` },
    ]);
    const error = await writeFiles(folder.path, differences).then(
      () => undefined,
      (error) => error,
    );
    assert.deepEqual(await contents(folder.path), before);
    assert.ok(error instanceof UserError, Deno.inspect(error));
    assert.deepEqual(error.problems.map(({ file }) => file), ["docs/rules.md"]);
    assert.match(error.message, /: Cannot write it: .*; nothing was changed$/);
  });
}
