import assert from "node:assert/strict";
import { ruleSays } from "../../src/explain/rule_says.ts";
import { PRECISE_RULE_IDS, RULE_IDS } from "../../src/plan/decision.ts";

Deno.test("ruleSays() has words for every rule that a reason can name", () => {
  const others = ["label", "staging before prod", "unknown base"];
  for (const rule of [...RULE_IDS, ...PRECISE_RULE_IDS, ...others]) {
    const says = ruleSays(rule);
    assert.match(says, /^[a-z].{20,}$/, rule);
    assert.doesNotMatch(says, /`|undefined|to $/, rule);
  }
});
