import type { ClusterReasons } from "./cluster_reasons.ts";
import { Reasons } from "./reason.ts";

/** A release of a cluster, with the reasons to upgrade it. */
export interface Release {
  readonly kind: "support chart" | "staging hub" | "prod hub";
  /** The hub's name; `null` for the support chart. */
  readonly hub: string | null;
  readonly reasons: Reasons;
}

export function releasesOf({ cluster, support, hubs }: ClusterReasons): readonly Release[] {
  const ofKind = (kind: Release["kind"]) =>
    cluster.hubs.filter(({ staging }) => staging === (kind === "staging hub"))
      .map(({ name }) => ({ kind, hub: name, reasons: hubs.get(name) ?? new Reasons() }));
  const chart = { kind: "support chart", hub: null, reasons: support } as const;
  return [
    ...(cluster.support === null ? [] : [chart]),
    ...ofKind("staging hub"),
    ...ofKind("prod hub"),
  ];
}
