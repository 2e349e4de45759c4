import assert from "node:assert/strict";
import { namingReleases } from "../../src/plan/naming.ts";
import { fullCluster } from "./arbitraries.ts";

// Which files of its own folder name which release is held by the rule table of plan().
Deno.test("namingReleases() finds files in the root, elsewhere, and in another cluster's folder", () => {
  const theirs = "config/clusters/full/prod.values.yaml";
  const otherFiles = ["root.yaml", theirs, "far/away/a.yaml"];
  const naming = namingReleases([
    {
      ...{ ...fullCluster, name: "other", file: "config/clusters/other/cluster.yaml" },
      ...{ otherFiles, support: { valuesFiles: [], otherFiles } },
    },
    fullCluster,
  ]);
  const found = (path: string) =>
    naming(path).map(({ rule, reach }) => {
      assert.ok("cluster" in reach);
      return [rule, reach.cluster.name, ...(reach.kind === "release" ? [reach.release] : [])];
    });
  const prod = ["other", "full"].map((cluster) => ["hub values file", cluster, "prod"]);
  for (const path of otherFiles) {
    assert.deepEqual(found(path), [
      ...[["named file", "other"], ["named file", "other", "support chart"]],
      ...(path === theirs ? prod : []),
    ]);
  }
  for (const path of ["", "far/away", "config/clusters/full/a/prod.values.yaml"]) {
    assert.deepEqual(found(path), [], path);
  }
});
