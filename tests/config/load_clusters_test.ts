import assert from "node:assert/strict";
import { loadClusters, readClusterFiles } from "../../src/config/load_clusters.ts";
import { parseConfig } from "../../src/config/schema.ts";
import type { Settings } from "../../src/config/settings.ts";
import { UserError } from "../../src/errors.ts";
import { type TempFolder, tempFolder } from "../temp_folder.ts";

/** The defaults, but for what is given. */
function settingsOf(config: unknown = {}): Settings {
  const parsed = parseConfig(config, "hubwright.config.ts");
  assert.ok("defaultBranch" in parsed);
  return parsed;
}

const cluster = (name: string) => `name: ${name}\nprovider: gcp\nhubs: [{name: staging}]\n`;

/** The names of the clusters of a repository. */
const names = (repo: TempFolder, config?: unknown) =>
  loadClusters(repo.path, settingsOf(config)).map(({ name }) => name);

/** What is wrong with the clusters of a repository, a line each. */
function problems(repo: TempFolder, config?: unknown): readonly string[] {
  try {
    loadClusters(repo.path, settingsOf(config));
  } catch (error) {
    if (error instanceof UserError) return error.message.split("\n");
    throw error;
  }
  return [];
}

Deno.test("loadClusters() reads the clusters, sorted by folder", async () => {
  await using repo = await tempFolder({
    "config/clusters/mars/cluster.yaml": cluster("mars"),
    "config/clusters/earth/cluster.yaml": cluster("earth"),
    "config/clusters/earth/staging.values.yaml": "not: read\n",
    "config/clusters/earth-2/cluster.yaml": cluster("earth-2"),
  });
  assert.deepEqual(names(repo), ["earth", "earth-2", "mars"]);
  const [earth] = loadClusters(repo.path, settingsOf());
  assert.deepEqual(earth, {
    name: "earth",
    provider: "gcp",
    file: "config/clusters/earth/cluster.yaml",
    support: null,
    hubs: [{ name: "staging", staging: true, valuesFiles: [] }],
  });
});

Deno.test("loadClusters() leaves out the folders that are no clusters", async () => {
  await using repo = await tempFolder({
    "config/clusters/earth/cluster.yaml": cluster("earth"),
    "config/clusters/templates/cluster.yaml": "{{ cookiecutter }}\n",
    "config/clusters/drafts/": "",
  });
  assert.deepEqual(names(repo, { ignoreClusters: ["templates", "drafts"] }), ["earth"]);
});

Deno.test("loadClusters() leaves out files beside the folders", async () => {
  await using repo = await tempFolder({
    "config/clusters/earth/cluster.yaml": cluster("earth"),
    "config/clusters/schema.json": "{}",
    "config/clusters/cluster.yaml": "x: 1\n",
  });
  assert.deepEqual(names(repo), ["earth"]);
});

Deno.test("loadClusters() reads the clusters' folder of the config", async () => {
  await using repo = await tempFolder({ "a/b/earth/cluster.yaml": cluster("earth") });
  const [earth] = loadClusters(repo.path, settingsOf({ clustersDir: "a/b" }));
  assert.equal(earth?.file, "a/b/earth/cluster.yaml");
});

Deno.test("loadClusters() reads a repository without clusters", async () => {
  await using repo = await tempFolder({ "config/clusters/templates/": "" });
  assert.deepEqual(names(repo), []);
});

Deno.test("loadClusters() says where a folder has no cluster.yaml", async () => {
  await using repo = await tempFolder({
    "config/clusters/mars/": "",
    "config/clusters/earth/cluster.yml": cluster("earth"),
    "config/clusters/venus/cluster.yaml": cluster("venus"),
  });
  assert.deepEqual(
    problems(repo),
    ["earth", "mars"].map((name) =>
      `config/clusters/${name}: Cannot find its cluster.yaml: add one, delete the folder, or name ` +
      'it in "ignoreClusters"'
    ),
  );
});

Deno.test("loadClusters() says where a cluster.yaml cannot be read", async () => {
  await using repo = await tempFolder({ "config/clusters/earth/cluster.yaml/": "" });
  const [problem, ...more] = problems(repo);
  assert.match(problem ?? "", /^config\/clusters\/earth\/cluster\.yaml: Cannot read it: ./);
  assert.deepEqual(more, []);
});

for (const [what, files] of [["missing", {}], ["a file", { "config/clusters": "" }]] as const) {
  Deno.test(`loadClusters() says where the clusters' folder is ${what}`, async () => {
    await using repo = await tempFolder(files);
    assert.deepEqual(problems(repo), [
      'config/clusters: Cannot find the folder of clusters: expected a folder; set "clustersDir" ' +
      "in hubwright.config.ts, or run in the infrastructure repository",
    ]);
  });
}

Deno.test("loadClusters() says at once what is wrong with several clusters", async () => {
  await using repo = await tempFolder({
    "config/clusters/earth/": "",
    "config/clusters/mars/cluster.yaml": "name: mars\n\tprovider: gcp\n",
    "config/clusters/venus/cluster.yaml": cluster("mars"),
  });
  assert.deepEqual(problems(repo).map((line) => line.split(": ")[0]).sort(), [
    "config/clusters/earth",
    "config/clusters/mars/cluster.yaml:2:1",
    "config/clusters/venus/cluster.yaml:1:7",
  ]);
});

Deno.test("readClusterFiles() gives the texts as they are, and says which it cannot give", async () => {
  await using repo = await tempFolder({
    "config/clusters/b/cluster.yaml": "not: [YAML\r\n",
    "config/clusters/a/cluster.yaml": "",
    "config/clusters/c/": "",
  });
  const { files, problems } = readClusterFiles(repo.path, settingsOf());
  assert.deepEqual(files, [
    { path: "config/clusters/a/cluster.yaml", text: "" },
    { path: "config/clusters/b/cluster.yaml", text: "not: [YAML\r\n" },
  ]);
  assert.deepEqual(problems.map(({ file }) => file), ["config/clusters/c"]);
});

Deno.test("readClusterFiles() says where a cluster's folder is a link, and passes over a linked file", async () => {
  await using repo = await tempFolder({
    "elsewhere/earth/cluster.yaml": "name: earth\nprovider: gcp\n",
    "config/clusters/mars/cluster.yaml": "name: mars\nprovider: gcp\n",
    "common.yaml": "",
  });
  await Deno.symlink("../../elsewhere/earth", `${repo.path}/config/clusters/earth`);
  await Deno.symlink("../../common.yaml", `${repo.path}/config/clusters/common.yaml`);
  const { files, problems } = readClusterFiles(repo.path, settingsOf());
  assert.deepEqual(files.map(({ path }) => path), ["config/clusters/mars/cluster.yaml"]);
  assert.deepEqual(problems.map(({ file }) => file), ["config/clusters/earth"]);
});

Deno.test("readClusterFiles() says where the folder of clusters has a name that no folder has", async () => {
  await using repo = await tempFolder();
  assert.throws(
    () => readClusterFiles(repo.path, { ...settingsOf(), clustersDir: "a".repeat(5_000) }),
    (error) =>
      error instanceof UserError && /^Cannot read the/.test(error.problems[0]?.message ?? ""),
  );
});
