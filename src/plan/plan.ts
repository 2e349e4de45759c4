import { compare } from "../text/compare.ts";
import { visible } from "../text/visible.ts";
import type { Cluster } from "./cluster.ts";
import { boundPlan } from "./bound_plan.ts";
import type { ClusterReasons } from "./cluster_reasons.ts";
import { decide, type Decided } from "./decide.ts";
import type { PlanInput } from "./plan_input.ts";
import { namesInWaves } from "./waves.ts";
import type { Plan, ProdHubUpgrade, SupportAndStagingUpgrade } from "./schema.ts";

/** Writes down which Helm releases a change upgrades, and why, as {@linkcode decide} decides. */
export function plan(input: PlanInput): Plan {
  return writePlan(decide(input), input);
}

/** Writes down what was decided between two commits. */
export function writePlan(
  { clusters, notices }: Decided,
  { base, head, gate, waves }: Pick<PlanInput, "base" | "head" | "gate" | "waves">,
): Plan {
  const upgraded = clusters.filter(({ any }) => any);
  return boundPlan({
    version: 1,
    base,
    head,
    ...(gate === "fleet" && { gate }),
    ...(waves && { waves: namesInWaves(upgraded.map(({ cluster }) => cluster.name), waves) }),
    support_and_staging: upgraded.flatMap(supportAndStagingUpgrade),
    prod: upgraded.flatMap(prodHubUpgrades),
    notices: [...notices],
  });
}

function supportAndStagingUpgrade(of: ClusterReasons): SupportAndStagingUpgrade[] {
  const { cluster, support, addons, anyBeforeHubs } = of;
  const staging = hubReasons(of, true);
  if (!anyBeforeHubs && staging.length === 0) return [];
  const upgraded = upgradedOf(cluster.addons ?? [], addons);
  return [{
    cluster_name: cluster.name,
    provider: cluster.provider,
    upgrade_support: support.any,
    support_reason: support.toString(),
    staging_hubs: staging.map(([hub]) => hub),
    staging_reason: joinReasons(staging),
    ...(cluster.addons !== undefined && {
      addons: upgraded.map(([addon]) => addon),
      addons_reason: joinReasons(upgraded),
    }),
    ...valuesOf(cluster),
  }];
}

function prodHubUpgrades(of: ClusterReasons): ProdHubUpgrade[] {
  const { name: cluster_name, provider } = of.cluster;
  return hubReasons(of, false).map(([hub_name, reason]) => (
    { cluster_name, provider, hub_name, reason, ...valuesOf(of.cluster) }
  ));
}

function valuesOf({ values }: Cluster) {
  return values === undefined ? {} : { values };
}

/** The staging hubs, or the prod hubs, that are upgraded, sorted, each with its reason. */
function hubReasons({ cluster, hubs }: ClusterReasons, staging: boolean) {
  return upgradedOf(cluster.hubs.filter((hub) => hub.staging === staging), hubs);
}

function upgradedOf(
  releases: readonly { readonly name: string }[],
  reasons: ClusterReasons["hubs"],
) {
  return releases.filter(({ name }) => reasons.get(name)?.any)
    .map(({ name }) => [name, String(reasons.get(name))] as const)
    .sort(([a], [b]) => compare(a, b));
}

/** One reason for all that share it, otherwise one for each. */
function joinReasons(reasons: readonly (readonly [release: string, reason: string])[]): string {
  const distinct = new Set(reasons.map(([, reason]) => reason));
  if (distinct.size <= 1) return [...distinct].join();
  return reasons.map(([release, reason]) => `${visible(release)}: ${reason}`).join("; ");
}
