import type { MatrixJobs } from "./matrix.ts";
import type { ClusterLegs, Plan, WaveLegs } from "./schema.ts";
import { byWave, inShards } from "./waves.ts";

export const NO_CLUSTER_LEGS: ClusterLegs = { waves: [], canaries: {}, prod: {} };

export function legsByWave(plan: Pick<Plan, "waves">, jobs: MatrixJobs): WaveLegs[] {
  return wavesOf(plan, jobs).map((clusters) => {
    const names = new Set(clusters);
    const isIn = (leg: { readonly cluster_name: string }) => names.has(leg.cluster_name);
    return {
      canaries: inShards(jobs.canaries.filter(isIn)),
      clusters,
      prod: jobs.prod.some(isIn),
    };
  });
}

export function legsByCluster(
  plan: Pick<Plan, "waves">,
  { canaries, prod }: MatrixJobs,
): ClusterLegs {
  const waves = wavesOf(plan, { canaries, prod });
  const of = <Leg extends { readonly cluster_name: string }>(legs: readonly Leg[]) => {
    const byName = Map.groupBy(legs, (leg) => leg.cluster_name);
    return Object.fromEntries(waves.flat().map((name) => [name, byName.get(name) ?? []]));
  };
  return { waves: waves.map(inShards), canaries: of(canaries), prod: of(prod) };
}

function wavesOf({ waves }: Pick<Plan, "waves">, { canaries, prod }: MatrixJobs) {
  const names = new Set([...canaries, ...prod].map(({ cluster_name }) => cluster_name));
  // A dry run leaves a plan without legs that still says its waves.
  return byWave([...names].sort(), waves);
}
