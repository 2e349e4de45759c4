import assert from "node:assert/strict";
import fc from "fast-check";
import type { Cluster } from "../../src/plan/cluster.ts";
import { plan } from "../../src/plan/plan.ts";
import { PRECISE_RULE_IDS, RULE_IDS, RULE_TEXTS } from "../../src/plan/decision.ts";
import {
  CLUSTERS_DIR,
  DEFAULT_PATTERNS,
  fullCluster,
  inputOf,
  pathsOf,
  patterns,
  repository,
  rulesFor,
} from "./arbitraries.ts";
import { githubMatches, githubTriggers } from "./github_paths.ts";

const sharing: Cluster = {
  name: "sharing",
  provider: "aws",
  file: `${CLUSTERS_DIR}/sharing/cluster.yaml`,
  support: { valuesFiles: ["config/shared.values.yaml"] },
  hubs: [
    { name: "a", staging: false, valuesFiles: ["config/shared.values.yaml", "config/a.yaml"] },
    { name: "b", staging: false, valuesFiles: ["config/shared.values.yaml"] },
  ],
};

Deno.test("buildRules() triggers on the patterns, the clusters' folder and files outside it", () => {
  const { triggers } = rulesFor(DEFAULT_PATTERNS, [fullCluster, sharing]);
  assert.deepEqual([...triggers].sort(), [
    "config/a.yaml",
    "config/clusters/**",
    "config/shared.values.yaml",
    "deployer/**",
    "helm-charts/basehub/**",
    "helm-charts/daskhub/**",
    "helm-charts/support/**",
  ]);
});

Deno.test("buildRules() puts exceptions after everything that they are exceptions to", () => {
  const { triggers } = rulesFor({
    allHubs: patterns("!**/*.md", "deployer/**"),
    allSupport: patterns("helm-charts/**", "!config/clusters/full/**"),
  }, [sharing]);
  const first = triggers.findIndex((pattern) => pattern.startsWith("!"));
  assert.deepEqual(triggers.slice(first), ["!**/*.md", "!config/clusters/full/**"]);
  assert.equal(triggers.length, 7);
});

Deno.test("buildRules() names no pattern twice", () => {
  const { triggers } = rulesFor({
    allHubs: patterns("config/**", "config/shared.values.yaml", "config/clusters/**", "!a"),
    allSupport: patterns("config/**", "!a"),
  }, [sharing]);
  assert.deepEqual(triggers, [...new Set(triggers)]);
});

Deno.test("buildRules() triggers on the same whatever the order of the clusters", () => {
  const valuesFiles = ["config/aa.yaml", "config/z.yaml"];
  const another = { ...fullCluster, hubs: [{ name: "prod", staging: false, valuesFiles }] };
  const { triggers } = rulesFor(DEFAULT_PATTERNS, [another, sharing]);
  assert.deepEqual(rulesFor(DEFAULT_PATTERNS, [sharing, another]).triggers, triggers);
});

const DECISIONS: readonly [path: string, rules: readonly string[]][] = [
  ["helm-charts/daskhub/values.yaml", ["all hubs"]],
  ["config/shared.values.yaml", ["hub values file", "hub values file", "support values file"]],
  ["config/clusters/templates/cluster.yaml", []],
  ["config/clusters/full/unnamed.yaml", []],
  ["helm-charts/binderhub/values.yaml", []],
];

for (const [path, expected] of DECISIONS) {
  Deno.test(`Rules.decide() gives the rules for ${path}`, () => {
    const { decide } = rulesFor(DEFAULT_PATTERNS, [fullCluster, sharing]);
    assert.deepEqual(decide(path).map(({ rule }) => rule as string).sort(), expected);
  });
}

Deno.test("Rules.decide() lets several rules decide about one file", () => {
  const both = rulesFor({ allHubs: patterns("config/**"), allSupport: patterns("**/*.yaml") }, [
    fullCluster,
  ]);
  assert.deepEqual(both.decide(fullCluster.file).map(({ rule }) => rule as string).sort(), [
    "all hubs",
    "all support charts",
    "cluster file",
  ]);
});

Deno.test("RULE_TEXTS has words for every rule", () => {
  for (const id of [...RULE_IDS, ...PRECISE_RULE_IDS]) {
    assert.match(RULE_TEXTS[id].upgrades, /^[a-z]/, id);
    assert.match(RULE_TEXTS[id].changed, /^(?:|a .*|a cluster's .*|`support`.*)$/, id);
  }
});

const repositoryAndPath = repository.chain((of) =>
  pathsOf(of.clusters).map((path) => ({ ...of, path }))
);

Deno.test("Rules.triggers starts the workflow exactly where the planner acts or says why not", () => {
  let started = 0;
  let excepted = 0;
  fc.assert(
    fc.property(repositoryAndPath, ({ clusters, patterns, path }) => {
      const rules = rulesFor(patterns, clusters);
      const starts = githubTriggers(rules.triggers, path);
      const { support_and_staging, prod, notices } = plan(inputOf({
        clusters,
        changed: [path],
        rules,
      }));
      const looked = support_and_staging.length + prod.length + notices.length > 0;
      assert.equal(looked, starts, `${path} with ${rules.triggers.join(" ")}`);
      assert.equal(rules.concerns(path), starts);
      if (starts) started++;
      else if (rules.triggers.some((glob) => githubMatches(path, glob))) excepted++;
    }),
    { seed: 2, numRuns: 4_000 },
  );
  assert.ok(started > 1_000 && started < 3_600 && excepted > 40, `${started}, ${excepted}`);
});

Deno.test("Rules.triggers starts the workflow on paths that are about no release, but for exceptions", () => {
  let started = 0;
  fc.assert(
    fc.property(repositoryAndPath, ({ clusters, patterns: given, path }) => {
      const plain = rulesFor(given, clusters);
      const triggersOnly = patterns("helm-charts/**", "config/*");
      const rules = rulesFor({ ...given, triggersOnly }, clusters);
      const excepted = [...given.allHubs, ...given.allSupport]
        .some(({ exception, matches }) => exception && matches(path));
      const isMeant = triggersOnly.some(({ matches }) => matches(path)) && !excepted;
      const starts = githubTriggers(rules.triggers, path);
      assert.equal(starts, plain.concerns(path) || isMeant, path);
      assert.equal(rules.concerns(path), plain.concerns(path), path);
      assert.deepEqual(rules.decide(path), plain.decide(path));
      if (starts && !plain.concerns(path)) started++;
    }),
    { seed: 7, numRuns: 1_000 },
  );
  assert.ok(started > 20, `${started}`);
});

Deno.test("Rules.mayReachAllClusters() is true exactly where a rule for all of them decides", () => {
  let reached = 0;
  fc.assert(
    fc.property(repositoryAndPath, ({ clusters, patterns, path }) => {
      const { concerns, decide, mayReachAllClusters } = rulesFor(patterns, clusters);
      const expected = concerns(path) &&
        decide(path).some(({ reach }) => reach.kind.startsWith("all "));
      assert.equal(mayReachAllClusters(path), expected, path);
      assert.equal(rulesFor(patterns, []).mayReachAllClusters(path), expected, path);
      if (expected) reached++;
    }),
    { seed: 15, numRuns: 2_000 },
  );
  assert.ok(reached > 200 && reached < 1_800, `${reached}`);
});
