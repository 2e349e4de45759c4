import assert from "node:assert/strict";
import type { Cluster } from "../../src/plan/cluster.ts";
import { plan } from "../../src/plan/plan.ts";
import { inputOf } from "./arbitraries.ts";
import { CORPUS_RULES, needsCorpus, type Push, readCorpus } from "./corpus.ts";

/** A leg of either planner; ours lists the staging hubs, where theirs says whether there are any. */
interface Leg {
  readonly cluster_name: string;
  readonly provider: string;
  readonly upgrade_support?: boolean;
  readonly upgrade_staging?: boolean;
  readonly staging_hubs?: readonly string[];
  readonly hub_name?: string;
}

/** What some legs upgrade, in the same words for both planners. */
function upgradesOf(legs: readonly Leg[]): ReadonlySet<string> {
  const upgrades = legs.flatMap((leg) => {
    const of = `${leg.cluster_name} (${leg.provider})`;
    const staging = leg.upgrade_staging ?? (leg.staging_hubs ?? []).length > 0;
    return [
      ...(leg.upgrade_support ? [`support of ${of}`] : []),
      ...(staging ? [`staging of ${of}`] : []),
      ...(leg.hub_name === undefined ? [] : [`${leg.hub_name} of ${of}`]),
    ];
  });
  return new Set(upgrades.sort());
}

function upgradesThere({ expected }: Push, clusters: readonly Cluster[]): ReadonlySet<string> {
  const hasStaging = (name: string) =>
    clusters.some((of) => of.name === name && of.hubs.some(({ staging }) => staging));
  return upgradesOf([
    ...expected["support-and-staging-matrix-jobs"].map((leg) => (
      { ...leg, upgrade_staging: leg.upgrade_staging && hasStaging(leg.cluster_name) }
    )),
    ...expected["prod-hub-matrix-jobs"],
  ]);
}

function upgradesHere({ changed }: Push, clusters: readonly Cluster[]): ReadonlySet<string> {
  const { support_and_staging, prod } = plan(inputOf({
    clusters,
    changed: changed.filter(([status]) => status !== "D").map(([, path]) => path),
    patterns: CORPUS_RULES,
  }));
  return upgradesOf([...support_and_staging, ...prod]);
}

Deno.test({
  ...needsCorpus("plan() decides as 822 real pushes were decided"),
  fn: async () => {
    const { pushes, clustersOf } = await readCorpus();
    assert.equal(pushes.length, 822);
    // For a day, a copied cluster.yaml gave two clusters the name nasa-veda. That planner made one
    // leg of them; here two clusters of one name are the config's mistake, refused on loading.
    const doubled = pushes.filter((push) => {
      const names = clustersOf(push).map(({ name }) => name);
      return new Set(names).size < names.length;
    });
    assert.deepEqual(doubled.map(({ id }) => id), ["51eee06dccd5", "42175aec5b84"]);
    for (const push of pushes) {
      const clusters = clustersOf(push);
      assert.deepEqual(upgradesHere(push, clusters), upgradesThere(push, clusters), push.id);
    }
  },
});
