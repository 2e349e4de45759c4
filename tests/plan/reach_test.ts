import assert from "node:assert/strict";
import type { Cluster } from "../../src/plan/cluster.ts";
import type { ClusterReasons } from "../../src/plan/decide.ts";
import { addAll, addReach, reaches } from "../../src/plan/reach.ts";
import { Reasons } from "../../src/plan/reason.ts";
import type { Reach } from "../../src/plan/rules.ts";
import { fullCluster } from "./arbitraries.ts";

const bare: Cluster = { ...fullCluster, name: "bare", support: null, hubs: [] };

const cause = { rule: "all hubs", subjects: ["a"] };

function reasonsOf(cluster: Cluster): ClusterReasons {
  return {
    cluster,
    support: new Reasons(),
    hubs: new Map(cluster.hubs.map(({ name }) => [name, new Reasons()])),
  };
}

/** The releases that have a reason. */
function withReason({ support, hubs }: ClusterReasons): readonly string[] {
  const names = [...hubs].filter(([, reasons]) => reasons.any).map(([name]) => name);
  return [...(support.any ? ["support chart"] : []), ...names];
}

const REACHES: readonly (readonly [what: string, reach: Reach, releases: readonly string[]])[] = [
  ["a cluster", { kind: "cluster", cluster: fullCluster }, ["support chart", "staging", "prod"]],
  ["all hubs", { kind: "all hubs" }, ["staging", "prod"]],
  ["some hubs", { kind: "some hubs", includes: ({ name }) => name === "prod" }, ["prod"]],
  ["no hub of all", { kind: "some hubs", includes: () => false }, []],
  ["a hub", { kind: "hub", cluster: fullCluster, hub: "staging" }, ["staging"]],
  ["a hub that is not there", { kind: "hub", cluster: fullCluster, hub: "lab" }, []],
  ["all support charts", { kind: "all support charts" }, ["support chart"]],
  ["a support chart", { kind: "support chart", cluster: fullCluster }, ["support chart"]],
];

for (const [what, reach, releases] of REACHES) {
  Deno.test(`addReach() adds a cause to what ${what} is, and says whether it is there`, () => {
    const full = reasonsOf(fullCluster);
    assert.equal(addReach(full, reach, cause), releases.length > 0);
    assert.deepEqual(withReason(full), releases);
    assert.equal(reaches(fullCluster, reach), releases.length > 0);
    assert.equal(addReach(reasonsOf(bare), reach, cause), false);
    assert.equal(reaches(bare, reach), false);
  });
}

Deno.test("addAll() adds a cause to every release, and says whether there is one", () => {
  const full = reasonsOf(fullCluster);
  assert.equal(addAll(full, cause), true);
  assert.deepEqual(withReason(full), ["support chart", "staging", "prod"]);
  const hubs = reasonsOf({ ...fullCluster, support: null });
  assert.equal(addAll(hubs, cause), true);
  assert.deepEqual(withReason(hubs), ["staging", "prod"]);
  assert.equal(addAll(reasonsOf(bare), cause), false);
});
