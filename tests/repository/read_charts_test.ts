import assert from "node:assert/strict";
import { defaultSettings, type Settings } from "../../src/config/settings.ts";
import { readCharts } from "../../src/repository/read_charts.ts";
import type { ChartGraph } from "../../src/plan/charts.ts";
import { patterns } from "../plan/arbitraries.ts";
import { memoryFiles } from "./memory_files.ts";

const DEFAULTS = defaultSettings("hubwright.config.ts");
const SETTINGS = { ...DEFAULTS, chartsDir: "charts", precision: "hub" } as const;

async function graphOf(texts: Readonly<Record<string, string>>, settings: Settings = SETTINGS) {
  const { graph, problemsOf } = await readCharts(memoryFiles(texts), settings);
  assert.ok(graph !== undefined);
  const problems = problemsOf(graph.charts);
  return { ...graph, folders: graph.charts.map(({ folder }) => folder), problems };
}

/** A `Chart.yaml`, or a `requirements.yaml`, with dependencies at some places. */
const dependsOn = (...repositories: readonly string[]) =>
  `name: x\ndependencies:\n${
    repositories.map((at) => `  - {name: y, version: "1", repository: ${JSON.stringify(at)}}\n`)
      .join("")
  }`;

/** Which charts depend on one, that one left out. */
const above = ({ dependants }: Pick<ChartGraph, "dependants">, folder: string) =>
  [...dependants(folder)].filter((other) => other !== folder).sort();

Deno.test("readCharts() finds the folders with a Chart.yaml, in a folder of charts at any depth", async () => {
  for (const chartsDir of ["charts", "deploy/k8s/charts"]) {
    const graph = await graphOf({
      [`${chartsDir}/b/Chart.yaml`]: "name: b",
      [`${chartsDir}/a/Chart.yaml`]: "name: other",
      [`${chartsDir}/none/values.yaml`]: "",
      [`${chartsDir}/deep/er/Chart.yaml`]: "name: er",
      [`${chartsDir}/Chart.yaml`]: "name: charts",
      "elsewhere/c/Chart.yaml": "name: c",
    }, { ...SETTINGS, chartsDir });
    assert.equal(graph.chartsDir, chartsDir);
    assert.deepEqual(graph.folders, [`${chartsDir}/a`, `${chartsDir}/b`]);
  }
  const none = await graphOf({ "a/Chart.yaml": "name: a" });
  assert.deepEqual(none.folders, []);
  assert.equal(none.reach("charts/a/values.yaml"), undefined);
});

Deno.test("readCharts() reads dependencies by a path, of Chart.yaml and of requirements.yaml", async () => {
  const graph = await graphOf({
    "charts/base/Chart.yaml": "name: base",
    "charts/dask/Chart.yaml": dependsOn("https://example.org", "file://../base", "", "@alias"),
    "charts/old/Chart.yaml": "name: old",
    "charts/old/requirements.yaml": dependsOn("file://../base/./"),
    "charts/apart/Chart.yaml": dependsOn("https://example.org/file://../base"),
    "charts/merged/Chart.yaml":
      "at: &at {repository: file://../base}\ndependencies: [{name: base, <<: *at}]",
    "charts/named/Chart.yaml": "at: &at file://../base\ndependencies: [{repository: *at}]",
  });
  const names = ["dask", "merged", "named", "old"];
  assert.deepEqual(above(graph, "charts/base"), names.map((name) => `charts/${name}`));
  assert.deepEqual(above(graph, "charts/dask"), []);
});

Deno.test("readCharts() reads what charts depend on outside their folder, through others too", async () => {
  const graph = await graphOf({
    "charts/hub/Chart.yaml": dependsOn("file://../../lib/common"),
    "lib/common/Chart.yaml": dependsOn("file://../base"),
    "lib/base/Chart.yaml": "name: base",
    "lib/base/.helmignore": "*.md\n",
  });
  assert.deepEqual(graph.folders, ["charts/hub", "lib/common", "lib/base"]);
  assert.deepEqual(above(graph, "lib/base"), ["charts/hub", "lib/common"]);
  assert.equal(graph.reach("lib/base/README.md")?.size, 0);
  assert.equal(graph.reach("lib/base/values.yaml")?.size, 3);
});

Deno.test("readCharts() ends where charts depend on each other in a circle, whatever their names", async () => {
  const graph = await graphOf({
    "charts/__proto__/Chart.yaml": dependsOn("file://../constructor", "file://."),
    "charts/constructor/Chart.yaml": dependsOn("file://../../lib/c"),
    "lib/c/Chart.yaml": dependsOn("file://../../charts/__proto__"),
  });
  assert.deepEqual(above(graph, "charts/__proto__"), ["charts/constructor", "lib/c"]);
});

for (
  const [what, texts] of [
    ["is no YAML", { "Chart.yaml": "name: [" }],
    ["is empty", { "Chart.yaml": "" }],
    ["is text", { "Chart.yaml": "../base/Chart.yaml" }],
    ["has one key twice", { "Chart.yaml": "name: a\nname: a" }],
    ["has dependencies that are no list", { "Chart.yaml": "dependencies: {a: b}" }],
    ["has a dependency that is text", { "Chart.yaml": "dependencies: [base]" }],
    ["has a place that is a number", { "Chart.yaml": "dependencies: [{repository: 1}]" }],
    ["leaves the repository", { "Chart.yaml": dependsOn("file://../../../base") }],
    ["names the repository itself", { "Chart.yaml": dependsOn("file://../..") }],
    ["names a path from the root", { "Chart.yaml": dependsOn("file:///base") }],
    ["has requirements that are no YAML", { "Chart.yaml": "", "requirements.yaml": "[" }],
    ["names a folder that is no chart", { "Chart.yaml": dependsOn("file://../none") }],
  ] as const
) {
  Deno.test(`readCharts() lets a chart depend on all where it ${what}`, async () => {
    const own = Object.entries(texts).map(([name, text]) => [`charts/unclear/${name}`, text]);
    const graph = await graphOf({
      "charts/base/Chart.yaml": "name: base",
      ...Object.fromEntries(own),
    });
    assert.deepEqual(above(graph, "charts/base").includes("charts/unclear"), true);
    assert.deepEqual(above(graph, "charts/unclear").includes("charts/base"), false);
  });
}

Deno.test("readCharts() leaves out what .helmignore and inertChartFiles do, .helmignore never", async () => {
  const { reach } = await graphOf({
    "charts/a/Chart.yaml": "name: a",
    "charts/a/.helmignore": ".helmignore\n/ci/\n",
    "charts/b/Chart.yaml": "name: b",
  }, {
    ...SETTINGS,
    rules: { ...SETTINGS.rules, inertChartFiles: patterns("docs/**", "*.md", ".helmignore") },
  });
  const rendered = (path: string) => reach(`charts/${path}`)?.size === 1;
  assert.deepEqual(
    ["ci/x", "docs/x", "README.md", "docs", "templates/a.md", ".helmignore", "x/ci/y"]
      .filter((path) => rendered(`a/${path}`)),
    ["docs", "templates/a.md", ".helmignore", "x/ci/y"],
  );
  assert.equal(rendered("b/ci/x"), true);
});

Deno.test("readCharts() refuses folders that a path filter would read as a pattern", async () => {
  const texts = {
    "charts/a+b/Chart.yaml": "name: a",
    "charts/fine/Chart.yaml": dependsOn("file://../../lib/[x]"),
    "lib/[x]/Chart.yaml": "name: x",
  };
  const { problems } = await graphOf(texts);
  assert.deepEqual(problems.map(({ file }) => file), ["charts/a+b", "lib/[x]"]);
  for (const { message } of problems) assert.match(message, /^Cannot watch .*; rename it$/);
});
