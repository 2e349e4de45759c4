import type { MatrixJobs } from "./matrix.ts";
import type { Plan, ProdHubJob, SupportAndStagingJob } from "./schema.ts";
import { inShards } from "./waves.ts";

/** What the jobs of one wave get that deploy phase by phase. */
export interface WaveLegs {
  /** The canary legs, for each of the jobs that they are spread over. */
  readonly canaries: readonly (readonly SupportAndStagingJob[])[];
  /** All clusters of the wave on which anything is upgraded. */
  readonly clusters: readonly string[];
  /** Whether any of it is a prod hub. */
  readonly prod: boolean;
}

/** What the jobs get that deploy cluster by cluster. */
export interface ClusterLegs {
  /** The names of clusters: wave by wave, and then for each of the jobs that they are spread over. */
  readonly waves: readonly (readonly (readonly string[])[])[];
  /** The canary leg of each of them; none where it has none. */
  readonly canaries: Readonly<Record<string, readonly SupportAndStagingJob[]>>;
  readonly prod: Readonly<Record<string, readonly ProdHubJob[]>>;
}

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
  return waves?.map((wave) => wave.filter((name) => names.has(name))) ?? [[...names].sort()];
}
