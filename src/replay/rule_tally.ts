import { compare } from "../text/compare.ts";
import { countKind, countKinds, type Counts } from "./counts.ts";
import type { Upgrades } from "./upgrades.ts";

export interface RuleCounts {
  readonly rule: string;
  /** The upgrades that it caused, alone or with other rules: those count for each of them. */
  readonly upgrades: Counts;
  /** The upgrades that it alone caused: without it they would not be. */
  readonly alone: Counts;
  /** Those that it alone caused and that the other precision does not plan. */
  readonly alone_avoided: Counts;
}

export class RuleTally {
  readonly #byRule = new Map<string, RuleCounts>();

  add(upgrades: Upgrades, other: Upgrades): void {
    for (const [name, { kind, rules }] of upgrades) {
      for (const rule of rules) {
        const counts = this.#byRule.get(rule) ?? nothingOf(rule);
        this.#byRule.set(rule, counts);
        countKind(counts.upgrades, kind);
        if (rules.size > 1) continue;
        countKind(counts.alone, kind);
        if (!other.has(name)) countKind(counts.alone_avoided, kind);
      }
    }
  }

  /** What each rule caused, the most costly first. */
  get rules(): readonly RuleCounts[] {
    return [...this.#byRule.values()].sort((a, b) =>
      compare(b.upgrades.total, a.upgrades.total) || compare(a.rule, b.rule)
    );
  }
}

function nothingOf(rule: string): RuleCounts {
  const [upgrades, alone, alone_avoided] = [countKinds([]), countKinds([]), countKinds([])];
  return { rule, upgrades, alone, alone_avoided };
}
