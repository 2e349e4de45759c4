/** Clusters as a config's `clusters.read` gives them: with patterns, and in files that they share. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Cluster, Support } from "../../src/plan/cluster.ts";
import { plan } from "../../src/plan/plan.ts";
import { buildRules, type Rules } from "../../src/plan/rules.ts";
import { inputOf, type Patterns, patterns, rulePatterns } from "./arbitraries.ts";
import { githubTriggers } from "./github_paths.ts";

const SOURCES = ["sites/a.yaml", "sites/b.yaml"];
const FILES = [...SOURCES, "sites/shared/x.yaml", "images/list.txt", "README.md"];
const GLOBS = ["images/**", "sites/*/x.yaml", "**/list.txt", "config/*", "deployer/*.py"];
const PATHS = [
  ...FILES,
  ..."sites/c.yaml sites/shared/y.yaml sites/x.yaml images images/a/b list.txt a/list.txt".split(
    " ",
  ),
  ..."config/shared.values.yaml config/a/b deployer/deploy.py deployer/docs/a.py x/README.md".split(
    " ",
  ),
  "helm-charts/basehub/values.yaml",
];

const release: fc.Arbitrary<Support> = fc.record({
  valuesFiles: fc.subarray(FILES, { maxLength: 2 }),
  patterns: fc.subarray(GLOBS, { maxLength: 2 }).map((globs) => patterns(...globs)),
});

const named = (...names: readonly string[]) =>
  fc.subarray([...names]).chain((some) =>
    fc.tuple(...some.map((name) => release.map((of) => ({ name, ...of }))))
  );

const cluster = (name: string): fc.Arbitrary<Cluster> =>
  fc.record({
    name: fc.constant(name),
    provider: fc.constant("gcp"),
    // Two clusters may be from one file.
    file: fc.constantFrom(...SOURCES),
    read: fc.constant<true>(true),
    support: fc.option(release),
    addons: named("ingress", "pods").map((some) => some.map((of) => ({ ...of, upgrade: "up" }))),
    hubs: named("staging", "prod", "demo")
      .map((some) => some.map((of) => ({ ...of, staging: of.name === "staging" }))),
    otherFiles: fc.subarray(FILES, { maxLength: 1 }),
    patterns: fc.subarray(GLOBS, { maxLength: 1 }).map((globs) => patterns(...globs)),
  });

function rulesOf(rules: Patterns, clusters: readonly Cluster[]): Rules {
  return buildRules({
    clustersDir: "config/clusters",
    clusters: { files: patterns("sites/*.yaml") },
    chartsDir: "helm-charts",
    precision: "cluster",
    rules: { charts: {}, following: [], triggersOnly: [], ...rules },
  }, clusters);
}

const fleet = fc.record({
  clusters: fc.tuple(cluster("lake"), cluster("pond")),
  rules: rulePatterns,
});

Deno.test("Rules.triggers starts the workflow exactly where the planner looks, for clusters with patterns", () => {
  let started = 0;
  fc.assert(
    fc.property(fleet, fc.constantFrom(...PATHS), ({ clusters, rules: of }, path) => {
      const rules = rulesOf(of, clusters);
      const starts = githubTriggers(rules.triggers, path);
      const input = inputOf({ clusters, changed: [path], rules });
      const { support_and_staging, prod, notices } = plan(input);
      const looked = support_and_staging.length + prod.length + notices.length > 0;
      assert.equal(looked, starts, `${path} with ${rules.triggers.join(" ")}`);
      assert.equal(rules.concerns(path), starts);
      if (starts) started++;
    }),
    { seed: 3, numRuns: 3_000 },
  );
  assert.ok(started > 1_000 && started < 2_700, `${started}`);
});

Deno.test("plan() does not depend on the order of clusters with patterns, of their releases, and of files", () => {
  const changed = fc.subarray(PATHS);
  fc.assert(fc.property(fleet, changed, ({ clusters, rules }, paths) => {
    const turned = clusters.toReversed().map((of) => ({
      ...of,
      addons: of.addons?.toReversed() ?? [],
      hubs: of.hubs.toReversed(),
    }));
    const planned = (some: readonly Cluster[], changed: readonly string[]) =>
      plan(inputOf({ clusters: some, changed, rules: rulesOf(rules, some) }));
    assert.deepEqual(planned(turned, paths.toReversed()), planned(clusters, paths));
  }));
});

Deno.test("plan() upgrades a release exactly where its own files or those of its cluster changed", () => {
  const none: Patterns = { allHubs: [], allSupport: [] };
  fc.assert(fc.property(fleet, fc.constantFrom(...PATHS), ({ clusters }, path) => {
    const rules = rulesOf(none, clusters);
    const { support_and_staging, prod } = plan(inputOf({ clusters, changed: [path], rules }));
    const names = ({ valuesFiles, patterns = [] }: Support) =>
      valuesFiles.includes(path) || patterns.some((of) => of.matches(path));
    for (const { name, otherFiles = [], patterns, support, addons = [], hubs } of clusters) {
      const all = names({ valuesFiles: otherFiles, ...(patterns && { patterns }) });
      const canary = support_and_staging.find((row) => row.cluster_name === name);
      assert.equal(canary?.upgrade_support ?? false, support !== null && (all || names(support)));
      const wanted = addons.filter((addon) => all || names(addon)).map((addon) => addon.name);
      assert.deepEqual(canary?.addons ?? [], wanted.sort());
      const prodHubs = hubs.filter((hub) => !hub.staging && (all || names(hub)));
      assert.deepEqual(
        prod.filter((row) => row.cluster_name === name).map((row) => row.hub_name),
        prodHubs.map((hub) => hub.name).sort(),
      );
    }
  }));
});
