import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultSettings } from "../../src/config/settings.ts";
import { Fleet } from "../../src/replay/fleet.ts";
import { LINK } from "../../src/repository/file_index.ts";
import { readText, walk } from "../../src/repository/files.ts";
import type { Link } from "../repository/memory_files.ts";
import { clusterFile, type Edits, history, versionsOf } from "./histories.ts";

const SETTINGS = defaultSettings("hubwright.config.ts");

const read = (id: string) => Promise.resolve(id);

/** Applies edits to a fleet; the id of a blob is its text here. */
function apply(fleet: Fleet, edits: Edits) {
  return fleet.apply(versionsOf(edits), read);
}

/** Everything that a fleet says. */
async function saidBy({ clusters, unreadable, files }: Fleet) {
  const paths = [...walk(files, "")].sort();
  return {
    clusters,
    unreadable: unreadable.map(({ file, message }) => `${file}: ${message}`).sort(),
    texts: await Promise.all(paths.map(async (path) => [path, await readText(files, path)])),
  };
}

Deno.test("Fleet says the same commit by commit as all at once", async () => {
  await fc.assert(
    fc.asyncProperty(history, async (pushes) => {
      const stepwise = new Fleet(SETTINGS);
      let files: Edits = {};
      for (const edits of pushes) {
        await apply(stepwise, edits);
        files = Object.fromEntries(
          Object.entries({ ...files, ...edits }).filter(([, text]) => text !== null),
        );
        const atOnce = new Fleet(SETTINGS);
        await apply(atOnce, files);
        assert.deepEqual(await saidBy(stepwise), await saidBy(atOnce));
      }
    }),
    { seed: 1, numRuns: 60 },
  );
});

const sound = (name: string) => `name: ${name}\nprovider: gcp\n`;
const EARTH = clusterFile("earth");
const SOUND = sound("earth");

/** What makes a cluster unreadable, with the file that is named, and how the message begins. */
const WRONG: readonly (readonly [edits: Edits, file: string, says: string])[] = [
  [{ [EARTH]: "a: [" }, EARTH, "Cannot parse it as YAML: "],
  [{ [EARTH]: "- a\n" }, EARTH, "Cannot read it: expected a mapping, found a list"],
  [
    { [EARTH]: `${SOUND}support: {helm_chart_values_files: ["../../a*.yaml"]}\n` },
    EARTH,
    'Cannot watch the file "config/a*.yaml"',
  ],
  [
    { [clusterFile("a-b")]: sound("a-b"), [clusterFile("a.b")]: sound("a.b") },
    clusterFile("a.b"),
    'Cannot tell the clusters "a-b" and "a.b" apart',
  ],
  [
    { "config/clusters/earth/prod.values.yaml": "" },
    "config/clusters/earth",
    "Cannot find its cluster.yaml",
  ],
];

Deno.test("Fleet leaves out a cluster whose cluster.yaml is wrong or missing, and no other", async () => {
  for (const [edits, file, says] of WRONG) {
    const fleet = new Fleet(SETTINGS);
    await apply(fleet, { [clusterFile("venus")]: sound("venus") });
    await apply(fleet, edits);
    const [unreadable, ...others] = fleet.unreadable;
    assert.deepEqual([unreadable?.file, others], [file, []]);
    assert.ok(unreadable?.message.startsWith(says), unreadable?.message);
    assert.ok(fleet.clusters.some(({ name }) => name === "venus"));
    assert.ok(!fleet.clusters.some((cluster) => cluster.file.startsWith(file)));
    await apply(fleet, Object.fromEntries(Object.keys(edits).map((path) => [path, null])));
    assert.deepEqual(fleet.unreadable, []);
  }
});

Deno.test("Fleet leaves out a cluster.yaml that is a submodule, or whose blob is missing", async () => {
  const fleet = new Fleet(SETTINGS);
  const none = () => Promise.resolve(undefined);
  await fleet.apply([{ path: EARTH, id: "x", mode: "160000" }], none);
  assert.deepEqual(fleet.unreadable, [{ file: EARTH, message: "Cannot read it: expected a file" }]);
  await fleet.apply([{ path: EARTH, id: "x", mode: "100644" }], none);
  assert.deepEqual(fleet.unreadable.map(({ file }) => file), ["config/clusters/earth"]);
});

/** Pushes, each with the lengths of cluster.yaml before and after, and the values files then. */
const LINKED: readonly (readonly [
  files: Readonly<Record<string, string | Link | null>>,
  versions: readonly string[],
  valuesFiles: readonly string[],
])[] = [
  [{ [EARTH]: SOUND, "config/clusters/earth/a.yaml": "" }, [`${EARTH}: - -> 26`], []],
  [{ [EARTH]: "name: [" }, [`${EARTH}: 26 -> 7`], []],
  [{ [EARTH]: null }, [`${EARTH}: 7 -> -`], []],
  [{ [EARTH]: { link: "../../../shared/earth.yaml" } }, [`${EARTH}: - -> -`], []],
  [{ "shared/earth.yaml": `${SOUND}support: {}` }, ["shared/earth.yaml: - -> 37"], []],
  [
    { "shared/earth.yaml": `${SOUND}support: {helm_chart_values_files: [../../../x/a.yaml]}` },
    ["shared/earth.yaml: 37 -> 81"],
    ["x/a.yaml"],
  ],
  [{ "x": { link: "y" } }, [], ["x/a.yaml", "x", "y/a.yaml"]],
  [{ "x": null, "x/a.yaml": "1" }, [], ["x/a.yaml"]],
  [{ [EARTH]: SOUND }, [`${EARTH}: 81 -> 26`], []],
  [{ "shared/earth.yaml": null }, [], []],
];

Deno.test("Fleet.apply() gives the versions of each cluster.yaml, links followed, whatever changes them", async () => {
  const fleet = new Fleet(SETTINGS);
  for (const [edits, expected, valuesFiles] of LINKED) {
    const files = Object.entries(edits).map(([path, file]) => {
      const isLink = typeof file === "object" && file !== null;
      const id = isLink ? file.link : file ?? undefined;
      return { path, id, mode: isLink ? LINK : "100644" };
    });
    const versions = await fleet.apply(files, read);
    const size = (text: string | undefined) => text?.length ?? "-";
    assert.deepEqual(
      versions.map(({ path, before, after }) => `${path}: ${size(before)} -> ${size(after)}`),
      expected,
    );
    assert.deepEqual(fleet.clusters[0]?.support?.valuesFiles ?? [], valuesFiles);
  }
});

Deno.test("Fleet parses again only what changed", async () => {
  let asked = 0;
  const isStaging = () => {
    asked++;
    return false;
  };
  const fleet = new Fleet({ ...SETTINGS, isStaging });
  const hubs = `${SOUND}hubs: [{name: prod}]\n`;
  await apply(fleet, { [EARTH]: hubs });
  for (const push of ["1", "2", "3"]) {
    await apply(fleet, { "config/clusters/earth/prod.values.yaml": push, "deployer/a.py": push });
    assert.equal(fleet.clusters.length, 1);
  }
  assert.equal(asked, 1);
});
