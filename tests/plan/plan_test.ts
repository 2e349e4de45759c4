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
  clusters as someClusters,
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

/** No staging hub. */
const mars: Cluster = {
  name: "mars",
  provider: "aws",
  file: "config/clusters/mars/cluster.yaml",
  support: { valuesFiles: ["config/clusters/mars/support.values.yaml"] },
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
  ["helm-charts/daskhub/templates/a.yaml", ALL_HUBS, "all hubs"],
  ["deployer/commands/deploy.py", ALL_HUBS, "all hubs"],
  ["helm-charts/support/values.yaml", ["earth", "mars"], "all support charts"],
  ["config/clusters/earth/staging.values.yaml", ["earth/staging"], "hub values file"],
  ["config/clusters/earth/support.values.yaml", ["earth"], "support values file"],
  ["config/clusters/mars/prod.values.yaml", ["mars/prod"], "hub values file"],
];

for (const [changed, upgraded, rule] of TABLE) {
  Deno.test(`plan() upgrades what ${changed} decides, with the file and the rule`, () => {
    const result = planOf(REPOSITORY, [changed]);
    assertReleases(result, upgraded);
    for (const [planned, reason] of reasons(result)) {
      // A staging hub may be planned because of a prod hub as well.
      const [first] = reason.split("; ");
      assert.equal(first, planned ? `${changed} (rule: ${rule})` : "");
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

Deno.test("plan() upgrades every hub that names a values file", () => {
  const result = planOf(REPOSITORY, ["config/clusters/earth/common.values.yaml"]);
  assertReleases(result, ["earth/staging", "earth/prod"]);
});

Deno.test("plan() upgrades all of several staging hubs in one leg before a prod hub", () => {
  const { support_and_staging, prod } = planOf(REPOSITORY, [
    "config/clusters/venus/prod.values.yaml",
  ]);
  assert.deepEqual(support_and_staging.map((row) => row.staging_hubs), [
    ["dask-staging", "r-staging", "staging"],
  ]);
  assert.equal(prod.length, 1);
});

Deno.test("plan() upgrades one of several staging hubs alone where no prod hub is planned", () => {
  const result = planOf(REPOSITORY, ["config/clusters/venus/r-staging.values.yaml"]);
  assertReleases(result, ["venus/r-staging"]);
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

Deno.test("plan() upgrades a cluster without a staging hub and says that nothing gates it", () => {
  const { support_and_staging, prod, notices } = planOf(REPOSITORY, [
    "config/clusters/mars/prod.values.yaml",
  ]);
  assert.deepEqual(support_and_staging, []);
  assert.equal(prod.length, 1);
  assert.deepEqual(notices, [{
    level: "notice",
    message: "Cluster mars has no staging hub: nothing gates its prod hubs in this plan",
  }]);
});

Deno.test("plan() says that the support upgrade alone gates a cluster without a staging hub", () => {
  const { support_and_staging, notices } = planOf(REPOSITORY, [mars.file]);
  assert.deepEqual(support_and_staging.map((row) => row.staging_hubs), [[]]);
  assert.deepEqual(notices, [{
    level: "notice",
    message: "Cluster mars has no staging hub: its support upgrade alone gates its prod hubs",
  }]);
});

Deno.test("plan() says nothing about a missing staging hub where no prod hub is planned", () => {
  const result = planOf(REPOSITORY, ["config/clusters/mars/support.values.yaml"]);
  assertReleases(result, ["mars"]);
  assert.deepEqual(result.notices, []);
});

Deno.test("plan() plans nothing for no change", () => {
  assert.deepEqual(planOf(REPOSITORY, []), {
    version: 1,
    base: "",
    head: "",
    support_and_staging: [],
    prod: [],
    notices: [],
  });
});

Deno.test("plan() passes base and head on", () => {
  const { base, head } = plan(inputOf({
    base: "abc",
    head: "def",
    clusters: [],
    changed: [],
    rules: rulesFor(DEFAULT_PATTERNS, []),
  }));
  assert.deepEqual({ base, head }, { base: "abc", head: "def" });
});

Deno.test("plan() plans nothing, silently, for files that no rule looks at", () => {
  assert.deepEqual(planOf(REPOSITORY, ["README.md", "terraform/a.tf"]), planOf(REPOSITORY, []));
});

Deno.test("plan() says which files it looked at and no rule covers", () => {
  const { notices, ...rest } = planOf(REPOSITORY, [
    "config/clusters/templates/cluster.yaml",
    "config/clusters/earth/unnamed.values.yaml",
  ]);
  assertReleases({ notices, ...rest }, []);
  assert.deepEqual(notices, [{
    level: "notice",
    message: "No rule covers config/clusters/earth/unnamed.values.yaml, " +
      "config/clusters/templates/cluster.yaml",
  }]);
});

/** Neither a support chart nor hubs. */
const pluto: Cluster = {
  name: "pluto",
  provider: "gcp",
  file: "config/clusters/pluto/cluster.yaml",
  support: null,
  hubs: [],
};

const UNREACHED: Readonly<Record<string, readonly [clusters: readonly Cluster[], path: string]>> = {
  "its cluster has neither a support chart nor hubs": [[earth, pluto], pluto.file],
  "no cluster has a support chart": [[venus, pluto], "helm-charts/support/values.yaml"],
  "no cluster has a hub": [[{ ...earth, hubs: [] }, pluto], "deployer/a.py"],
  "there is no cluster": [[], "helm-charts/basehub/values.yaml"],
};

for (const [why, [clusters, path]] of Object.entries(UNREACHED)) {
  Deno.test(`plan() says that there is nothing to upgrade for a file where ${why}`, () => {
    assert.deepEqual(planOf({ ...REPOSITORY, clusters }, [path]), {
      ...planOf(REPOSITORY, []),
      notices: [{ level: "notice", message: `There is nothing to upgrade for ${path}` }],
    });
  });
}

Deno.test("plan() says so of such files alone, apart from those that no rule covers", () => {
  const { prod, notices } = planOf({ ...REPOSITORY, clusters: [pluto, mars] }, [
    "deployer/a.py",
    "helm-charts/support/values.yaml",
    "config/clusters/templates/cluster.yaml",
    pluto.file,
  ]);
  assert.equal(prod.length, 1);
  assert.deepEqual(notices.map(({ message }) => message), [
    "No rule covers config/clusters/templates/cluster.yaml",
    "There is nothing to upgrade for config/clusters/pluto/cluster.yaml",
    "Cluster mars has no staging hub: its support upgrade alone gates its prod hubs",
  ]);
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

Deno.test("plan() counts files beyond the third in a reason", () => {
  const { prod } = planOf(REPOSITORY, ["e", "d", "c", "b", "a"].map((name) => `deployer/${name}`));
  assert.equal(
    prod[0]?.reason,
    "deployer/a, deployer/b, deployer/c and 2 more (rule: all hubs)",
  );
});

Deno.test("plan() sorts by cluster, then hub", () => {
  const { support_and_staging, prod } = planOf(
    { ...REPOSITORY, clusters: [venus, mars, earth] },
    ["deployer/a.py"],
  );
  assert.deepEqual(support_and_staging.map((row) => row.cluster_name), ["earth", "venus"]);
  assert.deepEqual(prod.map((row) => `${row.cluster_name}/${row.hub_name}`), [
    "earth/demo",
    "earth/prod",
    "mars/prod",
    "venus/prod",
  ]);
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

Deno.test("plan() does not say that everything is planned where a label skips everything", () => {
  const result = planOf(REPOSITORY, { everything: "no base" }, { skipDeploy: "skip" });
  assertReleases(result, []);
  assert.deepEqual(result.notices, [
    { level: "warning", message: "Everything may have changed: no base" },
    { level: "notice", message: "The label skip skips everything" },
  ]);
});

const hostile: Readonly<Record<string, string>> = {
  "a line break": "a\nb",
  "a carriage return": "a\rb",
  "a terminal's escape sequence": "a\u001b[2Jb",
  "a reversed reading direction": "a\u202egnp.exe",
  "a character without width": "a\u200bb",
  "a line separator": "a\u2028b",
  "a lone surrogate": "a\ud800b",
};

for (const [what, name] of Object.entries(hostile)) {
  Deno.test(`plan() makes ${what} in a file's name visible`, () => {
    const hidden = /[\p{C}\p{Zl}\p{Zp}]/u;
    for (const path of [`deployer/${name}`, `config/clusters/${name}`]) {
      const result = planOf(REPOSITORY, [path]);
      const texts = [
        ...reasons(result).filter(([planned]) => planned).map(([, reason]) => reason),
        ...result.notices.map(({ message }) => message),
      ];
      assert.ok(texts.some((text) => text.includes("a\\")), texts.join());
      for (const text of texts) assert.doesNotMatch(text, hidden);
    }
  });
}

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

Deno.test("plan() upgrades nothing under the label that skips everything, and says so", () => {
  const result = planOf(REPOSITORY, ["deployer/a.py", "helm-charts/support/a"], {
    skipDeploy: "deployer:skip-deploy",
    deployHubs: "deployer:deploy-hubs",
    deploySupport: "deployer:deploy-support",
  });
  assertReleases(result, []);
  assert.deepEqual(result.notices, [
    { level: "notice", message: "The label deployer:skip-deploy skips everything" },
  ]);
});

Deno.test("plan() upgrades support charts only under the label that skips hubs, and says so", () => {
  const result = planOf(REPOSITORY, [earth.file], { skipDeployHubs: "deployer:skip-deploy-hubs" });
  assertReleases(result, ["earth"]);
  assert.deepEqual(result.notices, [
    { level: "notice", message: "The label deployer:skip-deploy-hubs skips all hubs" },
  ]);
});

Deno.test("plan() upgrades all support charts under the label that asks for it", () => {
  const result = planOf(REPOSITORY, [], { deploySupport: "deployer:deploy-support" });
  assertReleases(result, ["earth", "mars"]);
  assert.equal(
    result.support_and_staging[0]?.support_reason,
    "deployer:deploy-support (rule: label)",
  );
});

Deno.test("plan() upgrades all hubs under the label that asks for it", () => {
  const result = planOf(REPOSITORY, [], { deployHubs: "deployer:deploy-hubs" });
  assertReleases(result, ALL_HUBS);
  assert.equal(result.prod[0]?.reason, "deployer:deploy-hubs (rule: label)");
});

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
    return [
      ...support ? [cluster.name] : [],
      ...hubs.map((hub) => `${cluster.name}/${hub.name}`),
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

Deno.test("plan() never plans a prod hub without all staging hubs of its cluster", () => {
  fc.assert(
    fc.property(anyChange, someLabels, ({ repository, changed }, labels) => {
      const { support_and_staging, prod } = planOf(repository, changed, labels);
      for (const { cluster_name } of prod) {
        const staging = repository.clusters.find(({ name }) => name === cluster_name)?.hubs
          .filter((hub) => hub.staging).map(({ name }) => name).sort();
        const leg = support_and_staging.find((row) => row.cluster_name === cluster_name);
        assert.deepEqual(leg?.staging_hubs ?? [], staging);
      }
      if (labels.skipDeploy !== null || labels.skipDeployHubs !== null) {
        assert.deepEqual(prod, []);
        assert.ok(support_and_staging.every((row) => row.staging_hubs.length === 0));
      }
    }),
    { seed: 5, numRuns: 1_500 },
  );
});

Deno.test("plan() says of exactly the planned clusters without a staging hub that they have none", () => {
  fc.assert(
    fc.property(anyChange, someLabels, ({ repository, changed }, labels) => {
      const { prod, notices } = planOf(repository, changed, labels);
      const planned = new Set(prod.map((row) => row.cluster_name));
      const expected = repository.clusters
        .filter(({ name, hubs }) => planned.has(name) && !hubs.some((hub) => hub.staging))
        .map(({ name }) => name).sort();
      const found = notices.flatMap(({ message }) =>
        /^Cluster (\S+) has no staging hub/.exec(message)?.[1] ?? []
      );
      assert.deepEqual(found, expected);
    }),
    { seed: 13, numRuns: 1_500 },
  );
});

Deno.test("plan() gives a reason to what it plans and to nothing else", () => {
  const rule = (...ids: readonly string[]) => new RegExp(`\\(rule: (${ids.join("|")})\\)`);
  const any = rule(...RULE_IDS, "label", "staging before prod", "unknown base");
  fc.assert(
    fc.property(anyChange, someLabels, ({ repository, changed }, labels) => {
      const result = planOf(repository, changed, labels);
      for (const [planned, reason] of reasons(result)) {
        if (planned) assert.match(reason, any);
        else assert.equal(reason, "");
      }
      for (const row of result.support_and_staging) {
        assert.ok(row.upgrade_support || row.staging_hubs.length > 0, "an idle leg is planned");
      }
    }),
    { seed: 6, numRuns: 1_500 },
  );
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

Deno.test("plan() takes a file that is named twice for one", () => {
  fc.assert(
    fc.property(change, (of) => {
      assert.deepEqual(planOf(of, [...of.changed, ...of.changed]), planOf(of, of.changed));
    }),
    { seed: 9, numRuns: 500 },
  );
});

Deno.test("plan() never plans less for more changed files", () => {
  fc.assert(
    fc.property(
      change.chain((of) => fc.tuple(fc.constant(of), changesOf(of.clusters))),
      someLabels,
      ([of, more], labels) => {
        const fewer = releases(planOf(of, of.changed, labels));
        const larger = new Set(releases(planOf(of, [...of.changed, ...more], labels)));
        const everything = new Set(releases(planOf(of, { everything: "no base" }, labels)));
        assert.deepEqual(fewer.filter((release) => !larger.has(release)), []);
        assert.deepEqual([...larger].filter((release) => !everything.has(release)), []);
      },
    ),
    { seed: 10, numRuns: 1_500 },
  );
});

Deno.test("plan() decides about a cluster by that cluster and the files alone", () => {
  const withMore = fc.tuple(change, someClusters).map(([of, more]) => ({
    of,
    more: more.filter(({ name }) => of.clusters.every((cluster) => cluster.name !== name)),
  }));
  fc.assert(
    fc.property(withMore, someLabels, ({ of, more }, labels) => {
      const alone = planOf(of, of.changed, labels);
      const among = planOf({ ...of, clusters: [...more, ...of.clusters] }, of.changed, labels);
      const names = new Set(of.clusters.map(({ name }) => name));
      const own = <Row extends { readonly cluster_name: string }>(rows: readonly Row[]) =>
        rows.filter((row) => names.has(row.cluster_name));
      assert.deepEqual(own(among.support_and_staging), alone.support_and_staging);
      assert.deepEqual(own(among.prod), alone.prod);
    }),
    { seed: 11, numRuns: 1_500 },
  );
});

Deno.test("plan() gives what the schema of plans accepts, sorted, each cluster and hub once", () => {
  fc.assert(
    fc.property(anyChange, someLabels, ({ repository, changed }, labels) => {
      const result = planOf(repository, changed, labels);
      assert.deepEqual(Plan.parse(result), result);
      const legs = result.support_and_staging.map((row) => row.cluster_name);
      assert.deepEqual(legs, [...new Set(legs)].sort());
      for (const { staging_hubs } of result.support_and_staging) {
        assert.deepEqual(staging_hubs, [...new Set(staging_hubs)].sort());
      }
      const keys = result.prod.map((row) => `${row.cluster_name}\0${row.hub_name}`);
      assert.deepEqual(keys, [...new Set(keys)].sort());
    }),
    { seed: 12, numRuns: 1_000 },
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

Deno.test("plan() leaves its input as it is", () => {
  const frozen = JSON.stringify(ALL);
  planOf({ ...REPOSITORY, clusters: Object.freeze([venus, earth, mars]) }, ["deployer/a.py"]);
  assert.equal(JSON.stringify(ALL), frozen);
});
