import type { ClusterReasons } from "../plan/cluster_reasons.ts";
import { Reasons } from "../plan/reason.ts";

export type ReleaseKind = "support chart" | "staging hub" | "prod hub";

/** A release of a cluster, with the reasons to upgrade it. */
export interface Release {
  readonly kind: ReleaseKind;
  /** The hub's name; `null` for the support chart. */
  readonly hub: string | null;
  readonly reasons: Reasons;
}

/** Lists the releases of a cluster: the support chart, the staging hubs, the prod hubs. */
export function releasesOf({ cluster, support, hubs }: ClusterReasons): readonly Release[] {
  const ofKind = (kind: ReleaseKind) =>
    cluster.hubs.filter(({ staging }) => staging === (kind === "staging hub"))
      .map(({ name }) => ({ kind, hub: name, reasons: hubs.get(name) ?? new Reasons() }));
  return [
    ...(cluster.support === null
      ? []
      : [{ kind: "support chart", hub: null, reasons: support } as const]),
    ...ofKind("staging hub"),
    ...ofKind("prod hub"),
  ];
}
