import * as z from "../zod.ts";
import { releaseKey, type ReleaseName } from "./ledger_record.ts";

/** The names of releases by their clusters: each cluster's name is written once. */
export const ReleasesByCluster = z.record(z.string(), z.readonly(z.array(z.string())));
type ReleasesByCluster = z.infer<typeof ReleasesByCluster>;

/** The releases of some keys, by their clusters. */
export function byCluster(keys: readonly string[]): ReleasesByCluster {
  const clusters = Map.groupBy(keys, (key) => key.slice(0, key.indexOf("/")));
  return Object.fromEntries(
    [...clusters].map(([cluster, own]) => [
      cluster,
      own.map((key) => key.slice(cluster.length + 1)),
    ]),
  );
}

export function releasesIn(releases: ReleasesByCluster): readonly ReleaseName[] {
  return Object.entries(releases).flatMap(([cluster, own]) =>
    own.map((release) => ({ cluster, release }))
  );
}

export function keysIn(releases: ReleasesByCluster): readonly string[] {
  return releasesIn(releases).map(releaseKey);
}
