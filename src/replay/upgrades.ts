import type { Decided } from "../plan/decide.ts";
import { type Release, releasesOf } from "../plan/releases.ts";
import type { Kind } from "./counts.ts";

/** The releases that a push upgrades by name: `CLUSTER` is a support chart, `CLUSTER/NAME` a hub or an add-on. */
export type Upgrades = ReadonlyMap<
  string,
  { readonly kind: Kind; readonly rules: ReadonlySet<string> }
>;

const KINDS = {
  "support chart": "support_charts",
  "add-on": "support_charts",
  "staging hub": "staging_hubs",
  "prod hub": "prod_hubs",
} as const;

/** The rule that follows from others: it causes nothing by itself. */
const FOLLOWS = "staging before prod";

/**
 * Lists the releases that a push upgrades, with what caused each. A staging hub that is upgraded
 * before its prod hubs has the causes of these besides its own.
 */
export function upgradesOf({ clusters }: Decided): Upgrades {
  const upgrades: Map<string, { kind: Kind; rules: ReadonlySet<string> }> = new Map();
  for (const of of clusters.filter(({ any }) => any)) {
    const upgraded = releasesOf(of).filter(({ reasons }) => reasons.any);
    const ofProdHubs = upgraded.filter(({ kind }) => kind === "prod hub").flatMap(rulesOf);
    for (const release of upgraded) {
      const { kind, hub } = release;
      const own = rulesOf(release);
      upgrades.set(hub === null ? of.cluster.name : `${of.cluster.name}/${hub}`, {
        kind: KINDS[kind],
        rules: new Set(kind === "staging hub" ? [...own, ...ofProdHubs] : own),
      });
    }
  }
  return upgrades;
}

function rulesOf({ reasons }: Release): readonly string[] {
  return reasons.causes.map(({ rule }) => rule).filter((rule) => rule !== FOLLOWS);
}
