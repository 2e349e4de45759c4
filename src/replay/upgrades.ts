import type { Decided } from "../plan/decide.ts";
import type { Cause } from "../plan/reason.ts";
import { SUPPORT_CHART } from "../plan/releases.ts";
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
  for (const { upgraded } of clusters.filter(({ any }) => any)) {
    const ofProdHubs = upgraded.filter(({ phase }) => phase === "prod").flatMap(rulesOf);
    for (const { cluster, kind, release, causes } of upgraded) {
      const own = rulesOf({ causes });
      upgrades.set(kind === SUPPORT_CHART ? cluster : `${cluster}/${release}`, {
        kind: KINDS[kind],
        rules: new Set(kind === "staging hub" ? [...own, ...ofProdHubs] : own),
      });
    }
  }
  return upgrades;
}

function rulesOf({ causes }: { readonly causes: readonly Cause[] }): readonly string[] {
  return causes.map(({ rule }) => rule).filter((rule) => rule !== FOLLOWS);
}
