import type { Cluster } from "../plan/cluster.ts";
import { releasesOf } from "../plan/releases.ts";
import { didYouMean } from "../text/nearest.ts";
import { visible } from "../text/visible.ts";
import { releaseKey, type ReleaseName } from "./ledger_record.ts";

/** A pause that holds nothing back, and what to say of it. */
export interface IdlePause {
  readonly name: string;
  readonly message: string;
}

/** Finds what is paused and not there: a slip of the pen there would deploy what is to wait. */
export function idlePauses(
  paused: Readonly<Record<string, string>>,
  clusters: readonly Cluster[],
): readonly IdlePause[] {
  const known = clusters.flatMap((cluster) => [
    cluster.name,
    ...releasesOf(cluster).map(releaseKey),
  ]);
  return Object.keys(paused).filter((name) => !known.includes(name)).map((name) => {
    const hint = didYouMean({ word: name, known }) || '; take it out of "paused"';
    const what = name.includes("/") ? "release" : "cluster";
    const shown = visible(JSON.stringify(name));
    return { name, message: `Cannot pause ${shown}: there is no such ${what}${hint}` };
  });
}

/** The key of the config's `paused` that holds a release back. */
export function pauseOf(
  release: ReleaseName,
  paused: Readonly<Record<string, string>>,
): string | undefined {
  return [releaseKey(release), release.cluster].find((name) => Object.hasOwn(paused, name));
}
