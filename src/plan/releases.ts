import type { Cluster, Hub, Support } from "./cluster.ts";

/** What a cluster's support chart is called among its releases: no hub has a space in its name. */
export const SUPPORT_CHART = "support chart";

/** The order in which the releases of a cluster are upgraded. */
export const PHASES = ["support", "staging", "prod"] as const;
export type Phase = (typeof PHASES)[number];

export interface PhasedRelease {
  readonly cluster: string;
  /** Its name on the cluster: a hub's or an add-on's, or {@linkcode SUPPORT_CHART}. */
  readonly release: string;
  readonly phase: Phase;
}

/** A release of a cluster, with its entry there. */
export interface Release extends PhasedRelease {
  readonly kind: "support chart" | "add-on" | "staging hub" | "prod hub";
  readonly entry: Support & Pick<Hub, "chart">;
}

/** The releases of a cluster, in the order in which they are upgraded. */
export const releasesOf = remember(
  ({ name: cluster, support, addons = [], hubs }): readonly Release[] => {
    const hubsOf = (phase: "staging" | "prod") =>
      hubs.filter(({ staging }) => staging === (phase === "staging")).map((entry) => (
        { cluster, release: entry.name, kind: `${phase} hub`, phase, entry } as const
      ));
    const first = { cluster, phase: "support" } as const;
    const chart = { ...first, release: SUPPORT_CHART, kind: "support chart" } as const;
    return [
      ...(support === null ? [] : [{ ...chart, entry: support }]),
      ...addons.map((entry) => (
        { ...first, release: entry.name, kind: "add-on", entry } as const
      )),
      ...hubsOf("staging"),
      ...hubsOf("prod"),
    ];
  },
);

/** Keeps what was found for a cluster as long as it lives: a cluster does not change. */
export function remember<Result>(find: (cluster: Cluster) => Result): (cluster: Cluster) => Result {
  const found = new WeakMap<Cluster, Result>();
  return (cluster) => {
    const result = found.get(cluster) ?? find(cluster);
    found.set(cluster, result);
    return result;
  };
}
