import assert from "node:assert/strict";
import fc from "fast-check";
import { buildChartGraph, type Chart } from "../../src/plan/charts.ts";
import type { Hub } from "../../src/plan/cluster.ts";
import { plan } from "../../src/plan/plan.ts";
import type { Decision } from "../../src/plan/decision.ts";
import {
  CLUSTERS_DIR,
  DEFAULT_PATTERNS,
  fullCluster,
  inputOf,
  patterns,
  rulesFor,
} from "./arbitraries.ts";
import { chartRepository } from "./chart_arbitraries.ts";
import { githubMatches, githubTriggers } from "./github_paths.ts";

const chart = (folder: string, ...dependencies: readonly string[]): Chart => ({
  folder,
  sources: [],
  dependencies,
  ignores: (path) => path.endsWith(".md"),
});

const GRAPH = buildChartGraph("helm-charts", [
  chart("helm-charts/basehub"),
  chart("helm-charts/daskhub", "helm-charts/basehub"),
  chart("helm-charts/binderhub"),
  chart("helm-charts/support", "lib/metrics"),
  chart("lib/metrics"),
]);

const PATTERNS = {
  ...DEFAULT_PATTERNS,
  charts: {
    daskhub: patterns("images/dask/**"),
    basehub: patterns("images/**"),
    support: patterns("dashboards/**"),
    elsewhere: patterns("elsewhere/**"),
  },
};

/** Hubs by the charts that they are releases of. */
const HUBS: readonly Hub[] = [
  ...["basehub", "daskhub", "binderhub", "support", "elsewhere"].map((chart): Hub => ({
    name: chart,
    staging: false,
    valuesFiles: [],
    chart,
  })),
  { name: "any", staging: false, valuesFiles: [] },
];

function reached(decisions: readonly Decision[]): readonly string[] {
  return decisions.flatMap(({ rule, reach }) => {
    const hubs = reach.kind === "some hubs" ? HUBS.filter(reach.includes) : [];
    return reach.kind === "some hubs" ? hubs.map(({ name }) => `${rule} ${name}`) : [reach.kind];
  });
}

/** Hubs for which hubwright cannot tell which chart they are of. */
const UNKNOWN = ["chart elsewhere", "chart any"];

for (
  const [path, expected] of [
    ["helm-charts/basehub/values.yaml", ["chart basehub", "chart daskhub", ...UNKNOWN]],
    ["helm-charts/daskhub/Chart.yaml", ["chart daskhub", ...UNKNOWN]],
    ["helm-charts/binderhub/values.yaml", ["chart binderhub", ...UNKNOWN]],
    ["helm-charts/support/values.yaml", ["chart support", "all support charts"]],
    ["lib/metrics/values.yaml", ["chart support", ...UNKNOWN, "all support charts"]],
    ["helm-charts/basehub/README.md", []],
    ["helm-charts/support/README.md", []],
    ["helm-charts/README.md", []],
    ["images/dask/Dockerfile", ["chart basehub", "chart daskhub", ...UNKNOWN]],
    ["images/base/Dockerfile", ["chart basehub", "chart daskhub", ...UNKNOWN]],
    ["dashboards/a.json", ["chart support", "all support charts"]],
    ["elsewhere/x", UNKNOWN],
    ["deployer/deploy.py", ["all hubs"]],
  ] as const
) {
  Deno.test(`Rules.decide() gives the hubs of the charts that ${path} is about`, () => {
    assert.deepEqual(reached(rulesFor(PATTERNS, [], GRAPH).decide(path)), expected);
  });
}

Deno.test("Rules.decide() goes by the patterns where a folder is no chart", () => {
  const graph = buildChartGraph("helm-charts", []);
  const { decide } = rulesFor(PATTERNS, [], graph);
  assert.deepEqual(reached(decide("helm-charts/basehub/values.yaml")), ["all hubs"]);
  assert.deepEqual(reached(decide("helm-charts/support/README.md")), ["all support charts"]);
  assert.deepEqual(reached(decide("helm-charts/binderhub/values.yaml")), []);
});

Deno.test("Rules.decide() gives all hubs for every path about a chart where there is no graph", () => {
  const { decide } = rulesFor(PATTERNS, []);
  for (const path of ["helm-charts/basehub/README.md", "images/dask/Dockerfile", "dashboards/a"]) {
    const expected = path === "dashboards/a" ? "all support charts" : "all hubs";
    assert.deepEqual(reached(decide(path)), [expected]);
  }
  assert.deepEqual(reached(decide("helm-charts/binderhub/values.yaml")), []);
});

Deno.test("Rules.decide() gives all hubs for a support chart that the config counts for them", () => {
  const both = { ...PATTERNS, allHubs: patterns("helm-charts/**") };
  const { decide } = rulesFor(both, [], GRAPH);
  assert.deepEqual(reached(decide("helm-charts/support/values.yaml")), [
    ...["all hubs", "all support charts"],
  ]);
  assert.deepEqual(reached(decide("helm-charts/binderhub/values.yaml")), [
    ...["chart binderhub", ...UNKNOWN],
  ]);
});

Deno.test("Rules.decide() follows from a chart to a support chart that depends on it", () => {
  const graph = buildChartGraph("helm-charts", [
    chart("helm-charts/basehub"),
    chart("helm-charts/support", "helm-charts/basehub"),
  ]);
  const { decide } = rulesFor({ ...PATTERNS, allHubs: [] }, [], graph);
  const decisions = reached(decide("helm-charts/basehub/values.yaml"));
  assert.ok(decisions.includes("all support charts") && decisions.includes("chart basehub"));
});

Deno.test("Rules.decide() shares one decision among the paths of a chart", () => {
  const { decide } = rulesFor(PATTERNS, [], GRAPH);
  const [one] = decide("helm-charts/daskhub/Chart.yaml");
  const [other] = decide("helm-charts/daskhub/values.yaml");
  assert.ok(one !== undefined && one === other);
});

Deno.test("Rules.triggers has the folder of each chart, before the exceptions", () => {
  const excepted = { ...PATTERNS, allHubs: patterns("deployer/**", "!**/*.txt"), allSupport: [] };
  assert.deepEqual(rulesFor(excepted, [], GRAPH).triggers, [
    ...["deployer/**", "images/dask/**", "images/**", "dashboards/**", "elsewhere/**"],
    ...["basehub", "daskhub", "binderhub", "support"].map((name) => `helm-charts/${name}/**`),
    ...["lib/metrics/**", `${CLUSTERS_DIR}/**`, "!**/*.txt"],
  ]);
});

Deno.test("Rules.concerns() leaves an exception alone in a chart's folder too", () => {
  const excepted = { ...PATTERNS, allHubs: patterns("!helm-charts/*/NOTES.txt") };
  const { concerns, mayReachAllClusters } = rulesFor(excepted, [], GRAPH);
  assert.equal(concerns("helm-charts/basehub/NOTES.txt"), false);
  assert.equal(mayReachAllClusters("helm-charts/basehub/NOTES.txt"), false);
  assert.equal(concerns("helm-charts/basehub/values.yaml"), true);
});

const FOLLOWING = { ...DEFAULT_PATTERNS, following: ["allHubs", "allSupport"] } as const;
const FLEET = [{
  ...fullCluster,
  hubs: ["binderhub", "gone"].map((chart) => ({
    name: chart,
    staging: false,
    valuesFiles: [],
    chart,
  })),
}];

for (
  const [path, expected] of [
    ["helm-charts/binderhub/values.yaml", ["all hubs"]],
    ["helm-charts/binderhub/README.md", ["all hubs"]],
    ["lib/metrics/values.yaml", ["all support charts"]],
    ["helm-charts/basehub/values.yaml", ["all hubs"]],
    ["helm-charts/other/values.yaml", undefined],
    ["helm-charts/README.md", undefined],
    ["helm-charts/gone/Chart.yaml", []],
  ] as const
) {
  Deno.test(`Rules.decide() follows by default the charts that hubs name: ${path}`, () => {
    const graph = buildChartGraph("helm-charts", [...GRAPH.charts, chart("helm-charts/other")]);
    const rules = rulesFor(FOLLOWING, FLEET, graph, "cluster");
    assert.deepEqual(rules.concerns(path) ? reached(rules.decide(path)) : undefined, expected);
    assert.equal(rules.mayReachAllClusters(path), true);
    const written = rulesFor({ ...FOLLOWING, following: [] }, FLEET, graph, "cluster");
    const isDefault = path === "helm-charts/basehub/values.yaml";
    assert.deepEqual(reached(written.decide(path)), isDefault ? ["all hubs"] : []);
  });
}

const MODES = [
  { precision: "hub", following: [] },
  { precision: "cluster", following: ["allHubs", "allSupport"] },
] as const;

Deno.test("Rules.triggers starts the workflow exactly where the planner looks, with charts too", () => {
  const count = { started: 0, excepted: 0, byChart: 0, followed: 0, everywhere: 0, ignored: 0 };
  fc.assert(
    fc.property(chartRepository, fc.constantFrom(...MODES), (repository, mode) => {
      const { clusters, graph, path } = repository;
      const patterns = { ...repository.patterns, following: mode.following };
      const byKeys = mode.precision === "hub";
      const rules = rulesFor(patterns, clusters, graph, mode.precision);
      const starts = githubTriggers(rules.triggers, path);
      const about = `${path} with ${rules.triggers.join(" ")}`;
      assert.equal(rules.concerns(path), starts, about);
      const input = inputOf({ clusters, changed: [path], rules, byKeys });
      const { support_and_staging, prod, notices } = plan(input);
      assert.equal(support_and_staging.length + prod.length + notices.length > 0, starts, about);
      if (starts) count.started++;
      else if (rules.triggers.some((glob) => githubMatches(path, glob))) count.excepted++;

      const everywhere = rules.decide(path).some(({ reach }) => !("cluster" in reach));
      const { mayReachAllClusters } = rulesFor(patterns, [], graph, mode.precision);
      if (everywhere && starts) {
        assert.ok(mayReachAllClusters(path) && rules.mayReachAllClusters(path), path);
        count.everywhere++;
      } else if (byKeys && mayReachAllClusters(path)) {
        assert.ok(path.startsWith("helm-charts/") || graph.reach(path)?.size === 0, path);
        count.ignored++;
      }
      if (rules.decide(path).some(({ rule }) => rule === "chart")) count.byChart++;
      const byPatterns = rulesFor(repository.patterns, clusters).decide(path);
      if (!byKeys && everywhere && byPatterns.length === 0) count.followed++;
    }),
    { seed: 6, numRuns: 1_500 },
  );
  const { started, excepted, byChart, followed, ...reached } = count;
  assert.ok(started > 375 && started < 1_425 && excepted > 15, JSON.stringify(count));
  assert.ok(byChart > 110 && followed > 20, JSON.stringify(count));
  assert.ok(reached.everywhere > 150 && reached.ignored > 7, JSON.stringify(count));
});
