import assert from "node:assert/strict";
import fc from "fast-check";
import type { Cluster } from "../../src/plan/cluster.ts";
import { namingReleases } from "../../src/plan/naming.ts";
import { fullCluster, pathsOf, repository } from "./arbitraries.ts";

/** What names a file, found by looking through everything. */
function naming(clusters: readonly Cluster[], path: string): readonly string[] {
  return clusters.flatMap((cluster) => {
    const { name, file, support, addons = [], hubs, otherFiles = [] } = cluster;
    return [
      ...(file === path ? [`cluster file: ${name}`] : []),
      ...(otherFiles.includes(path) ? [`named file: ${name}`] : []),
      ...(support?.valuesFiles.includes(path)
        ? [`support values file: ${name}/support chart`]
        : []),
      ...(support?.otherFiles?.includes(path) ? [`named file: ${name}/support chart`] : []),
      ...addons.filter(({ valuesFiles }) => valuesFiles.includes(path))
        .map((addon) => `release file: ${name}/${addon.name}`),
      ...[...hubs].sort((a, b) => Number(b.staging) - Number(a.staging)).flatMap((hub) => [
        ...(hub.valuesFiles.includes(path) ? [`hub values file: ${name}/${hub.name}`] : []),
        ...(hub.otherFiles?.includes(path) ? [`named file: ${name}/${hub.name}`] : []),
      ]),
    ];
  });
}

function found(clusters: readonly Cluster[], path: string): readonly string[] {
  return namingReleases(clusters)(path).map(({ rule, reach }) => {
    assert.ok("cluster" in reach);
    const release = reach.kind === "release" ? `/${reach.release}` : "";
    return `${rule}: ${reach.cluster.name}${release}`;
  });
}

Deno.test("namingReleases() finds what looking through all clusters finds, in the same order", () => {
  let named = 0;
  const clustersAndPath = repository.chain(({ clusters }) =>
    pathsOf(clusters).map((path) => ({ clusters, path }))
  );
  fc.assert(
    fc.property(clustersAndPath, ({ clusters, path }) => {
      const expected = naming(clusters, path);
      assert.deepEqual(found(clusters, path), expected);
      if (expected.length > 0) named++;
    }),
    { seed: 1, numRuns: 2_000 },
  );
  assert.ok(named > 400, `${named} paths are named`);
});

Deno.test("namingReleases() finds files in the root, elsewhere, and in another cluster's folder", () => {
  const otherFiles = ["root.yaml", "config/clusters/full/prod.values.yaml", "far/away/a.yaml"];
  const other = { ...fullCluster, name: "other", file: "config/clusters/other/cluster.yaml" };
  const clusters = [
    { ...other, otherFiles, support: { valuesFiles: [], otherFiles } },
    fullCluster,
  ];
  for (const path of [...otherFiles, "", "far/away", "config/clusters/full/a/prod.values.yaml"]) {
    assert.deepEqual(found(clusters, path), naming(clusters, path), path);
  }
});
