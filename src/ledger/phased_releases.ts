import type { Cluster } from "../plan/cluster.ts";
import { type Phase, releaseKey, type ReleaseName, SUPPORT_CHART } from "./ledger_record.ts";

/** A release, and when its turn is among those of its cluster. */
export interface PhasedRelease extends ReleaseName {
  readonly phase: Phase;
}

/** The releases of a cluster, phase by phase. */
export function releasesOf(
  { name: cluster, support, addons = [], hubs }: Cluster,
): readonly PhasedRelease[] {
  const hubsOf = (phase: "staging" | "prod") =>
    hubs.filter(({ staging }) => staging === (phase === "staging"))
      .map(({ name: release }) => ({ cluster, release, phase }));
  return [
    ...(support === null ? [] : [{ cluster, release: SUPPORT_CHART, phase: "support" } as const]),
    ...addons.map(({ name: release }) => ({ cluster, release, phase: "support" } as const)),
    ...hubsOf("staging"),
    ...hubsOf("prod"),
  ];
}

/** The key of the config's `paused` that holds a release back. */
export function pauseOf(
  release: ReleaseName,
  paused: Readonly<Record<string, string>>,
): string | undefined {
  return [releaseKey(release), release.cluster].find((name) => Object.hasOwn(paused, name));
}
