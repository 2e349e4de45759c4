import { addCounts, countKinds, type Counts } from "./counts.ts";
import type { Upgrade, Upgrades } from "./upgrades.ts";

/** What one rule caused. */
export interface RuleCounts {
  /** The rule's name. */
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

  /** Adds what a push upgrades. */
  add(upgrades: Upgrades, other: Upgrades): void {
    const byRule = new Map<string, [name: string, upgrade: Upgrade][]>();
    for (const [name, upgrade] of upgrades) {
      for (const rule of upgrade.rules) {
        const of = byRule.get(rule);
        if (of === undefined) byRule.set(rule, [[name, upgrade]]);
        else of.push([name, upgrade]);
      }
    }
    for (const [rule, of] of byRule) this.#addRule(rule, of, other);
  }

  /** What each rule caused, the most costly first. */
  get rules(): readonly RuleCounts[] {
    return [...this.#byRule.values()].sort((a, b) =>
      b.upgrades.total - a.upgrades.total || (a.rule < b.rule ? -1 : 1)
    );
  }

  #addRule(
    rule: string,
    of: readonly (readonly [name: string, upgrade: Upgrade])[],
    other: Upgrades,
  ): void {
    const alone = of.filter(([, { rules }]) => rules.size === 1);
    const before = this.#byRule.get(rule);
    const sum = (counted: typeof of, sofar: Counts | undefined) =>
      addCounts(
        countKinds(counted.map(([, upgrade]) => upgrade)),
        ...sofar === undefined ? [] : [sofar],
      );
    this.#byRule.set(rule, {
      rule,
      upgrades: sum(of, before?.upgrades),
      alone: sum(alone, before?.alone),
      aloneHere: sum(alone.filter(([name]) => !other.has(name)), before?.aloneHere),
    });
  }
}
