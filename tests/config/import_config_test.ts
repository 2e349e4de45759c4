import assert from "node:assert/strict";
import { importConfig } from "../../src/config/import_config.ts";
import type { Problem } from "../../src/errors.ts";
import { tempFolder } from "../temp_folder.ts";
import { userError } from "../user_error.ts";

const NAME = "hubwright.config.ts";

/** The one thing that is wrong with a repository's config. */
async function problemOf(repo: string, given?: string): Promise<Problem> {
  const { problems: [problem, ...more] } = await userError(importConfig(repo, given));
  assert.deepEqual(more, []);
  assert.ok(problem !== undefined && !problem.message.includes("\n"), problem?.message);
  return problem;
}

Deno.test("importConfig() gives what the repository's config exports", async () => {
  await using repo = await tempFolder({
    [NAME]: "const branch: string = 'x';\nexport default { defaultBranch: branch };\n",
  });
  const { text, ...imported } = await importConfig(repo.path);
  assert.deepEqual(imported, { file: NAME, config: { defaultBranch: "x" } });
  assert.match(text, /^const branch: string = /);
});

Deno.test("importConfig() gives nothing where the repository has no config", async () => {
  await using repo = await tempFolder();
  const nothing = { file: NAME, config: undefined, text: "" };
  assert.deepEqual(await importConfig(repo.path), nothing);
  assert.deepEqual(await importConfig(`${repo.path}/nowhere`), nothing);
});

Deno.test("importConfig() gives what the named config exports, wherever it lies", async () => {
  await using repo = await tempFolder({ [NAME]: "export default { defaultBranch: 'a' };\n" });
  await using elsewhere = await tempFolder({ "b.js": "export default { defaultBranch: 'b' };\n" });
  const file = `${elsewhere.path}/b.js`;
  const text = "export default { defaultBranch: 'b' };\n";
  const config = { defaultBranch: "b" };
  assert.deepEqual(await importConfig(repo.path, file), { file, config, text });
});

Deno.test("importConfig() follows a symbolic link to a config, which may import what is beside it", async () => {
  await using repo = await tempFolder({
    "real/config.ts": "import { branch } from './lib/branch.ts';\nexport default { branch };\n",
    "real/lib/branch.ts": "export const branch: string = 'x';\n",
  });
  await Deno.symlink("real/config.ts", `${repo.path}/${NAME}`);
  assert.deepEqual((await importConfig(repo.path)).config, { branch: "x" });
});

const AWKWARD = ["a b", "a#b", "a?b", "100%", "%20", "日本 é", "a'b\"c", "[a]", "a&b;c=d", "a\\b"];

for (const name of AWKWARD) {
  Deno.test(`importConfig() loads a config from a folder named ${name}, or says where it throws`, async () => {
    await using repo = await tempFolder({
      [`${name}/${NAME}`]: "export default { defaultBranch: 'x' };\n",
      [`${name}/broken.ts`]: "\n  throw new Error('broken');\n",
    });
    const { config } = await importConfig(`${repo.path}/${name}`);
    assert.deepEqual(config, { defaultBranch: "x" });
    const { line, column, message } = await problemOf(repo.path, `${repo.path}/${name}/broken.ts`);
    assert.deepEqual([line, column, message], [2, 9, 'Cannot load it: it threw "broken"']);
  });
}

const NO_EXPORT =
  /^Cannot use it: expected "export default defineConfig\({ \.\.\. }\)", found no default export$/;

/** Configs that cannot be loaded, where that shows, and what is said. */
const BROKEN: readonly (readonly [text: string, place: string, said: RegExp])[] = [
  [
    "const hubs = undefined as any;\n\nexport default {\n  a: hubs.length,\n};\n",
    ...["4:11", /^Cannot load it: it threw ".*undefined/] as const,
  ],
  ["throw new RangeError('one\\ntwo');\n", "1:7", /: it threw "one"$/],
  ["throw 'no idea';\n", ":", /^Cannot load it: it threw "no idea"$/],
  ["export default {\n  rules: [,\n};\n", "3:1", /^Cannot load it: /],
  [
    'import { a } from "./a.ts";\nimport { b } from "@some/where";\nexport default b;\n',
    "2:19",
    /^Cannot load it: Import "@some\/where" not a dependency.*; add it to "imports" in a deno\.json /,
  ],
  ["import './missing.ts';\nexport default {};\n", "1:8", /missing\.ts/],
  ["export const config = {};\n", ":", NO_EXPORT],
  ["", ":", NO_EXPORT],
];

Deno.test("importConfig() says why a config cannot be loaded, and where that shows", async () => {
  for (const [text, place, said] of BROKEN) {
    await using repo = await tempFolder({ [NAME]: text, "a.ts": "export const a = 1;\n" });
    const { file, line = "", column = "", message } = await problemOf(repo.path);
    assert.deepEqual([file, `${line}:${column}`], [NAME, place]);
    assert.match(message, said);
  }
});

Deno.test("importConfig() says where a config is not there, lies below a file, or is a folder", async () => {
  await using repo = await tempFolder({ [NAME]: "export default {};\n", "folder/": "" });
  for (const file of [`${repo.path}/missing.ts`, `${repo.path}/${NAME}/config.ts`]) {
    const message = "Cannot find the config: expected a file";
    assert.deepEqual(await problemOf(repo.path, file), { file, message });
  }
  const { message } = await problemOf(repo.path, `${repo.path}/folder`);
  assert.match(message, /^Cannot load it: /);
});

Deno.test("importConfig() does not leave out a config by another name in silence", async () => {
  for (const ending of ["js", "mjs", "mts"]) {
    const other = `hubwright.config.${ending}`;
    await using repo = await tempFolder({ [other]: "export default {};\n" });
    assert.deepEqual(await problemOf(repo.path), {
      file: other,
      message: `Cannot read the config under this name: expected ${NAME}; rename it, or use ` +
        `--config ${other}`,
    });
    assert.deepEqual((await importConfig(repo.path, `${repo.path}/${other}`)).config, {});
  }
});

Deno.test("importConfig() does not leave out a link to a config that is not checked out", async () => {
  for (
    const [name, message] of [
      [NAME, /^Cannot find the config: expected a file, found a link that leads nowhere$/],
      ["hubwright.config.js", /^Cannot read the config under this name: /],
    ] as const
  ) {
    await using repo = await tempFolder();
    await Deno.symlink("submodule/config.ts", `${repo.path}/${name}`);
    const problem = await problemOf(repo.path);
    assert.equal(problem.file, name);
    assert.match(problem.message, message);
  }
});
