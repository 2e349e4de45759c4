import assert from "node:assert/strict";
import fc from "fast-check";
import { buildChartGraph } from "../../src/plan/charts.ts";
import { chartAt as chart } from "./chart_arbitraries.ts";

const CHARTS = [
  chart("charts/base"),
  chart("charts/dask", "charts/base"),
  chart("charts/gpu", "charts/dask", "lib/common"),
  chart("charts/support"),
  chart("lib/common"),
];

const { reach, dependants, charts, chartsDir } = buildChartGraph("charts", CHARTS);

const reached = (path: string) => [...reach(path) ?? ["none"]].sort();

Deno.test("buildChartGraph() lists the charts", () => {
  assert.deepEqual([chartsDir, ...charts], ["charts", ...CHARTS]);
});

for (
  const [path, charts] of [
    ["charts/base/values.yaml", ["charts/base", "charts/dask", "charts/gpu"]],
    ["charts/dask/templates/a.yaml", ["charts/dask", "charts/gpu"]],
    ["charts/gpu/Chart.yaml", ["charts/gpu"]],
    ["lib/common/values.yaml", ["charts/gpu", "lib/common"]],
    // What its chart does not render.
    ["charts/base/docs/a.md", []],
    ...["charts/base", "charts/basement/x", "charts/x.yaml", "lib/x", "base/x"]
      .map((path) => [path, ["none"]] as const),
  ] as const
) {
  Deno.test(`ChartGraph.reach() gives the charts that ${path} is about`, () => {
    assert.deepEqual(reached(path), charts);
  });
}

Deno.test("ChartGraph.reach() counts what a chart does not render where all files count", () => {
  assert.equal(reach("charts/base/docs/a.md", "all files")?.size, 3);
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
