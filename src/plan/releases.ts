import type { ClusterReasons } from "./cluster_reasons.ts";
import { Reasons } from "./reason.ts";

/** A release of a cluster, with the reasons to upgrade it. */
export interface Release {
  readonly kind: "support chart" | "add-on" | "staging hub" | "prod hub";
  /** The name of the hub or the add-on; `null` for the support chart. */
  readonly hub: string | null;
  readonly reasons: Reasons;
}

export function releasesOf(of: ClusterReasons): readonly Release[] {
  const { cluster, support } = of;
  const named = (kind: Release["kind"]) => ({ name }: { readonly name: string }) => (
    { kind, hub: name, reasons: of.named(name) ?? new Reasons() }
  );
  const ofKind = (kind: Release["kind"]) =>
    cluster.hubs.filter(({ staging }) => staging === (kind === "staging hub")).map(named(kind));
  const chart = { kind: "support chart", hub: null, reasons: support } as const;
  return [
    ...(cluster.support === null ? [] : [chart]),
    ...(cluster.addons ?? []).map(named("add-on")),
    ...ofKind("staging hub"),
    ...ofKind("prod hub"),
  ];
}
