import assert from "node:assert/strict";
import { filesOnDisk } from "../../src/config/repository_files.ts";
import { UserError } from "../../src/errors.ts";
import { filesOfCommit } from "../../src/git/commit_files.ts";
import { type TempRepository, tempRepository } from "./temp_repository.ts";

/** A repository with everything that a chart may stand in, or hide behind. */
async function oddRepository(): Promise<TempRepository> {
  const repo = await tempRepository();
  const links = { "charts/link": "base", "linked": "charts", "charts/base/.helmignore": "../x" };
  await Deno.mkdir(`${repo.path}/charts/base`, { recursive: true });
  for (const [path, target] of Object.entries(links)) {
    await Deno.symlink(target, `${repo.path}/${path}`);
  }
  await repo.commit({
    "charts/base/Chart.yaml": "name: base é\r\n",
    "charts/dask/Chart.yaml": "name: dask",
    "charts/dask/deep/er.yaml": "1",
    "charts/README.md": "1",
    "charts/a\nb/Chart.yaml": "name: ab",
    "charts-2/other/Chart.yaml": "name: other",
    "charts/odd.yaml/Chart.yaml/x": "1",
  });
  return repo;
}

const FOLDERS = [
  "charts",
  "charts/dask",
  "charts/base",
  "charts/link",
  "linked",
  "none",
  "charts/README.md",
];

const FILES = [
  ...["charts/base/Chart.yaml", "charts/dask/deep/er.yaml", "charts/base/.helmignore"],
  ...["charts/link", "charts/link/Chart.yaml", "linked/base/Chart.yaml", "charts/dask"],
  ...["charts/a\nb/Chart.yaml", "charts/odd.yaml/Chart.yaml", "none", "charts/README.md/x"],
];

Deno.test("filesOfCommit() gives what is on disk where that is the commit, links and all", async () => {
  await using repo = await oddRepository();
  const disk = filesOnDisk(repo.path);
  await using commit = await filesOfCommit(repo.path, "HEAD");
  for (const folder of FOLDERS) {
    assert.deepEqual(await commit.folders(folder), await disk.folders(folder), folder);
  }
  for (const file of FILES) assert.equal(await commit.read(file), await disk.read(file), file);
  assert.deepEqual(await commit.folders("charts"), ["a\nb", "base", "dask", "odd.yaml"]);
  assert.equal(await commit.read("charts/base/Chart.yaml"), "name: base é\r\n");
  assert.equal(await commit.read("charts/base/.helmignore"), "../x");
});

Deno.test("filesOfCommit() gives the files of the commit, whatever is checked out", async () => {
  await using repo = await tempRepository();
  const before = await repo.commit({ "charts/a/Chart.yaml": "name: before" });
  await repo.commit({ "charts/a/Chart.yaml": null, "charts/b/Chart.yaml": "name: after" });
  await using files = await filesOfCommit(repo.path, before);
  assert.deepEqual(await files.folders("charts"), ["a"]);
  assert.equal(await files.read("charts/a/Chart.yaml"), "name: before");
  assert.equal(await files.read("charts/b/Chart.yaml"), undefined);
});

Deno.test("filesOfCommit() gives paths relative to a folder of the repository", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "infra/charts/a/Chart.yaml": "name: a", "charts/b/Chart.yaml": "name: b" });
  await using files = await filesOfCommit(`${repo.path}/infra`, "HEAD");
  assert.deepEqual(await files.folders("charts"), ["a"]);
  assert.equal(await files.read("charts/a/Chart.yaml"), "name: a");
  assert.equal(await files.read("charts/b/Chart.yaml"), undefined);
});

Deno.test("filesOfCommit() reads many files at a time", async () => {
  await using repo = await tempRepository();
  const names = Array.from({ length: 200 }, (_, index) => `charts/c${index}/Chart.yaml`);
  await repo.commit(Object.fromEntries(names.map((name) => [name, `name: ${name}`])));
  await using files = await filesOfCommit(repo.path, "HEAD");
  assert.equal((await files.folders("charts")).length, 200);
  const texts = await Promise.all(names.map((name) => files.read(name)));
  assert.deepEqual(texts, names.map((name) => `name: ${name}`));
});

Deno.test("filesOfCommit() says where git cannot read the commit, and leaves nothing running", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a.txt": "1" });
  await assert.rejects(filesOfCommit(repo.path, "ab".repeat(20)), (error: unknown) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /^Cannot read .* ?(?:ab){20}: ./);
    return true;
  });
});
