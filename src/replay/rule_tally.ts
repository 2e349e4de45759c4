import { compare } from "../text/compare.ts";
import { countKinds, type Counts } from "./counts.ts";
import type { Upgrade, Upgrades } from "./upgrades.ts";

export interface RuleCounts {
  readonly rule: string;
  /** The upgrades that it caused, alone or with other rules: those count for each of them. */
  readonly upgrades: Counts;
  /** The upgrades that it alone caused: without it they would not be. */
  readonly alone: Counts;
  /** Those that it alone caused and that the other precision does not plan. */
  readonly aloneHere: Counts;
}

/** Counts what each rule caused, push by push. */
export class RuleTally {
  readonly #byRule = new Map<string, RuleCounts>();

  add(upgrades: Upgrades, other: Upgrades): void {
    const caused = new Map<string, [name: string, upgrade: Upgrade][]>();
    for (const [name, upgrade] of upgrades) {
      for (const rule of upgrade.rules) {
        const list = caused.get(rule) ?? [];
        caused.set(rule, list);
        list.push([name, upgrade]);
      }
    }
    for (const [rule, list] of caused) {
      const before = this.#byRule.get(rule);
      const alone = list.filter(([, { rules }]) => rules.size === 1);
      const here = alone.filter(([name]) => !other.has(name));
      const count = (some: typeof list, sofar?: Counts) =>
        countKinds(some.map(([, upgrade]) => upgrade), sofar);
      this.#byRule.set(rule, {
        rule,
        upgrades: count(list, before?.upgrades),
        alone: count(alone, before?.alone),
        aloneHere: count(here, before?.aloneHere),
      });
    }
  }

  /** What each rule caused, the most costly first. */
  get rules(): readonly RuleCounts[] {
    return [...this.#byRule.values()].sort((a, b) =>
      compare(b.upgrades.total, a.upgrades.total) || compare(a.rule, b.rule)
    );
  }
}
