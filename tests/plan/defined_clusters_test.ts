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
  ...[...FILES, "sites/c.yaml", "sites/shared/y.yaml", "sites/x.yaml", "images", "images/a/b"],
  ...["list.txt", "a/list.txt", "config/shared.values.yaml", "config/a/b", "deployer/deploy.py"],
  ...["deployer/docs/a.py", "x/README.md", "helm-charts/basehub/values.yaml"],
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

Deno.test("Rules.triggers starts the workflow exactly where the planner looks, and a release is upgraded exactly for its own files or those of its cluster", () => {
  let started = 0;
  fc.assert(
    fc.property(fleet, fc.constantFrom(...PATHS), ({ clusters, rules: of }, path) => {
      const planned = (given: Patterns) => {
        const rules = rulesOf(given, clusters);
        return { rules, ...plan(inputOf({ clusters, changed: [path], rules })) };
      };
      const { rules, ...all } = planned(of);
      const starts = githubTriggers(rules.triggers, path);
      const looked = all.support_and_staging.length + all.prod.length + all.notices.length > 0;
      assert.equal(looked, starts, `${path} with ${rules.triggers.join(" ")}`);
      assert.equal(rules.concerns(path), starts);
      if (starts) started++;

      const { support_and_staging, prod } = planned({ allHubs: [], allSupport: [] });
      const names = ({ valuesFiles, patterns = [] }: Support) =>
        valuesFiles.includes(path) || patterns.some((of) => of.matches(path));
      for (const { name, otherFiles = [], patterns, support, addons = [], hubs } of clusters) {
        const whole = names({ valuesFiles: otherFiles, ...(patterns && { patterns }) });
        const upgraded = (some: readonly (Support & { readonly name: string })[]) =>
          some.filter((release) => whole || names(release)).map((release) => release.name).sort();
        const canary = support_and_staging.find((row) => row.cluster_name === name);
        const isUpgraded = support !== null && (whole || names(support));
        assert.equal(canary?.upgrade_support ?? false, isUpgraded);
        assert.deepEqual(canary?.addons ?? [], upgraded(addons));
        assert.deepEqual(
          prod.filter((row) => row.cluster_name === name).map((row) => row.hub_name),
          upgraded(hubs.filter((hub) => !hub.staging)),
        );
      }
    }),
    { seed: 3, numRuns: 1_200 },
  );
  assert.ok(started > 400 && started < 1_080, `${started}`);
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
