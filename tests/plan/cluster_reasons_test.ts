import assert from "node:assert/strict";
import { ClusterReasons, reaches } from "../../src/plan/cluster_reasons.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import type { Reach } from "../../src/plan/decision.ts";
import { fullCluster } from "./arbitraries.ts";

const bare: Cluster = { ...fullCluster, name: "bare", support: null, hubs: [] };
const hubsOnly: Cluster = { ...fullCluster, support: null };
const whole: Reach = { kind: "cluster", cluster: fullCluster };

const REACHES: readonly (readonly [Cluster, Reach, releases: readonly string[]])[] = [
  [fullCluster, whole, ["support chart", "staging", "prod"]],
  [hubsOnly, whole, ["staging", "prod"]],
  [fullCluster, { kind: "all hubs" }, ["staging", "prod"]],
  [fullCluster, { kind: "some hubs", includes: ({ name }) => name === "prod" }, ["prod"]],
  [fullCluster, { kind: "some hubs", includes: () => false }, []],
  [fullCluster, { kind: "hub", cluster: fullCluster, hub: "staging" }, ["staging"]],
  [fullCluster, { kind: "hub", cluster: fullCluster, hub: "lab" }, []],
  [fullCluster, { kind: "all support charts" }, ["support chart"]],
  [hubsOnly, { kind: "all support charts" }, []],
  [fullCluster, { kind: "support chart", cluster: fullCluster }, ["support chart"]],
];

Deno.test("ClusterReasons.add() adds a cause to what is reached, and tells whether that is anything", () => {
  const cause = { rule: "all hubs", subjects: ["a"] };
  for (const [cluster, reach, releases] of REACHES) {
    const of = new ClusterReasons(cluster);
    assert.equal(of.add(reach, cause), releases.length > 0, reach.kind);
    const hubs = [...of.hubs].filter(([, reasons]) => reasons.any).map(([name]) => name);
    assert.deepEqual([...(of.support.any ? ["support chart"] : []), ...hubs], releases, reach.kind);
    assert.equal(reaches(cluster, reach), releases.length > 0, reach.kind);
    assert.equal(new ClusterReasons(bare).add(reach, cause), false, reach.kind);
  }
});
