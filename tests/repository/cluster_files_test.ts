import assert from "node:assert/strict";
import { defaultSettings, type Settings } from "../../src/config/settings.ts";
import {
  clusterFolderOf,
  isClusterFile,
  readClusterFiles,
} from "../../src/repository/cluster_files.ts";
import { loadClusters } from "../../src/repository/load_repository.ts";
import { tempFolder } from "../temp_folder.ts";
import { userError } from "../user_error.ts";
import { type Link, memoryFiles } from "./memory_files.ts";

const DIR = "config/clusters";

const SETTINGS = defaultSettings("hubwright.config.ts");
/** The `cluster.yaml` files in some folders of clusters, by folder, and what is wrong. */
async function read(files: Readonly<Record<string, string | Link>>, config?: Partial<Settings>) {
  const below = Object.entries(files).map(([path, file]) => [`${DIR}/${path}`, file]);
  const found = await readClusterFiles(memoryFiles(Object.fromEntries(below)), {
    ...SETTINGS,
    ...config,
  });
  return {
    texts: Object.fromEntries(found.files.map(({ path, text }) => [path.split("/").at(-2), text])),
    sources: found.files.flatMap(({ sources = [] }) => sources),
    problems: [...found.problems, ...found.missing].map(({ file = "", message }) =>
      `${file.slice(DIR.length)}: ${message}`
    ),
  };
}

Deno.test("readClusterFiles() reads the file of each cluster's folder, links followed, and nothing else", async () => {
  const { texts, sources, problems } = await read({
    "mars/cluster.yaml": "not: [YAML\r\n",
    "earth/cluster.yaml": { link: "../shared/latest/earth.yaml" },
    "earth/staging.values.yaml": "1",
    "earth/nested/cluster.yaml": "2",
    "earth-2/cluster.yaml": "",
    "shared/latest": { link: "v2" },
    "shared/v2/earth.yaml": "name: earth\n",
    "cluster.yaml": "4",
    "schema.json": "5",
    "templates/cluster.yaml": "6",
  }, { ignoreClusters: ["templates", "shared"] });
  assert.deepEqual(Object.entries(texts), [
    ...[["earth", "name: earth\n"], ["earth-2", ""], ["mars", "not: [YAML\r\n"]],
  ]);
  const linked = ["earth/cluster.yaml", "shared/latest", "shared/v2/earth.yaml"];
  assert.deepEqual(sources, linked.map((path) => `${DIR}/${path}`));
  assert.deepEqual(problems, []);
});

const ASTRAY = "Cannot follow the link: it leads out of the repository, or in a circle; put a " +
  "file in its place";
const MISSING = "Cannot find its cluster.yaml: add one, delete the folder, or name it in " +
  '"ignoreClusters"';
const WRONG: readonly (readonly [Readonly<Record<string, string | Link>>, problem: string])[] = [
  [{ "a/x.yaml": "" }, `/a: ${MISSING}`],
  [{ "a/cluster.yaml": { link: "gone.yaml" } }, `/a: ${MISSING}`],
  [{ "a/cluster.yml": "" }, "/a: Cannot find its cluster.yaml: rename its cluster.yml"],
  [{ "a/cluster.yaml/x": "" }, "/a/cluster.yaml: Cannot read it: expected a file"],
  [{ "a/cluster.yaml": { link: "../../../../x" } }, `/a/cluster.yaml: ${ASTRAY}`],
  [{ "a/cluster.yaml": { link: "/x" } }, `/a/cluster.yaml: ${ASTRAY}`],
  [{ "a/cluster.yaml": { link: "cluster.yaml" } }, `/a/cluster.yaml: ${ASTRAY}`],
  [
    { "a": { link: "templates/x" }, "templates/x/cluster.yaml": "" },
    "/a: Cannot follow the link: git does not see what changes behind it; make it a folder, or " +
    'name it in "ignoreClusters"',
  ],
];

Deno.test("readClusterFiles() says what is wrong with a folder, and reads the others", async () => {
  for (const [files, problem] of WRONG) {
    const { texts, problems } = await read({ ...files, "fine/cluster.yaml": "1" });
    assert.deepEqual([texts, problems], [{ fine: "1" }, [problem]]);
  }
  const link = {
    "common.yaml": { link: "fine/x.yaml" },
    "fine/x.yaml": "",
    "fine/cluster.yaml": "",
  };
  assert.deepEqual((await read(link)).problems, []);
});

Deno.test("readClusterFiles() says where there is no folder of clusters, or a link", async () => {
  const none = "config/clusters: Cannot find the folder of clusters: expected a folder; set " +
    '"clustersDir" in';
  const link = "Cannot follow the link to the folder of clusters: GitHub compares";
  const wrong: readonly (readonly [Readonly<Record<string, string | Link>>, starts: string])[] = [
    [{}, none],
    [{ [DIR]: "" }, none],
    [{ [DIR]: { link: "../fleet" } }, `config/clusters: ${link}`],
    [{ "config": { link: "x" } }, `config: ${link}`],
  ];
  for (const [files, starts] of wrong) {
    const { message } = await userError(readClusterFiles(memoryFiles(files), SETTINGS));
    assert.ok(message.startsWith(starts), message);
  }
});

Deno.test("readClusterFiles() says in which commit there is none", async () => {
  const files = memoryFiles({ [`${DIR}/none/x.yaml`]: "" });
  const { missing } = await readClusterFiles({ ...files, where: " in c0ffee" }, SETTINGS);
  assert.match(missing[0]?.message ?? "", /^Cannot find its cluster\.yaml in c0ffee: add one/);
});

Deno.test("clusterFolderOf() and isClusterFile() know the paths of clusters", () => {
  const paths: Readonly<Record<string, readonly [folder: string | undefined, isFile: boolean]>> = {
    [`${DIR}/earth/cluster.yaml`]: [`${DIR}/earth`, true],
    [`${DIR}/earth/a/cluster.yaml`]: [`${DIR}/earth`, false],
    [`${DIR}/earth/a.yaml`]: [`${DIR}/earth`, false],
    [`${DIR}/templates/cluster.yaml`]: [undefined, false],
    [`${DIR}/cluster.yaml`]: [undefined, false],
    "config/clusters-2/earth/cluster.yaml": [undefined, false],
    "elsewhere/config/clusters/earth/cluster.yaml": [undefined, false],
  };
  for (const [path, expected] of Object.entries(paths)) {
    const found = [clusterFolderOf(path, SETTINGS), isClusterFile(path, SETTINGS)];
    assert.deepEqual(found, expected, path);
  }
});

const cluster = (name: string, valuesFile = "a.yaml") =>
  `name: ${name}\nprovider: gcp\nhubs: [{name: staging, helm_chart_values_files: [${valuesFile}]}]\n`;

Deno.test("loadClusters() reads the clusters of the config's folder, links followed", async () => {
  await using repo = await tempFolder({
    "a/b/earth/cluster.yaml": cluster("earth"),
    "shared/x.yaml": "1",
  });
  await Deno.symlink("../../../shared/x.yaml", `${repo.path}/a/b/earth/a.yaml`);
  const [earth, ...others] = await loadClusters(repo.path, { ...SETTINGS, clustersDir: "a/b" });
  assert.deepEqual(others, []);
  assert.deepEqual([earth?.name, earth?.file], ["earth", "a/b/earth/cluster.yaml"]);
  assert.deepEqual(earth?.hubs, [
    { name: "staging", staging: true, valuesFiles: ["a/b/earth/a.yaml", "shared/x.yaml"] },
  ]);
});

Deno.test("loadClusters() says at once what is wrong with several clusters", async () => {
  await using repo = await tempFolder({
    [`${DIR}/earth/x.yaml`]: "",
    [`${DIR}/mars/cluster.yaml`]: "name: mars\n\tprovider: gcp\n",
    [`${DIR}/venus/cluster.yaml`]: cluster("mars"),
    [`${DIR}/pluto/cluster.yaml`]: cluster("pluto"),
  });
  await Deno.symlink("/etc/hostname", `${repo.path}/${DIR}/pluto/a.yaml`);
  const { message } = await userError(loadClusters(repo.path, SETTINGS));
  assert.deepEqual(message.split("\n").map((line) => line.split(": ")[0]).sort(), [
    `${DIR}/earth`,
    `${DIR}/mars/cluster.yaml:2:1`,
    `${DIR}/pluto/cluster.yaml:3:50`,
    `${DIR}/venus/cluster.yaml:1:7`,
  ]);
  assert.match(
    message,
    /Cannot use the values file "a\.yaml": the link config\/clusters\/pluto\/a\.yaml leads out of/,
  );
});
