import assert from "node:assert/strict";
import fc from "fast-check";
import type { Cluster } from "../../src/plan/cluster.ts";
import type { LabelEffects } from "../../src/plan/labels.ts";
import type { PlanInput } from "../../src/plan/plan_input.ts";
import { plan } from "../../src/plan/plan.ts";
import { RULE_IDS } from "../../src/plan/decision.ts";
import { Plan } from "../../src/plan/schema.ts";
import {
  change,
  changesOf,
  DEFAULT_PATTERNS,
  inputOf,
  labels as someLabels,
  NO_LABELS,
  type Repository,
  repository,
  rulesFor,
  rulesOf,
} from "./arbitraries.ts";
import { githubMatches } from "./github_paths.ts";

const hub = (cluster: string, name: string, ...files: readonly string[]) => ({
  name,
  staging: name.includes("staging"),
  valuesFiles: files.map((file) => `config/clusters/${cluster}/${file}`),
});

const earth: Cluster = {
  name: "earth",
  provider: "gcp",
  file: "config/clusters/earth/cluster.yaml",
  support: { valuesFiles: ["config/clusters/earth/support.values.yaml"] },
  hubs: [
    hub("earth", "staging", "common.values.yaml", "staging.values.yaml"),
    hub("earth", "prod", "common.values.yaml", "prod.values.yaml"),
    hub("earth", "demo", "demo.values.yaml"),
  ],
};

const MARS_SUPPORT = "config/clusters/mars/support.values.yaml";

/** No staging hub. */
const mars: Cluster = {
  name: "mars",
  provider: "aws",
  file: "config/clusters/mars/cluster.yaml",
  support: { valuesFiles: [MARS_SUPPORT] },
  hubs: [hub("mars", "prod", "prod.values.yaml")],
};

/** Three staging hubs, one per chart, and no support chart. */
const venus: Cluster = {
  name: "venus",
  provider: "kubeconfig",
  file: "config/clusters/venus/cluster.yaml",
  support: null,
  hubs: [
    hub("venus", "staging", "staging.values.yaml"),
    hub("venus", "prod", "prod.values.yaml"),
    hub("venus", "dask-staging", "dask-staging.values.yaml"),
    hub("venus", "r-staging", "r-staging.values.yaml"),
  ],
};

const ALL = [earth, mars, venus];
const REPOSITORY: Repository = { clusters: ALL, patterns: DEFAULT_PATTERNS };

function planOf(
  repository: Repository,
  changed: PlanInput["changed"],
  labels: Partial<LabelEffects> = {},
): Plan {
  return plan(inputOf({
    clusters: repository.clusters,
    changed,
    rules: rulesOf(repository),
    labels: { ...NO_LABELS, ...labels },
  }));
}

/** The releases of a plan as `cluster`, for a support chart, and `cluster/hub`. */
function releases({ support_and_staging, prod }: Plan): readonly string[] {
  return [
    ...support_and_staging.flatMap((row) => [
      ...row.upgrade_support ? [row.cluster_name] : [],
      ...row.staging_hubs.map((name) => `${row.cluster_name}/${name}`),
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
    ]),
    ...prod.map((row) => [true, row.reason] as const),
  ];
}

function assertReleases(plan: Plan, expected: readonly string[]): void {
  assert.deepEqual([...releases(plan)].sort(), [...expected].sort());
}

const ALL_HUBS = ALL.flatMap(({ name, hubs }) => hubs.map((hub) => `${name}/${hub.name}`));

const TABLE: readonly [changed: string, upgraded: readonly string[], rule: string][] = [
  [
    "config/clusters/earth/cluster.yaml",
    ["earth", "earth/staging", "earth/prod", "earth/demo"],
    "cluster file",
  ],
  [
    "config/clusters/venus/cluster.yaml",
    ["venus/staging", "venus/dask-staging", "venus/r-staging", "venus/prod"],
    "cluster file",
  ],
  ["helm-charts/basehub/values.yaml", ALL_HUBS, "all hubs"],
  ["deployer/commands/deploy.py", ALL_HUBS, "all hubs"],
  ["helm-charts/support/values.yaml", ["earth", "mars"], "all support charts"],
  ["config/clusters/earth/staging.values.yaml", ["earth/staging"], "hub values file"],
  ["config/clusters/earth/support.values.yaml", ["earth"], "support values file"],
  ["config/clusters/mars/prod.values.yaml", ["mars/prod"], "hub values file"],
  ["config/clusters/earth/common.values.yaml", ["earth/staging", "earth/prod"], "hub values file"],
  [
    "config/clusters/venus/prod.values.yaml",
    ["venus/dask-staging", "venus/r-staging", "venus/staging", "venus/prod"],
    "hub values file",
  ],
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

/** Neither a support chart nor hubs. */
const pluto: Cluster = {
  ...venus,
  name: "pluto",
  file: "config/clusters/pluto/cluster.yaml",
  hubs: [],
};
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

Deno.test("plan() passes base and head on", () => {
  const rules = rulesFor(DEFAULT_PATTERNS, []);
  assert.deepEqual(plan(inputOf({ base: "abc", head: "def", rules })), {
    version: 1,
    base: "abc",
    head: "def",
    support_and_staging: [],
    prod: [],
    notices: [],
  });
});

Deno.test("plan() is silent about a file that one rule reaches nothing for and another does", () => {
  const shared = "config/shared.values.yaml";
  const allHubs = [{ glob: shared, exception: false, matches: (path: string) => path === shared }];
  const result = planOf({
    clusters: [{ ...earth, support: { valuesFiles: [shared] }, hubs: [] }],
    patterns: { ...DEFAULT_PATTERNS, allHubs },
  }, [shared]);
  assertReleases(result, ["earth"]);
  assert.deepEqual(result.notices, []);
});

Deno.test("plan() leaves files that an exception covers alone, whichever rule would apply", () => {
  const excepted: Repository = {
    clusters: [...ALL],
    patterns: {
      ...DEFAULT_PATTERNS,
      allSupport: [
        ...DEFAULT_PATTERNS.allSupport,
        ...["deployer/docs/**", "config/clusters/earth/cluster.yaml"].map((glob) => ({
          glob,
          exception: true,
          matches: (path: string) => githubMatches(path, glob),
        })),
      ],
    },
  };
  const changed = ["deployer/docs/a.md", earth.file];
  assert.deepEqual(planOf(excepted, changed), planOf(REPOSITORY, []));
  assertReleases(planOf(excepted, ["deployer/a.py"]), ALL_HUBS);
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

Deno.test("plan() plans everything, with a warning, where the base is unknown", () => {
  const result = planOf(REPOSITORY, { everything: "commit abc is not in this clone" });
  assertReleases(result, ["earth", "mars", ...ALL_HUBS]);
  for (const [planned, reason] of reasons(result)) {
    assert.equal(reason.includes("commit abc is not in this clone"), planned);
  }
  assert.deepEqual(result.notices[0], {
    level: "warning",
    message: "Everything may have changed: commit abc is not in this clone",
  });
});

Deno.test("plan() makes what hides or reorders text in a file's name visible", () => {
  const hidden = "\n\r\u001b\u202e\u200b\u2028\ud800";
  for (const path of [`deployer/a${hidden}`, `config/clusters/a${hidden}`]) {
    const result = planOf(REPOSITORY, [path]);
    const texts = [
      ...reasons(result).filter(([planned]) => planned).map(([, reason]) => reason),
      ...result.notices.map(({ message }) => message),
    ];
    assert.ok(texts.some((text) => text.includes("a\\")), texts.join());
    for (const text of texts) assert.doesNotMatch(text, /[\p{C}\p{Zl}\p{Zp}]/u);
  }
});

Deno.test("plan() lets no file name be a workflow command in a reason", () => {
  const patterns = {
    ...DEFAULT_PATTERNS,
    allHubs: [{ glob: "**", exception: false, matches: () => true }],
  };
  for (const path of ["::error::x", "  ::error::x", "##[group]x", "a##[group]x"]) {
    const { prod } = planOf({ clusters: ALL, patterns }, [path]);
    assert.doesNotMatch(prod[0]?.reason ?? "::", /^\s*::|##\[/);
  }
});

Deno.test("plan() makes hidden characters in a label visible", () => {
  const { prod, notices } = planOf(REPOSITORY, [], { deployHubs: "a\nb" });
  assert.equal(prod[0]?.reason, String.raw`"a\nb" (rule: label)`);
  assert.ok(notices.every(({ message }) => !message.includes("\n")));
  for (const labels of [{ skipDeploy: "a\nb" }, { skipDeployHubs: "a\nb" }]) {
    assert.match(planOf(REPOSITORY, [], labels).notices[0]?.message ?? "", /a\\nb/);
  }
});

/** What labels do to a change of all hubs and of earth's cluster.yaml. */
const LABELS: readonly [Partial<LabelEffects>, PlanInput["changed"], string[], string[]][] = [
  [{ skipDeploy: "a", deployHubs: "b", deploySupport: "c" }, ["deployer/a.py", earth.file], [], [
    "The label a skips everything",
  ]],
  [{ skipDeployHubs: "a" }, [earth.file], ["earth"], ["The label a skips all hubs"]],
  [{ skipDeploy: "a" }, { everything: "no base" }, [], [
    "Everything may have changed: no base",
    "The label a skips everything",
  ]],
  [{ deploySupport: "a" }, [], ["earth", "mars"], []],
  [{ deployHubs: "a" }, [], ALL_HUBS, [
    "Cluster mars has no staging hub: nothing gates its prod hubs in this plan",
  ]],
];

for (const [labels, changed, upgraded, messages] of LABELS) {
  Deno.test(`plan() upgrades what ${JSON.stringify(labels)} asks for, and says so`, () => {
    const result = planOf(REPOSITORY, changed, labels);
    assertReleases(result, upgraded);
    assert.deepEqual(result.notices.map(({ message }) => message), messages);
    const [leg] = result.support_and_staging;
    if (Array.isArray(changed) && changed.length === 0) {
      assert.match(`${leg?.support_reason}${leg?.staging_reason}`, /^a \(rule: label\)/);
    }
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
    const direct = cluster.hubs.filter((hub) =>
      whole || labels.deployHubs !== null || matching(patterns.allHubs) || named(hub.valuesFiles)
    );
    const prod = direct.some((hub) => !hub.staging);
    const hubs = labels.skipDeployHubs !== null
      ? []
      : cluster.hubs.filter((hub) => direct.includes(hub) || (hub.staging && prod));
    return [...support ? [cluster.name] : [], ...hubs.map((hub) => `${cluster.name}/${hub.name}`)];
  });
}

/** A change to a repository, or an unknown one. */
const anyChange = change.chain((of) =>
  fc.constantFrom<PlanInput["changed"]>(of.changed, of.changed, of.changed, {
    everything: "no base",
  })
    .map((changed) => ({ repository: of, changed }))
);

Deno.test("plan() upgrades exactly what the rule table and the labels say", () => {
  let planned = 0;
  fc.assert(
    fc.property(anyChange, someLabels, ({ repository, changed }, labels) => {
      const result = planOf(repository, changed, labels);
      const files = "everything" in changed ? null : changed;
      assertReleases(result, releasesByTable(repository, files, labels));
      if (releases(result).length > 0) planned++;
    }),
    { seed: 4, numRuns: 3_000 },
  );
  assert.ok(planned > 700, `${planned} plans with releases`);
});

Deno.test("plan() names the one changed file in the reason of whatever it upgrades", () => {
  fc.assert(
    fc.property(
      repository.chain((of) => fc.tuple(fc.constant(of), changesOf(of.clusters))),
      ([repository, changed]) => {
        const path = changed[0];
        fc.pre(path !== undefined);
        const named = /[ ü]/.test(path) ? `"${path}"` : path;
        for (const { reason } of planOf(repository, [path]).prod) {
          for (const part of reason.split("; ")) assert.ok(part.startsWith(`${named} (rule: `));
        }
      },
    ),
    { seed: 7, numRuns: 1_000 },
  );
});

Deno.test("plan() does not depend on the order of files, clusters, hubs and rules", () => {
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
    fc.property(twice, someLabels, ({ of, changed, clusters, allHubs, allSupport }, labels) => {
      const patterns = { ...of.patterns, allHubs, allSupport };
      assert.deepEqual(
        planOf({ clusters, patterns }, changed, labels),
        planOf(of, of.changed, labels),
      );
    }),
    { seed: 8, numRuns: 1_500 },
  );
});

Deno.test("plan() knows a cluster by its file, not by the object that the rules were made from", () => {
  fc.assert(
    fc.property(change, someLabels, (of, labels) => {
      const input = { clusters: of.clusters, changed: of.changed, labels };
      const copies = structuredClone(of.clusters);
      assert.deepEqual(
        plan(inputOf({ ...input, rules: rulesFor(of.patterns, copies) })),
        plan(inputOf({ ...input, rules: rulesOf(of) })),
      );
    }),
    { seed: 14, numRuns: 1_000 },
  );
});

Deno.test("plan() gives what the schema accepts, sorted, with reasons and notices, for a frozen input", () => {
  const rule = (...ids: readonly string[]) => new RegExp(`\\(rule: (${ids.join("|")})\\)`);
  const any = rule(...RULE_IDS, "label", "staging before prod", "unknown base");
  const sorted = (names: readonly string[]) =>
    assert.deepEqual(names, [...new Set(names)].sort(), "sorted, each once");
  fc.assert(
    fc.property(anyChange, someLabels, ({ repository, changed }, labels) => {
      const clusters = Object.freeze(repository.clusters.map((cluster) => Object.freeze(cluster)));
      const result = planOf({ ...repository, clusters }, changed, labels);
      const { support_and_staging, prod, notices } = result;
      assert.deepEqual(Plan.parse(result), result);
      sorted(support_and_staging.map((row) => row.cluster_name));
      for (const { staging_hubs } of support_and_staging) sorted(staging_hubs);
      sorted(prod.map((row) => `${row.cluster_name}\0${row.hub_name}`));
      for (const [planned, reason] of reasons(result)) {
        if (planned) assert.match(reason, any);
        else assert.equal(reason, "");
      }
      for (const { upgrade_support, addons = [], staging_hubs } of support_and_staging) {
        const names = [...addons, ...staging_hubs];
        sorted(addons);
        assert.ok(upgrade_support || names.length > 0, "an idle leg is planned");
      }
      const planned = new Set(prod.map((row) => row.cluster_name));
      const ungated = clusters.filter(({ hubs }) => !hubs.some((hub) => hub.staging))
        .map(({ name }) => name).filter((name) => planned.has(name)).sort();
      const found = notices.flatMap(({ message }) =>
        /^Cluster (\S+) has no staging hub/.exec(message)?.[1] ?? []
      );
      assert.deepEqual(found, ungated);
    }),
    { seed: 12, numRuns: 1_500 },
  );
});
