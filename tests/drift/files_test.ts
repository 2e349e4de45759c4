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
async function contents(root: string, below = ""): Promise<Files> {
  const entries = await Array.fromAsync(Deno.readDir(`${root}/${below}`));
  const parts = await Promise.all(entries.map(async ({ name, isDirectory, isSymlink }) => {
    const path = `${below}${name}`;
    if (isSymlink) return { [path]: `-> ${await Deno.readLink(`${root}/${path}`)}` };
    if (isDirectory) return { [`${path}/`]: "", ...await contents(root, `${path}/`) };
    return { [path]: await Deno.readTextFile(`${root}/${path}`) };
  }));
  return Object.assign({}, ...parts);
}

async function write(folder: TempFolder, generated: readonly TextFile[]): Promise<void> {
  const present = await readPresent(folder.path, generated.map(({ path }) => path), MARK);
  await writeFiles(folder.path, compareFiles(generated, present));
}

type Files = Readonly<Record<string, string>>;

/** What a folder holds, which files are read of it, and what is read. */
const READ: readonly (readonly [what: string, there: Files, paths: readonly string[], Files])[] = [
  [
    "the files that should be there, whatever they say, to the last byte",
    { [`${DIR}/a.yaml`]: "edited", "docs/b.md": "\ufefftext\r\n", "README.md": "root" },
    [`${DIR}/a.yaml`, "docs/b.md", "README.md"],
    { [`${DIR}/a.yaml`]: "edited", "docs/b.md": "\ufefftext\r\n", "README.md": "root" },
  ],
  [
    "the other files beside them that say they are generated",
    {
      [`${DIR}/old.yaml`]: `${MARK} Do not edit.\n`,
      [`${DIR}/old.md`]: `<!-- ${MARK} -->\n`,
      [`${DIR}/mine.yaml`]: `name: mine\n${MARK}\n`,
      [`${DIR}/nested/old.yaml`]: MARK,
      [temporaryPath(`${DIR}/a.yaml`)]: MARK,
      "other/old.yaml": MARK,
    },
    [`${DIR}/a.yaml`, `${DIR}/b.yaml`],
    { [`${DIR}/old.md`]: `<!-- ${MARK} -->\n`, [`${DIR}/old.yaml`]: `${MARK} Do not edit.\n` },
  ],
  ["nothing where there is no folder", {}, [`${DIR}/a.yaml`], {}],
  ["no folder for a file", { [`${DIR}/a.yaml/`]: "" }, [`${DIR}/a.yaml`], {}],
];

for (const [what, there, paths, read] of READ) {
  Deno.test(`readPresent() reads ${what}`, async () => {
    await using folder = await tempFolder(there);
    const present = await readPresent(folder.path, paths, MARK);
    assert.deepEqual(Object.fromEntries(present.map(({ path, text }) => [path, text])), read);
  });
}

Deno.test("readPresent() follows links, and says where a file is in the place of the folder", async () => {
  await using folder = await tempFolder({ [`${DIR}/old.yaml`]: MARK, docs: "a file" });
  await Deno.symlink("old.yaml", `${folder.path}/${DIR}/link.yaml`);
  const present = await readPresent(folder.path, [`${DIR}/a.yaml`], MARK);
  assert.deepEqual(present.map(({ path }) => path), [`${DIR}/link.yaml`, `${DIR}/old.yaml`]);
  await assert.rejects(readPresent(folder.path, ["docs/a.md"], MARK), UserError);
});

Deno.test("writeFiles() writes what changed and is missing, deletes what is orphaned", async () => {
  await using folder = await tempFolder({
    [`${DIR}/changed.yaml`]: "old",
    [`${DIR}/same.yaml`]: "same",
    [`${DIR}/orphan.yaml`]: `${MARK}\n`,
    [`${DIR}/mine.yaml`]: "mine",
    [`${DIR}/sub/mine.yaml`]: `${MARK}\n`,
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
  });
});

Deno.test("writeFiles() leaves nothing that a second run would change, and follows no link", async () => {
  await using folder = await tempFolder({ "elsewhere.yaml": "mine", [`${DIR}/orphan.yaml`]: MARK });
  await writeFiles(folder.path, []);
  await Deno.symlink("../../elsewhere.yaml", `${folder.path}/${DIR}/a.yaml`);
  const generated = [{ path: `${DIR}/a.yaml`, text: MARK }, { path: `${DIR}/b.yaml`, text: "b" }];
  await write(folder, generated);
  const present = await readPresent(folder.path, generated.map(({ path }) => path), MARK);
  assert.deepEqual(compareFiles(generated, present), []);
  const { [`${DIR}/a.yaml`]: text, "elsewhere.yaml": elsewhere } = await contents(folder.path);
  assert.deepEqual([text, elsewhere], [MARK, "mine"]);
});

Deno.test("writeFiles() writes nothing through a folder that is a link out of the repository", async () => {
  await using folder = await tempFolder({});
  await using elsewhere = await tempFolder({});
  await Deno.symlink(elsewhere.path, `${folder.path}/docs`);
  const writing = write(folder, [{ path: "docs/rules.md", text: "rules" }]);
  await assert.rejects(writing, { name: "UserError", message: /: docs is a link that leads out / });
  assert.deepEqual(await contents(elsewhere.path), {});
});

/** What is where a file should be written, so that it cannot be. */
const OBSTACLES: Readonly<Record<string, Files>> = {
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
      { path: "a/deep/new.yaml", text: "new" },
      { path: "docs/rules.md", text: "rules" },
      { path: `${DIR}/z.yaml`, text: "z" },
    ], [
      { path: `${DIR}/changed.yaml`, text: "old" },
      { path: `${DIR}/orphan.yaml`, text: `${MARK}\n` },
    ]);
    const message = /^docs\/rules\.md: Cannot write it: .*; nothing was changed$/;
    await assert.rejects(writeFiles(folder.path, differences), { name: "UserError", message });
    assert.deepEqual(await contents(folder.path), before);
  });
}
