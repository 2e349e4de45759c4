import assert from "node:assert/strict";
import { filesOfCommit } from "../../src/repository/commit_files.ts";
import { filesOnDisk } from "../../src/repository/disk_files.ts";
import {
  lookUp,
  readText,
  type RepositoryFiles,
  resolve,
  walk,
} from "../../src/repository/files.ts";
import { fastImport, type FileChange } from "../git/fast_import.ts";
import { tempRepository } from "../git/temp_repository.ts";
import { tempFolder } from "../temp_folder.ts";
import { type Link, memoryFiles } from "./memory_files.ts";

const FILES: Readonly<Record<string, string | Link>> = {
  "charts/base/Chart.yaml": "name: base é\r\n",
  "charts/base/deep/er.yaml": "1",
  "charts/dask/Chart.yaml": { link: "../base/Chart.yaml" },
  "charts/linked": { link: "base" },
  "charts/.hidden/x": "1",
  "charts/a\nb/x": "1",
  "charts/README.md": "1",
  "elsewhere": { link: "charts/linked/deep" },
  "circle": { link: "circle" },
  "outside": { link: "../x" },
  "absolute": { link: "/etc/hostname" },
  "out/and/in": { link: "../../charts/../charts/base//./" },
  "dangling": { link: "charts/none/x.yaml" },
};

/** Runs a test on the same files on disk, in a commit and in memory. */
async function everywhere(
  test: (files: RepositoryFiles, where: string) => Promise<void> | void,
): Promise<void> {
  await using repo = await tempRepository();
  const changes = Object.entries(FILES).map(([path, file]): FileChange =>
    typeof file === "string" ? { path, text: file } : { path, kind: "link", text: file.link }
  );
  await fastImport(repo.path, [{ branch: "main", changes }]);
  await repo.git("reset", "--quiet", "--hard");
  await using committed = await filesOfCommit(repo.path, "HEAD");
  await test(filesOnDisk(repo.path), "on disk");
  await test(committed, "in a commit");
  await test(memoryFiles(FILES), "in memory");
}

Deno.test("RepositoryFiles gives what lies in a folder, links as git does", async () => {
  await everywhere((files, where) => {
    const list = (folder: string) => Object.fromEntries(files.list(folder) ?? []);
    assert.deepEqual(list("charts"), {
      "base": "folder",
      "dask": "folder",
      "linked": "link",
      ".hidden": "folder",
      "a\nb": "folder",
      "README.md": "file",
    }, where);
    assert.deepEqual(list("charts/base"), { "Chart.yaml": "file", "deep": "folder" }, where);
    assert.equal(files.list("")?.get("circle"), "link", where);
    for (const none of ["none", "none/x", "charts/README.md"]) {
      assert.equal(files.list(none), undefined, `${none} ${where}`);
    }
    assert.deepEqual(lookUp(files, "charts/linked/Chart.yaml"), {
      ...{ kind: "link", at: "charts/linked" },
    }, where);
    assert.deepEqual(lookUp(files, "charts/BASE"), { kind: undefined, at: "charts/BASE" }, where);
    assert.deepEqual([...walk(files, "charts")].sort(), [
      ...["charts/.hidden/x", "charts/README.md", "charts/a\nb/x", "charts/base/Chart.yaml"],
      ...["charts/base/deep/er.yaml", "charts/dask/Chart.yaml", "charts/linked"],
    ], where);
  });
});

const BASE = "charts/base/Chart.yaml";
const LEADS: Readonly<Record<string, Partial<ReturnType<typeof resolve>>>> = {
  [BASE]: { kind: "file" },
  "charts/base": { kind: "folder" },
  "charts/none/x": {},
  "charts/README.md/x": {},
  "charts/dask/Chart.yaml": { kind: "file", path: BASE, links: ["charts/dask/Chart.yaml"] },
  "charts/linked": { kind: "folder", path: "charts/base", links: ["charts/linked"] },
  "elsewhere/er.yaml": {
    ...{ kind: "file", path: "charts/base/deep/er.yaml", links: ["elsewhere", "charts/linked"] },
  },
  "out/and/in/Chart.yaml": { kind: "file", path: BASE, links: ["out/and/in"] },
  "dangling": { path: "charts/none/x.yaml", links: ["dangling"] },
  "outside": { path: "", links: ["outside"], astray: "outside" },
  "absolute": { links: ["absolute"], astray: "absolute" },
  "circle": { links: Array(41).fill("circle"), astray: "circle" },
};

const TEXTS: Readonly<Record<string, string | undefined>> = {
  "charts/base/deep/er.yaml": "1",
  "elsewhere/er.yaml": "1",
  [BASE]: "name: base é\r\n",
  "charts/dask/Chart.yaml": "name: base é\r\n",
  ...Object.fromEntries(
    ["outside", "charts/base", "charts/linked", "dangling", "circle/x", "none", "a\0b"]
      .map((path) => [path, undefined]),
  ),
};

Deno.test("resolve() and readText() follow links inside the repository, and say which leads astray", async () => {
  await everywhere(async (files, where) => {
    for (const [path, expected] of Object.entries(LEADS)) {
      const nothing = { kind: undefined, path, links: [], astray: undefined };
      assert.deepEqual(resolve(files, path), { ...nothing, ...expected }, `${path} ${where}`);
    }
    for (const [path, text] of Object.entries(TEXTS)) {
      assert.equal(await readText(files, path), text, `${path} ${where}`);
    }
  });
});

Deno.test("filesOnDisk() leaves out pipes, which would be read for ever, and impossible names", async () => {
  await using folder = await tempFolder({ "a/b": "" });
  const { success } = await new Deno.Command("mkfifo", { args: [`${folder.path}/pipe`] }).output();
  assert.ok(success);
  const files = filesOnDisk(folder.path);
  assert.deepEqual([...files.list("") ?? []], [["a", "folder"]]);
  for (const path of ["x".repeat(5_000), `a/${"x".repeat(300)}/b`]) {
    assert.equal(files.list(path), undefined);
    assert.equal(await files.read(path), undefined);
  }
});

Deno.test({
  name: "filesOnDisk() says which file cannot be read",
  // Root can read everything.
  ignore: Deno.uid() === 0 || Deno.build.os === "windows",
  fn: async () => {
    await using folder = await tempFolder({ "closed.yaml": "" });
    await Deno.chmod(`${folder.path}/closed.yaml`, 0);
    await assert.rejects(
      filesOnDisk(folder.path).read("closed.yaml"),
      /^UserError: closed\.yaml: Cannot read it: ./,
    );
  },
});

Deno.test("filesOnDisk() says where the repository is not a folder", () => {
  assert.throws(
    () => filesOnDisk("/nowhere").list(""),
    /^UserError: Cannot read the repository "\/nowhere"/,
  );
});

Deno.test("filesOfCommit() gives the files of the commit, whatever is checked out, below a folder", async () => {
  await using repo = await tempRepository();
  await fastImport(repo.path, [
    {
      branch: "main",
      changes: [{ path: "infra/a.txt", text: "before" }, { path: "infra/sub", kind: "submodule" }],
    },
    { branch: "main", changes: [{ path: "infra/a.txt" }, { path: "infra/c.txt" }] },
  ]);
  await Deno.mkdir(`${repo.path}/infra`);
  await Deno.writeTextFile(`${repo.path}/infra/a.txt`, "not committed");
  await using files = await filesOfCommit(`${repo.path}/infra`, "HEAD^");
  assert.deepEqual([...files.list("") ?? []], [["a.txt", "file"], ["sub", "folder"]]);
  assert.equal(await files.read("a.txt"), "before");
  assert.equal(await files.read("c.txt"), undefined);
  assert.equal(files.list("sub")?.size, 0);
});

Deno.test("filesOfCommit() reads only the paths that are given, few or many, by any name", async () => {
  await using repo = await tempRepository();
  const odd = ["a b", "-x", "[a]", ":a", "é", "a\nb", 'a"b', "*"].map((name) => `odd/${name}`);
  const many = Array.from({ length: 200 }, (_, index) => `many/${index}/x.yaml`);
  const changes = [...odd, ...many].map((path) => ({ path, text: `in ${path}` }));
  await fastImport(repo.path, [{ branch: "main", changes }]);
  for (const paths of [odd, many]) {
    await using files = await filesOfCommit(repo.path, "HEAD", [...paths, "none"]);
    const texts = await Promise.all(paths.map((path) => files.read(path)));
    assert.deepEqual(texts, paths.map((path) => `in ${path}`));
    assert.equal(files.list("many") === undefined, paths === odd);
  }
});

Deno.test("filesOfCommit() says where git cannot read the commit, or a file in it", async () => {
  await using repo = await tempRepository();
  const commit = await repo.commit({ "a.txt": "1" });
  await assert.rejects(
    filesOfCommit(repo.path, "ab".repeat(20)),
    /^UserError: Cannot read the files of (?:ab){20}: ./,
  );
  const id = await repo.git("rev-parse", "HEAD:a.txt");
  const object = `${repo.path}/.git/objects/${id.slice(0, 2)}/${id.slice(2)}`;
  await Deno.chmod(object, 0o644);
  await Deno.writeTextFile(object, "damaged");
  await using files = await filesOfCommit(repo.path, commit);
  await assert.rejects(files.read("a.txt"), /a\.txt: Cannot read it in .*"git fsck"/);
});
