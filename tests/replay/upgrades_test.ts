import assert from "node:assert/strict";
import type { Cluster } from "../../src/plan/cluster.ts";
import { decide } from "../../src/plan/decide.ts";
import { upgradesOf } from "../../src/replay/upgrades.ts";
import {
  CLUSTERS_DIR,
  DEFAULT_PATTERNS,
  fullCluster,
  inputOf,
  rulesFor,
} from "../plan/arbitraries.ts";

const FOLDER = `${CLUSTERS_DIR}/full`;

/** What changed files upgrade: each release with its kind and its rules. */
function upgrades(cluster: Cluster, ...changed: readonly string[]) {
  const clusters = [cluster];
  const decided = decide(inputOf({
    clusters,
    changed,
    rules: rulesFor(DEFAULT_PATTERNS, clusters),
  }));
  return Object.fromEntries(
    [...upgradesOf(decided)].map(([name, { kind, rules }]) => [name, [kind, ...[...rules].sort()]]),
  );
}

Deno.test("upgradesOf() names each release with its kind and what caused it", () => {
  assert.deepEqual(upgrades(fullCluster, fullCluster.file), {
    "full": ["support_charts", "cluster file"],
    "full/staging": ["staging_hubs", "cluster file"],
    "full/prod": ["prod_hubs", "cluster file"],
  });
  assert.deepEqual(upgrades(fullCluster, `${FOLDER}/support.values.yaml`), {
    "full": ["support_charts", "support values file"],
  });
  assert.deepEqual(upgrades(fullCluster, "docs/index.md"), {});
});

Deno.test("upgradesOf() gives a staging hub the causes of the prod hubs behind it", () => {
  assert.deepEqual(upgrades(fullCluster, `${FOLDER}/prod.values.yaml`), {
    "full/staging": ["staging_hubs", "hub values file"],
    "full/prod": ["prod_hubs", "hub values file"],
  });
  const extra = { name: "lab", staging: false, valuesFiles: ["deployer/lab.values.yaml"] };
  const cluster = { ...fullCluster, hubs: [...fullCluster.hubs, extra] };
  assert.deepEqual(upgrades(cluster, `${FOLDER}/staging.values.yaml`, "deployer/lab.values.yaml"), {
    "full/staging": ["staging_hubs", "all hubs", "hub values file"],
    "full/prod": ["prod_hubs", "all hubs"],
    "full/lab": ["prod_hubs", "all hubs", "hub values file"],
  });
});

Deno.test("upgradesOf() gives a prod hub nothing of its staging hub's causes", () => {
  assert.deepEqual(upgrades(fullCluster, `${FOLDER}/staging.values.yaml`), {
    "full/staging": ["staging_hubs", "hub values file"],
  });
});
