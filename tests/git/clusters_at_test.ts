import assert from "node:assert/strict";
import type { ClusterFile } from "../../src/config/cluster_file.ts";
import { UserError } from "../../src/errors.ts";
import { clusterFilesAt } from "../../src/git/clusters_at.ts";
import { tempRepository } from "./temp_repository.ts";

const DIR = "config/clusters";

/** The files of a commit in which nothing is wrong. */
async function filesAt(
  ...args: Parameters<typeof clusterFilesAt>
): Promise<readonly ClusterFile[]> {
  const { files, problems } = await clusterFilesAt(...args);
  assert.deepEqual(problems, []);
  return files;
}

Deno.test("clusterFilesAt() reads the files of a commit that is not checked out", async () => {
  await using repo = await tempRepository();
  const before = await repo.commit({
    [`${DIR}/mars/cluster.yaml`]: "name: mars\n",
    [`${DIR}/earth/cluster.yaml`]: "name: earth # before\r\n",
    [`${DIR}/earth-2/cluster.yaml`]: "name: earth-2",
  });
  await repo.commit({
    [`${DIR}/mars/cluster.yaml`]: null,
    [`${DIR}/earth/cluster.yaml`]: "name: earth # after\n",
    [`${DIR}/venus/cluster.yaml`]: "name: venus\n",
  });
  await Deno.writeTextFile(`${repo.path}/${DIR}/earth/cluster.yaml`, "not committed");
  assert.deepEqual(await filesAt(repo.path, before, DIR, []), [
    { path: `${DIR}/earth/cluster.yaml`, text: "name: earth # before\r\n" },
    { path: `${DIR}/earth-2/cluster.yaml`, text: "name: earth-2" },
    { path: `${DIR}/mars/cluster.yaml`, text: "name: mars\n" },
  ]);
});

Deno.test("clusterFilesAt() leaves out what is no cluster's file", async () => {
  await using repo = await tempRepository();
  const commit = await repo.commit({
    [`${DIR}/earth/cluster.yaml`]: "name: earth\n",
    [`${DIR}/earth/staging.values.yaml`]: "1",
    [`${DIR}/earth/nested/cluster.yaml`]: "2",
    [`${DIR}/cluster.yaml`]: "3",
    [`${DIR}/templates/cluster.yaml`]: "4",
    [`${DIR}-2/mars/cluster.yaml`]: "5",
    "cluster.yaml": "6",
  });
  const files = await filesAt(repo.path, commit, DIR, ["templates"]);
  assert.deepEqual(files.map(({ path }) => path), [`${DIR}/earth/cluster.yaml`]);
});

Deno.test("clusterFilesAt() reads below a subfolder of the repository", async () => {
  await using repo = await tempRepository();
  const commit = await repo.commit({
    [`${DIR}/earth/cluster.yaml`]: "of the root\n",
    [`infra/${DIR}/mars/cluster.yaml`]: "of the subfolder\n",
  });
  assert.deepEqual(await filesAt(`${repo.path}/infra`, commit, DIR, []), [
    { path: `${DIR}/mars/cluster.yaml`, text: "of the subfolder\n" },
  ]);
});

Deno.test("clusterFilesAt() takes names as they are", async () => {
  await using repo = await tempRepository();
  const names = ["a b", "-x", "[a]", "a:b", "é", "a\nb", 'a"b', "*"];
  const commit = await repo.commit(
    Object.fromEntries(names.map((name) => [`${DIR}/${name}/cluster.yaml`, `name: ${name}`])),
  );
  const files = await filesAt(repo.path, commit, DIR, []);
  assert.deepEqual(
    Object.fromEntries(files.map(({ path, text }) => [path, text])),
    Object.fromEntries(names.map((name) => [`${DIR}/${name}/cluster.yaml`, `name: ${name}`])),
  );
});

Deno.test("clusterFilesAt() shows a file as it is, whatever filters git would use", async () => {
  await using repo = await tempRepository();
  await repo.git("config", "diff.odd.textconv", "echo converted");
  await repo.git("config", "color.ui", "always");
  const commit = await repo.commit({
    ".gitattributes": "*.yaml diff=odd\n",
    [`${DIR}/earth/cluster.yaml`]: "name: earth\n",
  });
  const [file] = await filesAt(repo.path, commit, DIR, []);
  assert.equal(file?.text, "name: earth\n");
});

Deno.test("clusterFilesAt() says where git cannot read the commit", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a.txt": "1" });
  await assert.rejects(clusterFilesAt(repo.path, "ab".repeat(20), DIR, []), (error: unknown) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /^Cannot read the clusters of (?:ab){20}: ./);
    return true;
  });
});

Deno.test("clusterFilesAt() says where the commit has no folder of clusters", async () => {
  await using repo = await tempRepository();
  const commit = await repo.commit({ "a.txt": "1" });
  await assert.rejects(clusterFilesAt(repo.path, commit, DIR, []), UserError);
});

Deno.test("clusterFilesAt() says where a cluster's folder has no cluster.yaml", async () => {
  await using repo = await tempRepository();
  const commit = await repo.commit({
    [`${DIR}/earth/cluster.yaml`]: "name: earth\n",
    [`${DIR}/mars/staging.values.yaml`]: "a: 1\n",
    [`${DIR}/venus/nested/cluster.yaml`]: "a: 1\n",
    [`${DIR}/templates/README.md`]: "a",
    [`${DIR}/README.md`]: "a",
  });
  const { files, problems } = await clusterFilesAt(repo.path, commit, DIR, ["templates"]);
  assert.deepEqual(files.map(({ path }) => path), [`${DIR}/earth/cluster.yaml`]);
  assert.deepEqual(problems.map(({ file }) => file), [`${DIR}/mars`, `${DIR}/venus`]);
  for (const { message } of problems) {
    assert.ok(message.startsWith(`Cannot find its cluster.yaml in ${commit}: `), message);
  }
});
