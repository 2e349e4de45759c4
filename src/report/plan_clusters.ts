import type { Plan, ProdHubUpgrade, SupportAndStagingUpgrade } from "../plan/schema.ts";

export interface ClusterUpgrades {
  readonly name: string;
  readonly provider: string;
  /** Its canary leg: one, or none. */
  readonly canaries: readonly SupportAndStagingUpgrade[];
  readonly prod: readonly ProdHubUpgrade[];
}

/** Sorts the legs of a plan by cluster. */
export function planClusters({ support_and_staging, prod }: Plan): readonly ClusterUpgrades[] {
  const canaries = Map.groupBy(support_and_staging, (row) => row.cluster_name);
  const prodHubs = Map.groupBy(prod, (row) => row.cluster_name);
  return [...new Set([...canaries.keys(), ...prodHubs.keys()])].sort().map((name) => {
    const legs = { canaries: canaries.get(name) ?? [], prod: prodHubs.get(name) ?? [] };
    const [first] = [...legs.canaries, ...legs.prod];
    return { name, provider: first?.provider ?? "", ...legs };
  });
}

export function addonsOf({ canaries }: ClusterUpgrades): readonly string[] {
  return canaries.flatMap((row) => row.addons ?? []);
}

export function stagingHubsOf({ canaries }: ClusterUpgrades): readonly string[] {
  return canaries.flatMap((row) => row.staging_hubs);
}
