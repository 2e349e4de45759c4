import assert from "node:assert/strict";
import fc from "fast-check";
import { buildChartGraph, type Chart } from "../../src/plan/charts.ts";

const chart = (folder: string, ...dependencies: readonly string[]): Chart => ({
  folder,
  sources: [],
  dependencies,
  ignores: (path) => path.endsWith(".md"),
});

const CHARTS = [
  chart("charts/base"),
  chart("charts/dask", "charts/base"),
  chart("charts/gpu", "charts/dask", "lib/common"),
  chart("charts/support"),
  chart("lib/common"),
];

const { reach, dependants, charts, chartsDir } = buildChartGraph("charts", CHARTS);

/** The charts that a path reaches, sorted. */
const reached = (path: string) => [...reach(path) ?? ["none"]].sort();

Deno.test("buildChartGraph() lists the charts", () => {
  assert.deepEqual([chartsDir, ...charts], ["charts", ...CHARTS]);
});

Deno.test("ChartGraph.reach() gives a chart and what depends on it, through others too", () => {
  assert.deepEqual(reached("charts/base/values.yaml"), [
    "charts/base",
    "charts/dask",
    "charts/gpu",
  ]);
  assert.deepEqual(reached("charts/dask/templates/a.yaml"), ["charts/dask", "charts/gpu"]);
  assert.deepEqual(reached("charts/gpu/Chart.yaml"), ["charts/gpu"]);
  assert.deepEqual(reached("lib/common/values.yaml"), ["charts/gpu", "lib/common"]);
});

Deno.test("ChartGraph.reach() gives no chart for what its chart does not render", () => {
  assert.deepEqual(reached("charts/base/docs/a.md"), []);
  assert.equal(reach("charts/base/docs/a.md", "all files")?.size, 3);
});

Deno.test("ChartGraph.reach() is undefined for what lies in no chart's folder", () => {
  for (const path of ["charts/base", "charts/basement/x", "charts/x.yaml", "lib/x", "base/x"]) {
    assert.equal(reach(path), undefined, path);
  }
});

Deno.test("ChartGraph.reach() gives both where a chart lies in another's folder", () => {
  const graph = buildChartGraph("charts", [
    chart("charts/outer", "charts/outer/inner"),
    { ...chart("charts/outer/inner"), ignores: (path) => path === "values.yaml" },
    chart("charts/other", "charts/outer/inner"),
  ]);
  const of = (path: string) => [...graph.reach(path) ?? []].sort();
  assert.deepEqual(of("charts/outer/inner/values.yaml"), ["charts/outer"]);
  assert.deepEqual(of("charts/outer/inner/a.md"), [
    "charts/other",
    "charts/outer",
    "charts/outer/inner",
  ]);
  assert.deepEqual(of("charts/outer/values.yaml"), ["charts/outer"]);
});

Deno.test("ChartGraph.dependants() ends where charts depend on each other in a circle", () => {
  const graph = buildChartGraph("charts", [
    chart("charts/a", "charts/b"),
    chart("charts/b", "charts/c"),
    chart("charts/c", "charts/a"),
    chart("charts/self", "charts/self"),
  ]);
  assert.equal(graph.dependants("charts/b").size, 3);
  assert.deepEqual([...graph.dependants("charts/self")], ["charts/self"]);
});

Deno.test("ChartGraph.dependants() takes a chart whose dependencies are unclear for one of all", () => {
  const graph = buildChartGraph("charts", [
    chart("charts/a"),
    { ...chart("charts/unclear"), dependencies: undefined },
    chart("charts/above", "charts/unclear"),
    chart("charts/apart"),
  ]);
  assert.deepEqual([...graph.dependants("charts/a")].sort(), [
    ...["charts/a", "charts/above", "charts/unclear"],
  ]);
});

Deno.test("ChartGraph.dependants() takes a folder that is no chart as it is", () => {
  assert.deepEqual([...dependants("charts/constructor")], ["charts/constructor"]);
});

Deno.test("ChartGraph.dependants() gives what a walk along the dependencies reaches", () => {
  const names = ["a", "b", "c", "d", "e"];
  const list = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 });
  fc.assert(
    fc.property(fc.tuple(...names.map(() => list)), fc.constantFrom(...names), (lists, name) => {
      const of = (index: number) => lists[index] ?? [];
      const graph = buildChartGraph(".", names.map((folder, index) => chart(folder, ...of(index))));
      const needs = (from: string, seen: readonly string[] = []): boolean =>
        from === name || (!seen.includes(from) &&
          of(names.indexOf(from)).some((to) => needs(to, [...seen, from])));
      assert.deepEqual([...graph.dependants(name)].sort(), names.filter((from) => needs(from)));
    }),
    { seed: 5, numRuns: 500 },
  );
});
