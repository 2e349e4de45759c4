import assert from "node:assert/strict";
import { parseClusterFile } from "../../src/config/cluster_file.ts";
import { NAME } from "../../src/config/names.ts";
import { defaultSettings } from "../../src/config/settings.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { parsePlan } from "../../src/github/parse_plan.ts";
import { type ClusterFolder, CLUSTERS_DIR } from "./cluster_case.ts";
import { bytesOf } from "./content.ts";

/** The clusters of folders, of which some may be wrong. */
export function readableClusters(folders: readonly ClusterFolder[]): ReadonlyMap<string, Cluster> {
  const { isStaging } = defaultSettings("");
  const clusters = new Map<string, Cluster>();
  for (const { name, file } of folders) {
    if (typeof file === "string") continue;
    const path = `${CLUSTERS_DIR}/${name}/cluster.yaml`;
    const text = new TextDecoder().decode(bytesOf(file));
    const cluster = parseClusterFile({ path, text }, isStaging);
    if ("hubs" in cluster) clusters.set(cluster.name, cluster);
  }
  return clusters;
}

/** Reads a plan that was printed as JSON, the way the comment workflow reads one. */
export function readPrintedPlan(text: string): Plan {
  const plan = parsePlan(text, "plan.json");
  assert.deepEqual(plan, JSON.parse(text), "a plan survives its reader");
  return plan;
}

/**
 * Checks what every plan promises: it is about releases that there are, under names that mean
 * nothing to a shell, in order, each once and with a reason, and no prod hub is planned without all
 * staging hubs of its cluster.
 */
export function checkPlan(plan: Plan, clusters: ReadonlyMap<string, Cluster>): void {
  const canaries = plan.support_and_staging.map(({ cluster_name }) => cluster_name);
  const prod = plan.prod.map(({ cluster_name, hub_name }) => `${cluster_name}\0${hub_name}`);
  assert.deepEqual(canaries, [...new Set(canaries)].sort());
  assert.deepEqual(prod, [...new Set(prod)].sort());
  for (const leg of plan.support_and_staging) {
    const { support, staging } = releasesOf(clusters, leg);
    assert.ok(leg.upgrade_support ? support && leg.support_reason !== "" : true);
    assert.ok(leg.upgrade_support || leg.staging_hubs.length > 0, "a leg does something");
    assert.equal(leg.staging_hubs.length > 0, leg.staging_reason !== "");
    assert.deepEqual(leg.staging_hubs.filter((hub) => !staging.includes(hub)), []);
  }
  for (const leg of plan.prod) {
    const { staging, hubs } = releasesOf(clusters, leg);
    assert.ok(hubs.includes(leg.hub_name) && !staging.includes(leg.hub_name));
    assert.notEqual(leg.reason, "");
    if (staging.length === 0) continue;
    const canary = plan.support_and_staging[canaries.indexOf(leg.cluster_name)];
    assert.deepEqual(canary?.staging_hubs.toSorted(), staging.toSorted(), "a canary before prod");
  }
}

function releasesOf(
  clusters: ReadonlyMap<string, Cluster>,
  { cluster_name, provider }: { readonly cluster_name: string; readonly provider: string },
) {
  const cluster = clusters.get(cluster_name);
  assert.ok(cluster, `there is no cluster ${cluster_name}`);
  assert.equal(provider, cluster.provider);
  const hubs = cluster.hubs.map(({ name }) => name);
  for (const name of [cluster_name, provider, ...hubs]) assert.match(name, NAME);
  const staging = cluster.hubs.filter((hub) => hub.staging).map(({ name }) => name);
  return { support: cluster.support !== null, hubs, staging };
}
