import assert from "node:assert/strict";
import type { Cluster } from "../../src/plan/cluster.ts";
import { PRECISE_RULE_IDS, RULE_IDS, RULE_TEXTS } from "../../src/plan/decision.ts";
import { CLUSTERS_DIR, DEFAULT_PATTERNS, fullCluster, patterns, rulesFor } from "./arbitraries.ts";

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

Deno.test("Rules.decide() gives the rules for a path", () => {
  const rulesOf = (path: string, given = DEFAULT_PATTERNS) =>
    rulesFor(given, [fullCluster, sharing]).decide(path).map(({ rule }) => rule as string).sort();
  const both = { allHubs: patterns("config/**"), allSupport: patterns("**/*.yaml") };
  assert.deepEqual(rulesOf(fullCluster.file, both), [
    ...["all hubs", "all support charts", "cluster file"],
  ]);
  assert.deepEqual(rulesOf("config/shared.values.yaml"), [
    ...["hub values file", "hub values file", "support values file"],
  ]);
  assert.deepEqual(rulesOf("helm-charts/daskhub/values.yaml"), ["all hubs"]);
  for (const path of ["templates/cluster.yaml", "full/unnamed.yaml"]) {
    assert.deepEqual(rulesOf(`config/clusters/${path}`), [], path);
  }
  assert.deepEqual(rulesOf("helm-charts/binderhub/values.yaml"), []);
});

Deno.test("RULE_TEXTS has words for every rule", () => {
  for (const id of [...RULE_IDS, ...PRECISE_RULE_IDS]) {
    assert.match(RULE_TEXTS[id].upgrades, /^[a-z]/, id);
    assert.match(RULE_TEXTS[id].changed, /^(?:|a .*|a cluster's .*|`support`.*)$/, id);
  }
});
