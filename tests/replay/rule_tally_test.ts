import assert from "node:assert/strict";
import type { Kind } from "../../src/replay/counts.ts";
import { RuleTally } from "../../src/replay/rule_tally.ts";
import type { Upgrades } from "../../src/replay/upgrades.ts";

type Release = readonly [kind: Kind, ...rules: readonly string[]];

/** Upgrades, each with its kind and its rules. */
function upgrades(of: Readonly<Record<string, Release>>): Upgrades {
  return new Map(
    Object.entries(of).map(([name, [kind, ...rules]]) => [name, { kind, rules: new Set(rules) }]),
  );
}

/** A tally in few words: support charts, staging hubs and prod hubs. */
function inShort({ rules }: RuleTally): readonly string[] {
  return rules.map(({ rule, upgrades, alone, alone_avoided }) => {
    const counts = [upgrades, alone, alone_avoided].map((of) => {
      assert.equal(of.total, of.support_charts + of.staging_hubs + of.prod_hubs);
      return `${of.support_charts} ${of.staging_hubs} ${of.prod_hubs}`;
    });
    return [rule, ...counts].join(", ");
  });
}

Deno.test("RuleTally counts for each cause, for one alone, and what the other precision avoids", () => {
  const tally = new RuleTally();
  tally.add(
    upgrades({
      "earth": ["support_charts", "a"],
      "earth/staging": ["staging_hubs", "a", "b"],
      "earth/prod": ["prod_hubs", "b"],
      "earth/lab": ["prod_hubs", "b"],
    }),
    upgrades({ "earth/lab": ["prod_hubs", "c"] }),
  );
  assert.deepEqual(inShort(tally), ["b, 0 1 2, 0 0 2, 0 0 1", "a, 1 1 0, 1 0 0, 1 0 0"]);
});

Deno.test("RuleTally adds up pushes, the most costly rule first", () => {
  const tally = new RuleTally();
  const one = upgrades({ "earth/prod": ["prod_hubs", "a"] });
  const two = upgrades({ "earth/prod": ["prod_hubs", "b"], "earth": ["support_charts", "b"] });
  for (const push of [one, two, one]) tally.add(push, push);
  assert.deepEqual(inShort(tally), ["a, 0 0 2, 0 0 2, 0 0 0", "b, 1 0 1, 1 0 1, 0 0 0"]);
  tally.add(two, two);
  assert.deepEqual(inShort(tally), ["b, 2 0 2, 2 0 2, 0 0 0", "a, 0 0 2, 0 0 2, 0 0 0"]);
});
