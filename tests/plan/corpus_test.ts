import assert from "node:assert/strict";
import type { Cluster } from "../../src/plan/cluster.ts";
import { plan } from "../../src/plan/plan.ts";
import { inputOf, rulesFor } from "./arbitraries.ts";
import { CORPUS_RULES, needsCorpus, type Push, readCorpus } from "./corpus.ts";

/** What both planners say about one push, in the same words. */
interface Decisions {
  readonly support: readonly string[];
  /** The clusters whose staging hubs are upgraded, among those that have any. */
  readonly staging: readonly string[];
  readonly prod: readonly string[];
}

const key = (leg: { readonly cluster_name: string; readonly provider: string }) =>
  `${leg.cluster_name} (${leg.provider})`;

function decisionsThere({ expected }: Push, clusters: readonly Cluster[]): Decisions {
  const legs = expected["support-and-staging-matrix-jobs"];
  const withStaging = new Set(
    clusters.filter(({ hubs }) => hubs.some(({ staging }) => staging)).map(({ name }) => name),
  );
  return {
    support: legs.filter((leg) => leg.upgrade_support).map(key).sort(),
    staging: legs.filter((leg) => leg.upgrade_staging && withStaging.has(leg.cluster_name))
      .map(key).sort(),
    prod: expected["prod-hub-matrix-jobs"].map((leg) => `${key(leg)} ${leg.hub_name}`).sort(),
  };
}

function decisionsHere({ changed }: Push, clusters: readonly Cluster[]): Decisions {
  const { support_and_staging, prod } = plan(inputOf({
    clusters,
    changed: changed.filter(([status]) => status !== "D").map(([, path]) => path),
    rules: rulesFor(CORPUS_RULES, clusters),
  }));
  return {
    support: support_and_staging.filter((leg) => leg.upgrade_support).map(key).sort(),
    staging: support_and_staging.filter((leg) => leg.staging_hubs.length > 0).map(key).sort(),
    prod: prod.map((leg) => `${key(leg)} ${leg.hub_name}`).sort(),
  };
}

function withoutDoubles({ support, staging, prod }: Decisions): Decisions {
  return {
    support: [...new Set(support)],
    staging: [...new Set(staging)],
    prod: [...new Set(prod)],
  };
}

Deno.test({
  ...needsCorpus("plan() decides as 822 real pushes were decided"),
  fn: async () => {
    const { pushes, clustersOf } = await readCorpus();
    assert.equal(pushes.length, 822);
    const doubled: string[] = [];
    const differences = pushes.flatMap((push) => {
      const clusters = clustersOf(push);
      const unique = new Set(clusters.map(({ name }) => name)).size === clusters.length;
      if (!unique) doubled.push(push.id);
      const once = unique ? (decisions: Decisions) => decisions : withoutDoubles;
      const here = once(decisionsHere(push, clusters));
      const there = once(decisionsThere(push, clusters));
      return JSON.stringify(here) === JSON.stringify(there) ? [] : [{ id: push.id, here, there }];
    });
    assert.deepEqual(differences, []);
    // For a day, a copied cluster.yaml gave two clusters the name nasa-veda. That planner made one
    // leg of them; here two clusters of one name are the config's mistake, refused on loading.
    assert.deepEqual(doubled, ["51eee06dccd5", "42175aec5b84"]);
  },
});
