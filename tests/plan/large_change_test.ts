import assert from "node:assert/strict";
import { buildChartGraph } from "../../src/plan/charts.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import { decide } from "../../src/plan/decide.ts";
import type { PlanInput } from "../../src/plan/plan_input.ts";
import { type Cause, writeCauses } from "../../src/plan/reason.ts";
import { chartAt } from "./chart_arbitraries.ts";
import { CLUSTERS_DIR, DEFAULT_PATTERNS, inputOf, rulesFor } from "./arbitraries.ts";

const HUBS = 20;

/** Clusters whose hubs count how often somebody looks at them. */
function countingFleet(size: number, chart: string) {
  const count = { looks: 0 };
  const hub = (index: number) => ({
    name: `hub-${index}`,
    staging: index === 0,
    valuesFiles: [],
    get chart() {
      count.looks++;
      return chart;
    },
  });
  const clusters = Array.from({ length: size }, (_, index): Cluster => ({
    name: `cluster-${index}`,
    provider: "gcp",
    file: `${CLUSTERS_DIR}/cluster-${index}/cluster.yaml`,
    support: null,
    hubs: Array.from({ length: HUBS }, (_, hubIndex) => hub(hubIndex)),
  }));
  return { clusters, count };
}

function chartInput(clusters: readonly Cluster[], changed: readonly string[]): PlanInput {
  const graph = buildChartGraph("helm-charts", [
    ...["basehub", "lonely"].map((name) => chartAt(`helm-charts/${name}`)),
  ]);
  const rules = rulesFor(DEFAULT_PATTERNS, clusters, graph);
  return inputOf({ clusters, changed, rules, byKeys: true });
}

const filesOfChart = (chart: string, count: number) =>
  Array.from({ length: count }, (_, index) => `helm-charts/${chart}/templates/${index}.yaml`);

for (const chart of ["basehub", "lonely"]) {
  Deno.test(`decide() looks at each hub as often for 500 files of ${chart} as for one`, () => {
    const { clusters, count } = countingFleet(30, "basehub");
    decide(chartInput(clusters, filesOfChart(chart, 1)));
    const once = count.looks;
    decide(chartInput(clusters, filesOfChart(chart, 500)));
    assert.ok(once >= 30 * HUBS, `${once}`);
    assert.equal(count.looks - once, once);
  });
}

Deno.test("writeCauses() looks at causes that releases share once", () => {
  let looks = 0;
  const counting = (rule: string): Cause => ({
    rule,
    get subjects() {
      looks++;
      return ["deployer/a.py"];
    },
  });
  const causes = [counting("all hubs"), counting("chart"), counting("chart")];
  writeCauses([...causes]);
  const once = looks;
  for (let release = 0; release < 100; release++) writeCauses([...causes]);
  assert.ok(once > 0);
  assert.equal(looks, once);
});
