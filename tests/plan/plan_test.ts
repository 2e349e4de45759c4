import assert from "node:assert/strict";
import fc from "fast-check";
import type { Cluster } from "../../src/plan/cluster.ts";
import { RULE_IDS } from "../../src/plan/decision.ts";
import type { LabelEffects } from "../../src/plan/labels.ts";
import type { PlanInput } from "../../src/plan/plan_input.ts";
import { plan } from "../../src/plan/plan.ts";
import { Plan } from "../../src/plan/schema.ts";
import {
  change,
  DEFAULT_PATTERNS,
  inputOf,
  labels as someLabels,
  patterns,
  type Repository,
  rulesFor,
} from "./arbitraries.ts";
import { githubMatches } from "./github_paths.ts";

/** A cluster whose hubs have a values file each, and those that are given. */
function clusterOf(
  name: string,
  provider: string,
  hubs: Readonly<Record<string, readonly string[]>>,
): Cluster {
  const fileOf = (file: string) => `config/clusters/${name}/${file}`;
  return {
    ...{ name, provider, file: fileOf("cluster.yaml") },
    support: { valuesFiles: [fileOf("support.values.yaml")] },
    hubs: Object.entries(hubs).map(([hub, more]) => ({
      name: hub,
      staging: hub.includes("staging"),
      valuesFiles: [`${hub}.values.yaml`, ...more].map(fileOf),
    })),
  };
}

const COMMON = ["common.values.yaml"];
const earth = clusterOf("earth", "gcp", { staging: COMMON, prod: COMMON, demo: [] });
const MARS_SUPPORT = "config/clusters/mars/support.values.yaml";
/** No staging hub. */
const mars = clusterOf("mars", "aws", { prod: [] });
/** Three staging hubs, one per chart, and no support chart. */
const venus = {
  ...clusterOf("venus", "kubeconfig", {
    ...{ staging: [], prod: [], "dask-staging": [], "r-staging": [] },
  }),
  support: null,
};
/** Neither a support chart nor hubs. */
const pluto = { ...clusterOf("pluto", "gcp", {}), support: null };

const ALL = [earth, mars, venus];
const REPOSITORY: Repository = { clusters: ALL, patterns: DEFAULT_PATTERNS };

function planOf(
  repository: Repository,
  changed: PlanInput["changed"],
  labels: Partial<LabelEffects> = {},
): Plan {
  return plan(inputOf({ ...repository, changed, labels }));
}

/** The releases of a plan as `cluster`, for a support chart, and `cluster/hub`. */
function releases({ support_and_staging, prod }: Plan): readonly string[] {
  return [
    ...support_and_staging.flatMap((row) => [
      ...row.upgrade_support ? [row.cluster_name] : [],
      ...[...row.addons ?? [], ...row.staging_hubs].map((name) => `${row.cluster_name}/${name}`),
    ]),
    ...prod.map((row) => `${row.cluster_name}/${row.hub_name}`),
  ];
}

/** Every release of the plan with the reason beside it. */
function reasons({ support_and_staging, prod }: Plan): readonly (readonly [boolean, string])[] {
  return [
    ...support_and_staging.flatMap((row) => [
      [row.upgrade_support, row.support_reason] as const,
      [row.staging_hubs.length > 0, row.staging_reason] as const,
      [(row.addons ?? []).length > 0, row.addons_reason ?? ""] as const,
    ]),
    ...prod.map((row) => [true, row.reason] as const),
  ];
}

function assertReleases(plan: Plan, expected: readonly string[]): void {
  assert.deepEqual([...releases(plan)].sort(), [...expected].sort());
}

const ALL_HUBS = ALL.flatMap(({ name, hubs }) => hubs.map((hub) => `${name}/${hub.name}`));

const TABLE: readonly [changed: string, upgraded: readonly string[], rule: string][] = [
  [earth.file, ["earth", "earth/staging", "earth/prod", "earth/demo"], "cluster file"],
  [venus.file, ALL_HUBS.slice(4), "cluster file"],
  ["helm-charts/basehub/values.yaml", ALL_HUBS, "all hubs"],
  ["deployer/commands/deploy.py", ALL_HUBS, "all hubs"],
  ["helm-charts/support/values.yaml", ["earth", "mars"], "all support charts"],
  ["config/clusters/earth/staging.values.yaml", ["earth/staging"], "hub values file"],
  ["config/clusters/earth/support.values.yaml", ["earth"], "support values file"],
  ["config/clusters/mars/prod.values.yaml", ["mars/prod"], "hub values file"],
  ["config/clusters/earth/common.values.yaml", ["earth/staging", "earth/prod"], "hub values file"],
  ["config/clusters/venus/prod.values.yaml", ALL_HUBS.slice(4), "hub values file"],
];

for (const [changed, upgraded, rule] of TABLE) {
  Deno.test(`plan() upgrades what ${changed} decides, with the file and the rule`, () => {
    const result = planOf(REPOSITORY, [changed]);
    assertReleases(result, upgraded);
    for (const [planned, reason] of reasons(result)) {
      // A staging hub may be planned because of a prod hub as well, or alone.
      const [first = ""] = reason.split("; ");
      if (first.endsWith("(rule: staging before prod)")) continue;
      assert.equal(first.replace(/^[\w-]+: /, ""), planned ? `${changed} (rule: ${rule})` : "");
    }
    for (const { reason } of result.prod) assert.equal(reason, `${changed} (rule: ${rule})`);
  });
}

Deno.test("plan() upgrades a prod hub's staging hub first, because of the prod hub", () => {
  const { support_and_staging, prod } = planOf(REPOSITORY, [
    "config/clusters/earth/demo.values.yaml",
  ]);
  assert.deepEqual(support_and_staging, [{
    cluster_name: "earth",
    provider: "gcp",
    upgrade_support: false,
    support_reason: "",
    staging_hubs: ["staging"],
    staging_reason: "demo (rule: staging before prod)",
  }]);
  assert.deepEqual(prod, [{
    cluster_name: "earth",
    provider: "gcp",
    hub_name: "demo",
    reason: "config/clusters/earth/demo.values.yaml (rule: hub values file)",
  }]);
});

Deno.test("plan() gives staging hubs of one leg a reason each where they differ", () => {
  const [leg] = planOf(REPOSITORY, [
    "config/clusters/venus/r-staging.values.yaml",
    "config/clusters/venus/staging.values.yaml",
  ]).support_and_staging;
  assert.equal(
    leg?.staging_reason,
    "r-staging: config/clusters/venus/r-staging.values.yaml (rule: hub values file); " +
      "staging: config/clusters/venus/staging.values.yaml (rule: hub values file)",
  );
});

const TEMPLATE = "config/clusters/templates/cluster.yaml";
const nothingFor = (path: string) => [`There is nothing to upgrade for ${path}`];

/** What a plan says beside the upgrades. */
const NOTICES: readonly (readonly [
  criterion: string,
  clusters: readonly Cluster[],
  changed: readonly string[],
  upgraded: readonly string[],
  notices: readonly string[],
])[] = [
  ["nothing for no change", ALL, [], [], []],
  ["nothing of files that no rule looks at", ALL, ["README.md", "terraform/a.tf"], [], []],
  ["that nothing gates a cluster", ALL, ["config/clusters/mars/prod.values.yaml"], ["mars/prod"], [
    "Cluster mars has no staging hub: nothing gates its prod hubs in this plan",
  ]],
  ["that support alone gates a cluster", ALL, [mars.file], ["mars", "mars/prod"], [
    "Cluster mars has no staging hub: its support upgrade alone gates its prod hubs",
  ]],
  ["nothing of it where no prod hub is planned", ALL, [MARS_SUPPORT], ["mars"], []],
  ["which files no rule covers", ALL, [TEMPLATE, "config/clusters/earth/x.yaml"], [], [
    `No rule covers config/clusters/earth/x.yaml, ${TEMPLATE}`,
  ]],
  ["of a cluster with nothing to upgrade", [pluto], [pluto.file], [], nothingFor(pluto.file)],
  ...[
    { path: "helm-charts/support/values.yaml", clusters: [venus, pluto] },
    { path: "deployer/a.py", clusters: [{ ...earth, hubs: [] }, pluto] },
    { path: "helm-charts/basehub/values.yaml", clusters: [] },
  ].map(({ path, clusters }) =>
    [`that no cluster needs ${path}`, clusters, [path], [], nothingFor(path)] as const
  ),
  [
    "so of such files alone",
    [pluto, mars],
    ["deployer/a.py", "helm-charts/support/values.yaml", TEMPLATE, pluto.file],
    ["mars", "mars/prod"],
    [
      `No rule covers ${TEMPLATE}`,
      ...nothingFor(pluto.file),
      "Cluster mars has no staging hub: its support upgrade alone gates its prod hubs",
    ],
  ],
];

for (const [criterion, clusters, changed, upgraded, notices] of NOTICES) {
  Deno.test(`plan() says ${criterion}`, () => {
    const result = planOf({ ...REPOSITORY, clusters }, changed);
    assertReleases(result, upgraded);
    assert.deepEqual(result.notices, notices.map((message) => ({ level: "notice", message })));
  });
}

Deno.test("plan() says that earlier waves gate a cluster, where anything of them is planned", () => {
  const said = (...changed: readonly string[]) =>
    plan(inputOf({
      patterns: DEFAULT_PATTERNS,
      clusters: ALL,
      changed,
      waves: [patterns("earth"), patterns("*")],
    })).notices.map(({ message }) => message);
  const hub = "config/clusters/mars/prod.values.yaml";
  const alone = "Cluster mars has no staging hub: nothing gates its prod hubs in this plan";
  assert.deepEqual(said(hub), [alone]);
  assert.deepEqual(said(hub, earth.file), [
    "Cluster mars has no staging hub: earlier waves alone gate its prod hubs",
  ]);
  assert.deepEqual(said(mars.file, earth.file), [
    "Cluster mars has no staging hub: its support upgrade and earlier waves alone gate its prod hubs",
  ]);
});

Deno.test("plan() passes base and head on", () => {
  const ends = { base: "abc", head: "def" };
  const nothing = { version: 1, support_and_staging: [], prod: [], notices: [] };
  assert.deepEqual(plan(inputOf(ends)), { ...nothing, ...ends });
});

Deno.test("plan() is silent about a file that one rule reaches nothing for and another does", () => {
  const shared = "config/shared.values.yaml";
  const result = planOf({
    clusters: [{ ...earth, support: { valuesFiles: [shared] }, hubs: [] }],
    patterns: { ...DEFAULT_PATTERNS, allHubs: patterns(shared) },
  }, [shared]);
  assertReleases(result, ["earth"]);
  assert.deepEqual(result.notices, []);
});

Deno.test("plan() names every rule and file that decides about one release", () => {
  const { prod } = planOf(REPOSITORY, [
    "deployer/b.py",
    "config/clusters/mars/prod.values.yaml",
    "deployer/a.py",
    "deployer/a.py",
    mars.file,
  ]);
  assert.equal(
    prod.find((row) => row.cluster_name === "mars")?.reason,
    "deployer/a.py, deployer/b.py (rule: all hubs); " +
      "config/clusters/mars/cluster.yaml (rule: cluster file); " +
      "config/clusters/mars/prod.values.yaml (rule: hub values file)",
  );
});

Deno.test("plan() lets no name of a file or a label hide, reorder or command anything", () => {
  const everywhere = { clusters: ALL, patterns: { allHubs: patterns("**"), allSupport: [] } };
  const hidden = "a\n\r\u001b\u202e\u200b\u2028\ud800";
  const plans = [
    ...[`deployer/${hidden}`, `config/clusters/${hidden}`].map((path) =>
      planOf(REPOSITORY, [path])
    ),
    ...(["deployHubs", "skipDeploy", "skipDeployHubs"] as const)
      .map((label) => planOf(REPOSITORY, [], { [label]: hidden })),
    ...["::error::x", "  ::error::x", "##[group]x", "a##[group]x"]
      .map((path) => planOf(everywhere, [path])),
  ];
  for (const result of plans) {
    const texts = [
      ...reasons(result).filter(([planned]) => planned).map(([, reason]) => reason),
      ...result.notices.map(({ message }) => message),
    ];
    assert.ok(texts.some((text) => /\\n|"|x/.test(text)), texts.join());
    for (const text of texts) assert.doesNotMatch(text, /[\p{C}\p{Zl}\p{Zp}]|^\s*::|##\[/u);
  }
});

/** What labels do to a change of all hubs and of earth's cluster.yaml, and to an unknown one. */
const LABELS: readonly [
  labels: Partial<LabelEffects>,
  changed: PlanInput["changed"],
  upgraded: readonly string[],
  messages: readonly string[],
  reason?: string,
][] = [
  [{ skipDeploy: "a", deployHubs: "b", deploySupport: "c" }, ["deployer/a.py", earth.file], [], [
    "The label a skips everything",
  ]],
  [{ skipDeployHubs: "a" }, [earth.file], ["earth"], ["The label a skips all hubs"]],
  [{ skipDeploy: "a" }, { everything: "no base" }, [], [
    ...["Everything may have changed: no base", "The label a skips everything"],
  ]],
  [{}, { everything: "no base" }, ["earth", "mars", ...ALL_HUBS], [
    "Everything may have changed: no base",
    "Cluster mars has no staging hub: its support upgrade alone gates its prod hubs",
  ], '"no base" (rule: unknown base)'],
  [{ deploySupport: "a" }, [], ["earth", "mars"], [], "a (rule: label)"],
  [{ deployHubs: "a" }, [], ALL_HUBS, [
    "Cluster mars has no staging hub: nothing gates its prod hubs in this plan",
  ], "a (rule: label)"],
];

for (const [labels, changed, upgraded, messages, reason = ""] of LABELS) {
  Deno.test(`plan() upgrades for ${JSON.stringify([labels, changed])}, and says why`, () => {
    const result = planOf(REPOSITORY, changed, labels);
    assertReleases(result, upgraded);
    assert.deepEqual(result.notices.map(({ message }) => message), messages);
    for (const [planned, text] of reasons(result)) if (planned) assert.ok(text.includes(reason));
  });
}

/** The releases of a change by the design's table, written down a second time. */
function releasesByTable(
  { clusters, patterns }: Repository,
  changed: readonly string[] | null,
  labels: LabelEffects,
): readonly string[] {
  if (labels.skipDeploy !== null) return [];
  const all = [...patterns.allHubs, ...patterns.allSupport];
  const counts = (changed ?? []).filter((path) =>
    !all.some((pattern) => pattern.exception && githubMatches(path, pattern.glob))
  );
  const matching = (rules: Repository["patterns"]["allHubs"]) =>
    rules.some((rule) => !rule.exception && counts.some((path) => githubMatches(path, rule.glob)));
  return clusters.flatMap((cluster) => {
    const whole = changed === null || counts.includes(cluster.file);
    const named = (files: readonly string[] = []) => files.some((file) => counts.includes(file));
    const support = cluster.support !== null &&
      (whole || labels.deploySupport !== null || matching(patterns.allSupport) ||
        named(cluster.support.valuesFiles));
    const addons = (cluster.addons ?? []).filter(({ valuesFiles }) =>
      whole || labels.deploySupport !== null || named(valuesFiles)
    );
    const direct = cluster.hubs.filter((hub) =>
      whole || labels.deployHubs !== null || matching(patterns.allHubs) || named(hub.valuesFiles)
    );
    const prod = direct.some((hub) => !hub.staging);
    const hubs = labels.skipDeployHubs !== null
      ? []
      : cluster.hubs.filter((hub) => direct.includes(hub) || (hub.staging && prod));
    return [
      ...(support ? [cluster.name] : []),
      ...[...addons, ...hubs].map(({ name }) => `${cluster.name}/${name}`),
    ];
  });
}

/** A change to a repository, or an unknown one. */
const anyChange = change.chain((of) =>
  fc.constantFrom<PlanInput["changed"]>(of.changed, of.changed, of.changed, {
    everything: "no base",
  })
    .map((changed) => ({ repository: of, changed }))
);

Deno.test("plan() upgrades exactly what the rule table and the labels say, sorted, with reasons and notices", () => {
  const rules = [...RULE_IDS, "label", "staging before prod", "unknown base"];
  const any = new RegExp(`\\(rule: (${rules.join("|")})\\)`);
  const sorted = (names: readonly string[]) =>
    assert.deepEqual(names, [...new Set(names)].sort(), "sorted, each once");
  let upgrading = 0;
  fc.assert(
    fc.property(anyChange, someLabels, ({ repository, changed }, labels) => {
      const clusters = Object.freeze(repository.clusters.map((cluster) => Object.freeze(cluster)));
      const result = planOf({ ...repository, clusters }, changed, labels);
      const files = "everything" in changed ? null : changed;
      assertReleases(result, releasesByTable(repository, files, labels));
      if (releases(result).length > 0) upgrading++;

      const { support_and_staging, prod, notices } = result;
      assert.deepEqual(Plan.parse(result), result);
      sorted(support_and_staging.map((row) => row.cluster_name));
      sorted(prod.map((row) => `${row.cluster_name}\0${row.hub_name}`));
      for (const { upgrade_support, addons = [], staging_hubs } of support_and_staging) {
        for (const names of [addons, staging_hubs]) sorted(names);
        assert.ok(upgrade_support || addons.length + staging_hubs.length > 0, "an idle leg");
      }
      for (const [planned, reason] of reasons(result)) {
        if (planned) assert.match(reason, any);
        else assert.equal(reason, "");
      }
      const planned = new Set(prod.map((row) => row.cluster_name));
      const ungated = clusters.filter(({ hubs }) => !hubs.some((hub) => hub.staging))
        .map(({ name }) => name).filter((name) => planned.has(name)).sort();
      const found = notices.flatMap(({ message }) =>
        /^Cluster (\S+) has no staging hub/.exec(message)?.[1] ?? []
      );
      assert.deepEqual(found, ungated);
    }),
    { seed: 4, numRuns: 1_500 },
  );
  assert.ok(upgrading > 350, `${upgrading} plans with releases`);
});

Deno.test("plan() does not depend on the order of files, clusters, hubs and rules, nor on who made the clusters", () => {
  const shuffled = <T>(items: readonly T[]) =>
    fc.shuffledSubarray([...items], { minLength: items.length });
  const twice = change.chain((of) =>
    fc.record({
      of: fc.constant(of),
      changed: shuffled(of.changed),
      clusters: fc.tuple(
        ...of.clusters.map((cluster) =>
          shuffled(cluster.hubs).map((hubs) => ({ ...cluster, hubs }))
        ),
      ).chain(shuffled),
      allHubs: shuffled(of.patterns.allHubs),
      allSupport: shuffled(of.patterns.allSupport),
    })
  );
  fc.assert(
    fc.property(twice, someLabels, ({ of, changed, clusters, ...lists }, labels) => {
      const rules = rulesFor({ ...of.patterns, ...lists }, structuredClone(clusters));
      assert.deepEqual(
        plan(inputOf({ clusters, changed, labels, rules })),
        planOf(of, of.changed, labels),
      );
    }),
    { seed: 8, numRuns: 750 },
  );
});

Deno.test("plan() names the one changed file in the reason of whatever it upgrades", () => {
  fc.assert(
    fc.property(change, (of) => {
      const [path] = of.changed;
      fc.pre(path !== undefined);
      const named = /[ ü]/.test(path) ? `"${path}"` : path;
      for (const { reason } of planOf(of, [path]).prod) {
        for (const part of reason.split("; ")) assert.ok(part.startsWith(`${named} (rule: `));
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});
