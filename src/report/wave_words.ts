import type { Wave } from "./plan_clusters.ts";
import { listNames } from "../text/list_names.ts";

/** Says what a wave waits for; nothing of the first of a plan. */
export function describeWave(number: number, waves: readonly Wave[]): string {
  const earlier = waves.flatMap((wave) =>
    wave.number !== undefined && wave.number < number ? [String(wave.number)] : []
  );
  if (earlier.length === 0) return "";
  return `where nothing failed in ${earlier.length === 1 ? "wave" : "waves"} ${listNames(earlier)}`;
}
