import assert from "node:assert/strict";
import fc from "fast-check";
import { fairShares } from "../../src/report/markdown_section.ts";

Deno.test("fairShares() gives what is needed, and what that leaves to those who need more", () => {
  assert.deepEqual(fairShares([10, 70, 50], 100), [10, 45, 45]);
  assert.deepEqual(fairShares([70, 10, 20], 100), [70, 10, 20]);
  assert.deepEqual(fairShares([], 100), []);
});

Deno.test("fairShares() gives no more than there is, and leaves nothing that is needed", () => {
  const needs = fc.array(fc.nat({ max: 100 }), { maxLength: 6 });
  fc.assert(
    fc.property(needs, fc.nat({ max: 300 }), (needs, room) => {
      const shares = fairShares(needs, room);
      const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
      const least = Math.min(
        ...needs.flatMap((need, i) => need > (shares[i] ?? 0) ? [shares[i] ?? 0] : []),
      );
      assert.equal(sum(shares), Math.min(room, sum(needs)));
      for (const share of shares) {
        assert.ok(share <= least + 1, "those who lack something get most");
      }
    }),
    { seed: 5, numRuns: 500 },
  );
});
