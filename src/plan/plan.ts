import { compare } from "../text/compare.ts";
import { visible } from "../text/visible.ts";
import type { Cluster } from "./cluster.ts";
import { boundPlan } from "./bound_plan.ts";
import type { ClusterReasons } from "./cluster_reasons.ts";
import { decide, type Decided } from "./decide.ts";
import type { PlanInput } from "./plan_input.ts";
import { writeCauses } from "./reason.ts";
import { type Release, SUPPORT_CHART } from "./releases.ts";
import { namesInWaves } from "./waves.ts";
import type { Plan, ProdHubUpgrade, SupportAndStagingUpgrade } from "./schema.ts";

/** Writes down which Helm releases a change upgrades, and why, as {@linkcode decide} decides. */
export function plan(input: PlanInput): Plan {
  return writePlan(decide(input), input);
}

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
  const { name: cluster_name, provider, addons: hasAddons } = of.cluster;
  const support = of.causesOf(SUPPORT_CHART);
  const [addons, staging] = [upgradesOf(of, "add-on"), upgradesOf(of, "staging hub")];
  if (support.length + addons.length + staging.length === 0) return [];
  return [{
    cluster_name,
    provider,
    upgrade_support: support.length > 0,
    support_reason: writeCauses(support),
    staging_hubs: staging.map(([hub]) => hub),
    staging_reason: joinReasons(staging),
    ...(hasAddons && {
      addons: addons.map(([addon]) => addon),
      addons_reason: joinReasons(addons),
    }),
    ...valuesOf(of.cluster),
  }];
}

function prodHubUpgrades(of: ClusterReasons): ProdHubUpgrade[] {
  const { name: cluster_name, provider } = of.cluster;
  return upgradesOf(of, "prod hub").map(([hub_name, reason]) => (
    { cluster_name, provider, hub_name, reason, ...valuesOf(of.cluster) }
  ));
}

function valuesOf({ values }: Cluster) {
  return values === undefined ? {} : { values };
}

function upgradesOf(of: ClusterReasons, wanted: Release["kind"]) {
  return of.upgraded.filter(({ kind }) => kind === wanted)
    .map(({ release, causes }) => [release, writeCauses(causes)] as const)
    .sort(([a], [b]) => compare(a, b));
}

/** One reason for all that share it, otherwise one for each. */
function joinReasons(reasons: readonly (readonly [release: string, reason: string])[]): string {
  const distinct = new Set(reasons.map(([, reason]) => reason));
  if (distinct.size <= 1) return [...distinct].join();
  return reasons.map(([release, reason]) => `${visible(release)}: ${reason}`).join("; ");
}
