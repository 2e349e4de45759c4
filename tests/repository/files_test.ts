import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { filesOfCommit } from "../../src/repository/commit_files.ts";
import { filesOnDisk } from "../../src/repository/disk_files.ts";
import {
  foldersIn,
  lookUp,
  readText,
  type RepositoryFiles,
  resolve,
  walk,
} from "../../src/repository/files.ts";
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
  const texts = Object.entries(FILES).flatMap(([path, file]) =>
    typeof file === "string" ? [[path, file] as const] : []
  );
  await repo.commit(Object.fromEntries(texts));
  for (const [path, file] of Object.entries(FILES)) {
    if (typeof file === "string") continue;
    const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    await Deno.mkdir(`${repo.path}/${folder}`, { recursive: true });
    await Deno.symlink(file.link, `${repo.path}/${path}`);
  }
  const commit = await repo.commit({});
  await using committed = await filesOfCommit(repo.path, commit);
  await test(filesOnDisk(repo.path), "on disk");
  await test(committed, "in a commit");
  await test(memoryFiles(FILES), "in memory");
}

Deno.test("RepositoryFiles.list() gives what lies in a folder, links as links", async () => {
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
    assert.deepEqual(foldersIn(files, "charts"), [".hidden", "a\nb", "base", "dask"], where);
    for (const none of ["none", "charts/linked", "elsewhere", "charts/README.md"]) {
      assert.deepEqual(foldersIn(files, none), [], `${none} ${where}`);
    }
  });
});

const LEADS: Readonly<Record<string, Partial<ReturnType<typeof resolve>>>> = {
  "charts/base/Chart.yaml": { kind: "file" },
  "charts/base": { kind: "folder" },
  "charts/none/x": {},
  "charts/README.md/x": {},
  "charts/dask/Chart.yaml": {
    kind: "file",
    path: "charts/base/Chart.yaml",
    links: ["charts/dask/Chart.yaml"],
  },
  "charts/linked": { kind: "folder", path: "charts/base", links: ["charts/linked"] },
  "elsewhere/er.yaml": {
    kind: "file",
    path: "charts/base/deep/er.yaml",
    links: ["elsewhere", "charts/linked"],
  },
  "out/and/in/Chart.yaml": {
    kind: "file",
    path: "charts/base/Chart.yaml",
    links: ["out/and/in"],
  },
  "dangling": { path: "charts/none/x.yaml", links: ["dangling"] },
  "outside": { path: "", links: ["outside"], astray: "outside" },
  "absolute": { links: ["absolute"], astray: "absolute" },
  "circle": { links: Array(41).fill("circle"), astray: "circle" },
};

Deno.test("resolve() follows links inside the repository, and says which leads astray", async () => {
  await everywhere((files, where) => {
    for (const [path, expected] of Object.entries(LEADS)) {
      const nothing = { kind: undefined, path, links: [], astray: undefined };
      assert.deepEqual(resolve(files, path), { ...nothing, ...expected }, `${path} ${where}`);
    }
  });
});

Deno.test("readText() reads what a path leads to", async () => {
  await everywhere(async (files, where) => {
    const texts = {
      "charts/base/deep/er.yaml": "1",
      "elsewhere/er.yaml": "1",
      "outside": undefined,
    };
    for (const [path, text] of Object.entries(texts)) {
      assert.equal(await readText(files, path), text, `${path} ${where}`);
    }
    for (const path of ["charts/base/Chart.yaml", "charts/dask/Chart.yaml"]) {
      assert.equal(await readText(files, path), "name: base é\r\n", `${path} ${where}`);
    }
    for (const path of ["charts/base", "charts/linked", "dangling", "circle/x", "none", "a\0b"]) {
      assert.equal(await readText(files, path), undefined, `${path} ${where}`);
    }
  });
});

Deno.test("lookUp() and walk() see links as git does", async () => {
  await everywhere((files, where) => {
    assert.deepEqual(lookUp(files, "charts/linked/Chart.yaml"), {
      kind: "link",
      at: "charts/linked",
    }, where);
    assert.deepEqual(lookUp(files, "charts/BASE"), { kind: undefined, at: "charts/BASE" }, where);
    assert.deepEqual([...walk(files, "charts")].sort(), [
      ...["charts/.hidden/x", "charts/README.md", "charts/a\nb/x", "charts/base/Chart.yaml"],
      ...["charts/base/deep/er.yaml", "charts/dask/Chart.yaml", "charts/linked"],
    ], where);
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
    await assert.rejects(filesOnDisk(folder.path).read("closed.yaml"), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /^closed\.yaml: Cannot read it: ./);
      return true;
    });
  },
});

Deno.test("filesOnDisk() says where the repository is not a folder", () => {
  assert.throws(() => filesOnDisk("/nowhere").list(""), /Cannot read the repository "\/nowhere"/);
});

Deno.test("filesOfCommit() gives the files of the commit, whatever is checked out, below a folder", async () => {
  await using repo = await tempRepository();
  const before = await repo.commit({ "infra/a.txt": "before", "b.txt": "1" });
  await repo.commit({ "infra/a.txt": "after", "infra/c.txt": "1" });
  await Deno.writeTextFile(`${repo.path}/infra/a.txt`, "not committed");
  await using files = await filesOfCommit(`${repo.path}/infra`, before);
  assert.deepEqual([...files.list("")?.keys() ?? []], ["a.txt"]);
  assert.equal(await files.read("a.txt"), "before");
  assert.equal(await files.read("c.txt"), undefined);
});

Deno.test("filesOfCommit() reads only the paths that are given, few or many, by any name", async () => {
  await using repo = await tempRepository();
  const odd = ["a b", "-x", "[a]", ":a", "é", "a\nb", 'a"b', "*"].map((name) => `odd/${name}`);
  const many = Array.from({ length: 200 }, (_, index) => `many/${index}/x.yaml`);
  const commit = await repo.commit(
    Object.fromEntries([...odd, ...many].map((path) => [path, `in ${path}`])),
  );
  for (const paths of [odd, many]) {
    await using files = await filesOfCommit(repo.path, commit, [...paths, "none"]);
    const texts = await Promise.all(paths.map((path) => files.read(path)));
    assert.deepEqual(texts, paths.map((path) => `in ${path}`));
  }
  await using few = await filesOfCommit(repo.path, commit, odd);
  assert.equal(few.list("many"), undefined);
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

Deno.test("filesOfCommit() has an empty folder for a submodule", async () => {
  await using repo = await tempRepository();
  await repo.git("update-index", "--add", "--cacheinfo", `160000,${"ab".repeat(20)},sub`);
  await repo.git("commit", "--quiet", "--message=submodule");
  await using files = await filesOfCommit(repo.path, "HEAD");
  assert.deepEqual([files.list("")?.get("sub"), files.list("sub")?.size], ["folder", 0]);
});
