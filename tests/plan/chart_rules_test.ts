import assert from "node:assert/strict";
import fc from "fast-check";
import { buildChartGraph } from "../../src/plan/charts.ts";
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
import { chartAt, chartRepository } from "./chart_arbitraries.ts";
import { githubMatches, githubTriggers } from "./github_paths.ts";

const GRAPH = buildChartGraph("helm-charts", [
  chartAt("helm-charts/basehub"),
  chartAt("helm-charts/daskhub", "helm-charts/basehub"),
  chartAt("helm-charts/binderhub"),
  chartAt("helm-charts/support", "lib/metrics"),
  chartAt("lib/metrics"),
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
  ...["basehub", "daskhub", "binderhub", "support", "elsewhere"].map((chart) => (
    { name: chart, staging: false, valuesFiles: [], chart }
  )),
  { name: "any", staging: false, valuesFiles: [] },
];

function reached(decisions: readonly Decision[]): readonly string[] {
  return decisions.flatMap(({ rule, reach }) =>
    reach.kind === "some hubs"
      ? HUBS.filter(reach.includes).map(({ name }) => `${rule} ${name}`)
      : [reach.kind]
  );
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

const NO_CHARTS = buildChartGraph("helm-charts", []);
const SUPPORT_NEEDS_BASE = buildChartGraph("helm-charts", [
  ...[chartAt("helm-charts/basehub"), chartAt("helm-charts/support", "helm-charts/basehub")],
]);
const EVERY_CHART = { ...PATTERNS, allHubs: patterns("helm-charts/**") };

Deno.test("Rules.decide() goes by the patterns where there is no chart, and by both where charts are in them", () => {
  for (
    const [given, graph, path, expected] of [
      [PATTERNS, NO_CHARTS, "helm-charts/basehub/values.yaml", ["all hubs"]],
      [PATTERNS, NO_CHARTS, "helm-charts/support/README.md", ["all support charts"]],
      [PATTERNS, NO_CHARTS, "helm-charts/binderhub/values.yaml", []],
      [PATTERNS, undefined, "helm-charts/basehub/README.md", ["all hubs"]],
      [PATTERNS, undefined, "images/dask/Dockerfile", ["all hubs"]],
      [PATTERNS, undefined, "dashboards/a", ["all support charts"]],
      [PATTERNS, undefined, "helm-charts/binderhub/values.yaml", []],
      [EVERY_CHART, GRAPH, "helm-charts/support/a", ["all hubs", "all support charts"]],
      [EVERY_CHART, GRAPH, "helm-charts/binderhub/a", ["chart binderhub", ...UNKNOWN]],
      [{ ...PATTERNS, allHubs: [] }, SUPPORT_NEEDS_BASE, "helm-charts/basehub/a", [
        ...["chart basehub", "chart daskhub", "chart binderhub", "chart support", ...UNKNOWN],
        "all support charts",
      ]],
    ] as const
  ) {
    assert.deepEqual(reached(rulesFor(given, [], graph).decide(path)), expected, path);
  }
});

Deno.test("Rules.triggers has the folder of each chart, before the exceptions", () => {
  const excepted = { ...PATTERNS, allHubs: patterns("deployer/**", "!**/*.txt"), allSupport: [] };
  assert.deepEqual(rulesFor(excepted, [], GRAPH).triggers, [
    ...["deployer/**", "images/dask/**", "images/**", "dashboards/**", "elsewhere/**"],
    ...["basehub", "daskhub", "binderhub", "support"].map((name) => `helm-charts/${name}/**`),
    ...["lib/metrics/**", `${CLUSTERS_DIR}/**`, "!**/*.txt"],
  ]);
});

const FOLLOWING = { ...DEFAULT_PATTERNS, following: ["allHubs", "allSupport"] } as const;
const FLEET = [{
  ...fullCluster,
  hubs: ["binderhub", "gone"].map((chart) => (
    { name: chart, staging: false, valuesFiles: [], chart }
  )),
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
    const graph = buildChartGraph("helm-charts", [...GRAPH.charts, chartAt("helm-charts/other")]);
    const rules = rulesFor(FOLLOWING, FLEET, graph, "cluster");
    assert.deepEqual(rules.concerns(path) ? reached(rules.decide(path)) : undefined, expected);
    assert.equal(rules.mayReachAllClusters(path), true);
    const written = rulesFor({ ...FOLLOWING, following: [] }, FLEET, graph, "cluster");
    const isDefault = path === "helm-charts/basehub/values.yaml";
    assert.deepEqual(reached(written.decide(path)), isDefault ? ["all hubs"] : []);
  });
}

const MODES = [
  { precision: "hub", following: [], hasCharts: true },
  { precision: "cluster", following: ["allHubs", "allSupport"], hasCharts: true },
  { precision: "cluster", following: [], hasCharts: false },
] as const;
const TRIGGERS_ONLY = [[], patterns("helm-charts/**", "config/*")];

Deno.test("Rules.triggers starts the workflow exactly where the planner looks, or where it is told to", () => {
  const count = { started: 0, idle: 0, excepted: 0, byChart: 0, everywhere: 0, ignored: 0 };
  const some = fc.tuple(fc.constantFrom(...MODES), fc.constantFrom(...TRIGGERS_ONLY));
  fc.assert(
    fc.property(chartRepository, some, (repository, [mode, triggersOnly]) => {
      const { clusters, path } = repository;
      const { precision, following, hasCharts } = mode;
      const graph = hasCharts ? repository.graph : undefined;
      const given = { ...repository.patterns, following, triggersOnly };
      const byKeys = precision === "hub";
      const rules = rulesFor(given, clusters, graph, precision);
      const starts = githubTriggers(rules.triggers, path);
      const about = `${path} with ${rules.triggers.join(" ")}`;
      const isExcepted = [...given.allHubs, ...given.allSupport]
        .some(({ exception, glob }) => exception && githubMatches(path, glob));
      const isIdle = !isExcepted && triggersOnly.some(({ glob }) => githubMatches(path, glob));
      const concerns = rules.concerns(path);
      assert.equal(starts, concerns || isIdle, about);
      const input = inputOf({ clusters, changed: [path], rules, byKeys });
      const { support_and_staging, prod, notices } = plan(input);
      assert.equal(support_and_staging.length + prod.length + notices.length > 0, concerns, about);
      if (concerns) count.started++;
      else if (starts) count.idle++;
      else if (isExcepted) count.excepted++;

      const decisions = rules.decide(path);
      const everywhere = concerns && decisions.some(({ reach }) => !("cluster" in reach));
      const { mayReachAllClusters } = rulesFor(given, [], graph, precision);
      if (!hasCharts) {
        assert.equal(mayReachAllClusters(path), everywhere, path);
        assert.equal(rules.mayReachAllClusters(path), everywhere, path);
      } else if (everywhere) {
        assert.ok(mayReachAllClusters(path) && rules.mayReachAllClusters(path), path);
        count.everywhere++;
      } else if (byKeys && mayReachAllClusters(path)) {
        assert.ok(path.startsWith("helm-charts/") || graph?.reach(path)?.size === 0, path);
        count.ignored++;
      }
      if (decisions.some(({ rule }) => rule === "chart")) count.byChart++;
    }),
    { seed: 6, numRuns: 2_400 },
  );
  const { started, ...others } = count;
  assert.ok(started > 800 && started < 1_900, JSON.stringify(count));
  assert.ok(Object.values(others).every((some) => some > 20), JSON.stringify(count));
});
