import type { Plan, ProdHubUpgrade, SupportAndStagingUpgrade } from "../plan/schema.ts";

export interface ClusterUpgrades {
  readonly name: string;
  readonly provider: string;
  /** Its canary leg: one, or none. */
  readonly canaries: readonly SupportAndStagingUpgrade[];
  readonly prod: readonly ProdHubUpgrade[];
  /** Its wave, counted from 1; there where the plan has waves. */
  readonly wave?: number;
}

export interface Wave {
  /** Counted from 1; nothing where the plan has no waves. */
  readonly number: number | undefined;
  readonly clusters: readonly ClusterUpgrades[];
}

/** The waves of a plan that upgrade anything; all of a plan that has none. */
export function planWaves(plan: Plan): readonly Wave[] {
  return [...Map.groupBy(planClusters(plan), ({ wave }) => wave)]
    .map(([number, clusters]) => ({ number, clusters }));
}

/** Sorts the legs of a plan by wave and cluster. */
export function planClusters(plan: Plan): readonly ClusterUpgrades[] {
  const { waves } = plan;
  const all = clustersByName(plan);
  if (waves === undefined) return all;
  const numbers = new Map(waves.flatMap((wave, index) => wave.map((name) => [name, index + 1])));
  // Each is in one: a plan that says otherwise is refused before anyone sees it.
  const numbered = all.map((cluster) => ({ ...cluster, wave: numbers.get(cluster.name) ?? 0 }));
  return numbered.sort((a, b) => a.wave - b.wave);
}

function clustersByName({ support_and_staging, prod }: Plan): ClusterUpgrades[] {
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
