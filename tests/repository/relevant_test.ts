import assert from "node:assert/strict";
import fc from "fast-check";
import type { ClusterFile } from "../../src/config/cluster_file.ts";
import { parseClusters } from "../../src/config/clusters.ts";
import type { HubEntry } from "../../src/config/config.ts";
import { relevantFiles } from "../../src/repository/relevant.ts";
import { plan } from "../../src/plan/plan.ts";
import { inputOf, rulesFor } from "../plan/arbitraries.ts";
import { type Link, memoryFiles } from "./memory_files.ts";

const file = (name: string, ...valuesFiles: readonly string[]): ClusterFile => ({
  path: `config/clusters/${name}/cluster.yaml`,
  text: `name: ${name}\nprovider: gcp\nhubs:\n  - name: staging\n    helm_chart_values_files:\n${
    valuesFiles.map((path) => `      - ${path}\n`).join("")
  }`,
});

const SHARED = { "config/clusters/shared.values.yaml": "" };

/** The names of the clusters whose files matter. */
function relevant(files: readonly ClusterFile[], ...changed: readonly string[]): readonly string[] {
  return relevantFiles(files, changed, memoryFiles(SHARED))
    .map(({ path }) => path.split("/").at(-2) ?? "");
}

const FILES = [
  file("earth", "common.values.yaml", "prod.values.yaml"),
  file("mars", "common.values.yaml", "../shared.values.yaml"),
  file("venus", "nested/venus.values.yaml"),
];

Deno.test("relevantFiles() leaves out the clusters that do not name what changed", () => {
  assert.deepEqual(relevant(FILES, "config/clusters/earth/prod.values.yaml"), ["earth"]);
  assert.deepEqual(relevant(FILES, "config/clusters/venus/nested/venus.values.yaml"), ["venus"]);
  assert.deepEqual(relevant(FILES, "README.md"), []);
  assert.deepEqual(relevant(FILES), []);
});

Deno.test("relevantFiles() keeps the clusters whose own file changed, in order", () => {
  const changed = ["venus", "earth"].map((name) => `config/clusters/${name}/cluster.yaml`);
  assert.deepEqual(relevant(FILES, ...changed), ["earth", "venus"]);
});

Deno.test("relevantFiles() keeps the clusters that may name a file elsewhere", () => {
  assert.deepEqual(relevant(FILES, "config/clusters/shared.values.yaml"), ["mars"]);
});

Deno.test("relevantFiles() keeps all where YAML could write the name otherwise", () => {
  for (const name of ["a b.yaml", "it's.yaml", "é.yaml", 'a"b.yaml', "a\nb.yaml", "a#b", ""]) {
    const changed = `config/clusters/earth/${name}`;
    assert.deepEqual(relevant(FILES, changed), ["earth", "mars", "venus"], name);
  }
});

Deno.test("relevantFiles() keeps a cluster whose file holds an escape", () => {
  const escaped = file("pluto", String.raw`"\x2e\x2e/earth/prod.values.yaml"`);
  const changed = "config/clusters/earth/prod.values.yaml";
  assert.deepEqual(relevant([...FILES, escaped], changed), ["earth", "pluto"]);
});

Deno.test("relevantFiles() keeps all clusters that name a file elsewhere where many changed", () => {
  const many = Array.from({ length: 500 }, (_, index) => `docs/${index}.md`);
  const changed = [...many, "config/clusters/venus/nested/a.yaml"];
  assert.deepEqual(relevant(FILES, ...changed), ["mars", "venus"]);
});

Deno.test("relevantFiles() looks for a name once, however many files have it", () => {
  const many = Array.from({ length: 500 }, (_, index) => `docs/${index}/index.md`);
  assert.deepEqual(relevant(FILES, ...many), []);
  assert.deepEqual(relevant(FILES, ...many, "config/clusters/shared.values.yaml"), ["mars"]);
});

const LINKS: readonly (readonly [Readonly<Record<string, string | Link>>, readonly string[]])[] = [
  [SHARED, []],
  [{ ...SHARED, "config/clusters/earth/prod.values.yaml": { link: "../x.yaml" } }, ["earth"]],
  [{ ...SHARED, "config/clusters/venus/nested/deep/er": { link: "../x" } }, ["venus"]],
  [{ "config/clusters/shared.values.yaml": { link: "../../x.yaml" } }, ["mars"]],
  [{}, ["mars"]],
];

Deno.test("relevantFiles() keeps the clusters that may name a file behind a link", () => {
  for (const [files, expected] of LINKS) {
    const kept = relevantFiles(FILES, ["x.yaml"], memoryFiles(files));
    assert.deepEqual(kept.map(({ path }) => path.split("/").at(-2)), expected);
  }
  const linked = { path: "config/clusters/pluto/cluster.yaml", text: "", sources: ["x.yaml"] };
  assert.deepEqual(relevantFiles([linked], ["x.yaml"], memoryFiles({})), [linked]);
});

const CLUSTERS = ["earth", "earth-2", "mars"];
const NAMES = [
  "a.values.yaml",
  "b.values.yaml",
  "a",
  "a b.yaml",
  "é.yaml",
  "it's.yaml",
  "x#y.yaml",
];

/** A values file, named as people and programs name them, in the YAML that they write. */
const valuesFile = fc.record({
  folder: fc.constantFrom(
    "",
    "./",
    "nested/",
    "../mars/",
    "../",
    "../../",
    "x/../",
    ".//",
    "../earth/",
  ),
  name: fc.constantFrom(...NAMES),
  end: fc.constantFrom("", "", "", "/", "/."),
  style: fc.constantFrom("plain", "single", "double", "escaped", "folded"),
}).filter(({ folder, name }) => folder !== "../../" || !/['#]/.test(name)).map((how) => {
  const { folder, name, end, style } = how;
  const path = `${folder}${name}${end}`;
  switch (style) {
    case "plain":
      return path;
    case "single":
      return `'${path.replaceAll("'", "''")}'`;
    case "double":
      return `"${path}"`;
    case "escaped":
      return `"${path.replaceAll("a", String.raw`\x61`)}"`;
    case "folded":
      return `>-\n        ${path}`;
  }
});

const files = fc.tuple(
  ...CLUSTERS.map((name) =>
    fc.array(valuesFile, { maxLength: 3 }).map((paths) => file(name, ...paths))
  ),
);

const changedFile = fc.tuple(
  fc.constantFrom(
    ...CLUSTERS.map((name) => `config/clusters/${name}/`),
    ...["config/clusters/earth/nested/", "config/clusters/", "config/", "", "deployer/"],
  ),
  fc.constantFrom(...NAMES, "cluster.yaml"),
).map((parts) => parts.join(""));

Deno.test("relevantFiles() gives the plan that all files would give", () => {
  const settings = {
    file: "hubwright.config.ts",
    clustersDir: "config/clusters",
    isStaging: (hub: HubEntry) => hub.name === "staging",
  };
  let upgrades = 0;
  let less = 0;
  fc.assert(
    fc.property(files, fc.array(changedFile, { maxLength: 3 }), (files, changed) => {
      const planOf = (parsed: readonly ClusterFile[]) => {
        const clusters = parseClusters(files, settings, { parsed });
        const rules = rulesFor({ allHubs: [], allSupport: [] }, clusters);
        return plan(inputOf({ clusters, changed, rules }));
      };
      const kept = relevantFiles(files, changed, memoryFiles({}));
      const whole = planOf(files);
      assert.deepEqual(planOf(kept), whole);
      if (whole.support_and_staging.length > 0) upgrades++;
      if (kept.length < files.length) less++;
    }),
    { seed: 1, numRuns: 3_000 },
  );
  assert.ok(upgrades > 300 && less > 300, `${upgrades} upgrades, ${less} with files left out`);
});
