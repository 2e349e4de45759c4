import { BOUNDS } from "./bounds.ts";
import { matchesAny, type Pattern } from "./pattern.ts";
import type { Plan } from "./schema.ts";

/** The clusters that go first, then those that go next, and so on, by patterns of their names. */
export type Waves = readonly (readonly Pattern[])[];

/** The wave that a cluster is in, counted from 0: the first that names it; -1 where none does. */
export function waveOf(cluster: string, waves: Waves): number {
  return waves.findIndex((patterns) => matchesAny(patterns, cluster));
}

/** The names of some clusters, wave by wave. */
export function namesInWaves(names: readonly string[], waves: Waves): string[][] {
  return waves.map((_, wave) => names.filter((name) => waveOf(name, waves) === wave));
}

/** Some of the clusters of a plan by its waves; all together where it has none. */
export function byWave(names: readonly string[], waves: Plan["waves"]): readonly string[][] {
  return (waves ?? [names]).map((wave) => {
    const own = new Set(wave);
    return names.filter((name) => own.has(name));
  });
}

/** Legs as the jobs get them over which they are spread: no job has more than GitHub allows. */
export function inShards<Leg>(legs: readonly Leg[]): Leg[][] {
  const count = Math.ceil(legs.length / BOUNDS.legs);
  return Array.from(
    { length: count },
    (_, shard) => legs.slice(shard * BOUNDS.legs, (shard + 1) * BOUNDS.legs),
  );
}
