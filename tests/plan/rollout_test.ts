/** What the jobs of each layout get of a plan: every leg, once. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { legsByCluster, legsByWave, NO_CLUSTER_LEGS } from "../../src/plan/rollout.ts";
import type { ProdHubJob, SupportAndStagingJob } from "../../src/plan/schema.ts";

const canary = (cluster_name: string): SupportAndStagingJob => (
  { cluster_name, provider: "gcp", upgrade_support: true, staging_hubs: [] }
);
const prod = (cluster_name: string, hub_name: string): ProdHubJob => (
  { cluster_name, provider: "gcp", hub_name }
);

/** Clusters by name: the wave of each, whether it has a canary, and how many prod hubs. */
const fleet = fc.dictionary(
  fc.stringMatching(/^[a-z][a-z.-]{0,6}$/),
  fc.record({ wave: fc.nat(2), canary: fc.boolean(), prod: fc.nat(300) })
    .filter((cluster) => cluster.canary || cluster.prod > 0),
  { maxKeys: 6 },
).map((clusters) => {
  const names = Object.keys(clusters).sort();
  return {
    waves: [0, 1, 2].map((wave) => names.filter((name) => clusters[name]?.wave === wave)),
    jobs: {
      canaries: names.filter((name) => clusters[name]?.canary).map(canary),
      prod: names.flatMap((name) =>
        Array.from({ length: clusters[name]?.prod ?? 0 }, (_, hub) => prod(name, `hub-${hub}`))
      ),
    },
  };
});

Deno.test("legsByWave() gives each canary leg to one job of its cluster's wave", () => {
  fc.assert(fc.property(fleet, ({ waves, jobs }) => {
    const legs = legsByWave({ waves }, jobs);
    for (const [wave, { canaries, clusters, prod }] of legs.entries()) {
      assert.deepEqual(clusters, waves[wave]);
      const own = (leg: { readonly cluster_name: string }) => clusters.includes(leg.cluster_name);
      assert.deepEqual(canaries.flat(), jobs.canaries.filter(own));
      assert.equal(prod, jobs.prod.some(own));
    }
    assert.equal(legs.length, 3);
  }));
});

Deno.test("legsByCluster() gives each leg to its cluster, and each cluster to one job of its wave", () => {
  fc.assert(fc.property(fleet, ({ waves, jobs }) => {
    const legs = legsByCluster({ waves }, jobs);
    assert.deepEqual(legs.waves.map((shards) => shards.flat()), waves);
    const names = waves.flat();
    assert.deepEqual(new Set(Object.keys(legs.canaries)), new Set(names));
    assert.deepEqual(names.sort().flatMap((name) => legs.canaries[name] ?? []), jobs.canaries);
    assert.deepEqual(names.flatMap((name) => legs.prod[name] ?? []), jobs.prod);
  }));
});

Deno.test("legsByWave(), legsByCluster() put all clusters into one wave where there are none", () => {
  const jobs = { canaries: [canary("b")], prod: [prod("a", "x"), prod("b", "y")] };
  assert.deepEqual(legsByWave({}, jobs), [
    { canaries: [[canary("b")]], clusters: ["a", "b"], prod: true },
  ]);
  assert.deepEqual(legsByCluster({}, jobs).waves, [[["a", "b"]]]);
});

Deno.test("legsByWave(), legsByCluster() give a dry run nothing, whatever its waves", () => {
  const none = { canaries: [], prod: [] };
  const waves = [["a"], ["b"]];
  const nothing = { canaries: [], clusters: [], prod: false };
  assert.deepEqual(legsByWave({ waves }, none), [nothing, nothing]);
  assert.deepEqual(legsByCluster({ waves }, none), { ...NO_CLUSTER_LEGS, waves: [[], []] });
});
