import assert from "node:assert/strict";
import fc from "fast-check";
import type { ClusterFile } from "../../src/config/cluster_file.ts";
import { tryClusters } from "../../src/config/clusters.ts";
import { defaultSettings } from "../../src/config/settings.ts";
import { plan } from "../../src/plan/plan.ts";
import { relevantFiles } from "../../src/repository/relevant.ts";
import { inputOf } from "../plan/arbitraries.ts";
import { type Link, memoryFiles } from "./memory_files.ts";

const DIR = "config/clusters";

const file = (name: string, ...valuesFiles: readonly string[]): ClusterFile => ({
  path: `${DIR}/${name}/cluster.yaml`,
  text: `name: ${name}\nprovider: gcp\nhubs:\n  - name: staging\n    helm_chart_values_files:\n${
    valuesFiles.map((path) => `      - ${path}\n`).join("")
  }`,
});

const FILES = [
  file("earth", "common.values.yaml", "prod.values.yaml"),
  file("mars", "common.values.yaml", "../shared.values.yaml"),
  file("venus", "nested/venus.values.yaml"),
  file("pluto", String.raw`"\x2e\x2e/earth/prod.values.yaml"`),
];
const ALL = FILES.map(({ path }) => path.split("/").at(-2) ?? "");
const many = (path: (index: number) => string) =>
  Array.from({ length: 500 }, (_, index) => path(index));

/** The clusters that are kept where files change; one whose file holds an escape always is. */
const CHANGES: readonly (readonly [
  criterion: string,
  changed: readonly string[],
  kept: readonly string[],
])[] = [
  ["none where nothing changed", [], []],
  ["none that do not name what changed", ["README.md"], ["pluto"]],
  ["those that name what changed", [`${DIR}/earth/prod.values.yaml`], ["earth", "pluto"]],
  ["those in whose folder it lies", [`${DIR}/venus/nested/venus.values.yaml`], ["venus", "pluto"]],
  [
    "those whose own file changed, in order",
    ["venus", "earth"].map((name) => `${DIR}/${name}/cluster.yaml`),
    ["earth", "venus", "pluto"],
  ],
  ["those that may name a file elsewhere", [`${DIR}/shared.values.yaml`], ["mars", "pluto"]],
  [
    "all that name a file elsewhere where many names changed",
    [...many((index) => `docs/${index}.md`), `${DIR}/venus/nested/a.yaml`],
    ["mars", "venus", "pluto"],
  ],
  ["by a name once, however many have it", many((index) => `docs/${index}/index.md`), ["pluto"]],
  ...["a b.yaml", "it's.yaml", "é.yaml", 'a"b.yaml', "a\nb.yaml", "a#b", ""].map((name) =>
    [`all where YAML could write ${name} otherwise`, [`${DIR}/earth/${name}`], ALL] as const
  ),
];

/** Links, and the clusters that are kept since they may name a file behind one. */
const LINKS: readonly (readonly [Readonly<Record<string, string | Link>>, readonly string[]])[] = [
  [{ [`${DIR}/earth/prod.values.yaml`]: { link: "../x.yaml" } }, ["earth"]],
  [{ [`${DIR}/venus/nested/deep/er`]: { link: "../x" } }, ["venus"]],
  [{ [`${DIR}/shared.values.yaml`]: { link: "../../x.yaml" } }, ["mars"]],
  [{ [`${DIR}/shared.values.yaml`]: "" }, []],
];

Deno.test("relevantFiles() keeps the clusters that a change can concern, links followed", () => {
  const namesOf = (files: readonly ClusterFile[]) =>
    files.map(({ path }) => path.split("/").at(-2));
  const shared = { [`${DIR}/shared.values.yaml`]: "" };
  for (const [criterion, changed, kept] of CHANGES) {
    assert.deepEqual(namesOf(relevantFiles(FILES, changed, memoryFiles(shared))), kept, criterion);
  }
  for (const [links, kept] of LINKS) {
    const files = memoryFiles({ ...shared, ...links });
    assert.deepEqual(namesOf(relevantFiles(FILES.slice(0, 3), ["x.yaml"], files)), kept);
  }
  assert.deepEqual(namesOf(relevantFiles(FILES.slice(0, 3), ["x"], memoryFiles({}))), ["mars"]);
  const linked = { path: `${DIR}/pluto/cluster.yaml`, text: "", sources: ["x.yaml"] };
  assert.deepEqual(relevantFiles([linked], ["x.yaml"], memoryFiles({})), [linked]);
});

const CLUSTERS = ["earth", "earth-2", "mars"];
const NAMES = [
  ...["a.values.yaml", "b.values.yaml", "a", "a b.yaml", "é.yaml", "it's.yaml", "x#y.yaml"],
];

/** A values file, named as people and programs name them, in the YAML that they write. */
const valuesFile = fc.record({
  folder: fc.constantFrom(
    ...["", "./", "nested/", "../mars/", "../", "../../", "x/../", ".//", "../earth/"],
  ),
  name: fc.constantFrom(...NAMES),
  end: fc.constantFrom("", "", "", "/", "/."),
  style: fc.constantFrom("plain", "single", "double", "escaped", "folded"),
}).filter(({ folder, name }) => folder !== "../../" || !/['#]/.test(name)).map((how) => {
  const path = `${how.folder}${how.name}${how.end}`;
  return {
    plain: path,
    single: `'${path.replaceAll("'", "''")}'`,
    double: `"${path}"`,
    escaped: `"${path.replaceAll("a", String.raw`\x61`)}"`,
    folded: `>-\n        ${path}`,
  }[how.style];
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
  const isStaging = ({ name }: { readonly name: string }) => name === "staging";
  const settings = { ...defaultSettings("hubwright.config.ts"), isStaging };
  let upgrades = 0;
  let less = 0;
  fc.assert(
    fc.property(files, fc.array(changedFile, { maxLength: 3 }), (files, changed) => {
      const planOf = (parsed: readonly ClusterFile[]) => {
        const { clusters } = tryClusters(files, settings, { parsed });
        return plan(inputOf({ clusters, changed, patterns: { allHubs: [], allSupport: [] } }));
      };
      const kept = relevantFiles(files, changed, memoryFiles({}));
      const whole = planOf(files);
      assert.deepEqual(planOf(kept), whole);
      if (whole.support_and_staging.length > 0) upgrades++;
      if (kept.length < files.length) less++;
    }),
    { seed: 1, numRuns: 1_500 },
  );
  assert.ok(upgrades > 150 && less > 150, `${upgrades} upgrades, ${less} with files left out`);
});
