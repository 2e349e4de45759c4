import type { ClusterReasons } from "../plan/cluster_reasons.ts";
import type { Decided } from "../plan/decide.ts";
import type { Reasons } from "../plan/reason.ts";
import type { Kind } from "./counts.ts";

/** One release that a push upgrades. */
export interface Upgrade {
  readonly kind: Kind;
  readonly rules: ReadonlySet<string>;
}

/** The releases that a push upgrades by name: `CLUSTER` is a support chart, `CLUSTER/HUB` a hub. */
export type Upgrades = ReadonlyMap<string, Upgrade>;

/** The rule that follows from others: it causes nothing by itself. */
const FOLLOWS = "staging before prod";

/**
 * Lists the releases that a push upgrades, with what caused each. A staging hub that is upgraded
 * before its prod hubs has the causes of these besides its own.
 */
export function upgradesOf({ clusters }: Decided): Upgrades {
  const upgrades = new Map<string, Upgrade>();
  for (const { cluster, support, hubs } of clusters.filter(({ any }) => any)) {
    if (support.any) {
      upgrades.set(cluster.name, { kind: "support_charts", rules: rulesOf(support) });
    }
    const ofProdHubs = rulesOfProdHubs({ cluster, hubs });
    for (const { name, staging } of cluster.hubs) {
      const reasons = hubs.get(name);
      if (!reasons?.any) continue;
      const own = rulesOf(reasons);
      upgrades.set(`${cluster.name}/${name}`, {
        kind: staging ? "staging_hubs" : "prod_hubs",
        rules: staging ? new Set([...own, ...ofProdHubs]) : own,
      });
    }
  }
  return upgrades;
}

function rulesOf({ causes }: Pick<Reasons, "causes">): ReadonlySet<string> {
  return new Set(causes.map(({ rule }) => rule).filter((rule) => rule !== FOLLOWS));
}

function rulesOfProdHubs(
  { cluster, hubs }: Pick<ClusterReasons, "cluster" | "hubs">,
): ReadonlySet<string> {
  const prod = cluster.hubs.filter(({ staging }) => !staging);
  return new Set(prod.flatMap(({ name }) => [...rulesOf(hubs.get(name) ?? { causes: [] })]));
}
