import assert from "node:assert/strict";
import fc from "fast-check";
import { buildChartGraph } from "../../src/plan/charts.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import { decide } from "../../src/plan/decide.ts";
import type { PlanInput } from "../../src/plan/plan_input.ts";
import { type Cause, Reasons } from "../../src/plan/reason.ts";
import {
  change,
  CLUSTERS_DIR,
  DEFAULT_PATTERNS,
  inputOf,
  labels,
  rulesFor,
} from "./arbitraries.ts";

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
  const chart = (name: string) => ({
    folder: `helm-charts/${name}`,
    sources: [],
    dependencies: [],
    ignores: () => false,
  });
  const graph = buildChartGraph("helm-charts", [chart("basehub"), chart("lonely")]);
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

Deno.test("ClusterReasons.any says whether anything on the cluster is upgraded", () => {
  const counts = { true: 0, false: 0 };
  fc.assert(
    fc.property(change, labels, ({ clusters, patterns, changed }, labels) => {
      const rules = rulesFor(patterns, clusters);
      const { clusters: decided } = decide(inputOf({
        clusters,
        changed,
        rules,
        labels,
      }));
      for (const { any, support, hubs } of decided) {
        counts[`${any}`]++;
        assert.equal(any, support.any || [...hubs.values()].some((hub) => hub.any));
      }
    }),
    { seed: 1, numRuns: 1_000 },
  );
  assert.ok(counts.true > 200 && counts.false > 200, JSON.stringify(counts));
});

const cause: fc.Arbitrary<Cause> = fc.record({
  rule: fc.constantFrom("all hubs", "chart", "hub entry"),
  subjects: fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1, maxLength: 5 }),
});

function reasonsFor(causes: readonly Cause[]): Reasons {
  const reasons = new Reasons();
  for (const of of causes) reasons.add(of);
  return reasons;
}

Deno.test("Reasons.toString() writes shared causes as it writes causes of its own", () => {
  const shared = fc.array(cause, { minLength: 1, maxLength: 4 }).chain((causes) =>
    fc.array(fc.array(fc.constantFrom(...causes), { maxLength: 4 }), { maxLength: 6 })
  );
  fc.assert(
    fc.property(shared, (releases) => {
      for (const causes of releases) {
        const own = causes.map((of) => ({ ...of }));
        assert.equal(String(reasonsFor(causes)), String(reasonsFor(own)));
      }
    }),
    { seed: 2, numRuns: 1_000 },
  );
});

Deno.test("Reasons.toString() looks at causes that releases share once", () => {
  let looks = 0;
  const counting = (rule: string): Cause => ({
    rule,
    get subjects() {
      looks++;
      return ["deployer/a.py"];
    },
  });
  const causes = [counting("all hubs"), counting("chart"), counting("chart")];
  String(reasonsFor(causes));
  const once = looks;
  for (let release = 0; release < 100; release++) String(reasonsFor(causes));
  assert.ok(once > 0);
  assert.equal(looks, once);
});
