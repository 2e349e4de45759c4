import { boundPlan } from "./bound_plan.ts";
import { compare } from "../text/compare.ts";
import type { ClusterReasons } from "./cluster_reasons.ts";
import { decide, type Decided } from "./decide.ts";
import type { PlanInput } from "./plan_input.ts";
import type { Plan, ProdHubUpgrade, SupportAndStagingUpgrade } from "./schema.ts";
import { visible } from "../text/visible.ts";

/**
 * Decides which Helm releases a change upgrades, and why.
 *
 * Pure: the same clusters, files, rules and labels give the same plan, in whatever order they
 * come. A prod hub is never planned without all staging hubs of its cluster.
 */
export function plan(input: PlanInput): Plan {
  return writePlan(decide(input), input);
}

/** Writes down what was decided between two commits. */
export function writePlan(
  { clusters: all, notices }: Decided,
  { base, head }: Pick<PlanInput, "base" | "head">,
): Plan {
  const clusters = all.filter(({ any }) => any);
  return boundPlan({
    version: 1,
    base,
    head,
    support_and_staging: clusters.flatMap(supportAndStagingUpgrade),
    prod: clusters.flatMap(prodHubUpgrades),
    notices: [...notices],
  });
}

function supportAndStagingUpgrade(
  { cluster, support, hubs }: ClusterReasons,
): SupportAndStagingUpgrade[] {
  const staging = cluster.hubs.filter((hub) => hub.staging && hubs.get(hub.name)?.any)
    .map((hub) => hub.name).sort(compare);
  if (!support.any && staging.length === 0) return [];
  return [{
    cluster_name: cluster.name,
    provider: cluster.provider,
    upgrade_support: support.any,
    support_reason: support.toString(),
    staging_hubs: staging,
    staging_reason: joinReasons(staging.map((name) => [name, String(hubs.get(name) ?? "")])),
  }];
}

function prodHubUpgrades({ cluster, hubs }: ClusterReasons): ProdHubUpgrade[] {
  return cluster.hubs.filter((hub) => !hub.staging && hubs.get(hub.name)?.any)
    .sort((a, b) => compare(a.name, b.name))
    .map((hub) => ({
      cluster_name: cluster.name,
      provider: cluster.provider,
      hub_name: hub.name,
      reason: String(hubs.get(hub.name) ?? ""),
    }));
}

/** One reason for all staging hubs of a leg where they share it, otherwise one for each. */
function joinReasons(reasons: readonly (readonly [hub: string, reason: string])[]): string {
  const distinct = new Set(reasons.map(([, reason]) => reason));
  if (distinct.size <= 1) return [...distinct].join();
  return reasons.map(([hub, reason]) => `${visible(hub)}: ${reason}`).join("; ");
}
