import assert from "node:assert/strict";
import { runTarget } from "./run_target.ts";
import { TARGETS } from "./targets.ts";

for (const target of TARGETS) {
  Deno.test(`hubwright neither crashes nor hangs, and keeps its promises: ${target.name}`, async () => {
    const { failure, ended } = await runTarget(target, { seed: 1, cases: 12 });
    assert.equal(failure, undefined, `${failure?.error}\n${failure?.counterexample}`);
    // Cases that are all taken, or all refused, would show half of it.
    assert.ok(ended.accepted > 0 && ended.refused > 0, JSON.stringify(ended));
  });
}
