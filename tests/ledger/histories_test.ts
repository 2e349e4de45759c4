import assert from "node:assert/strict";
import fc from "fast-check";
import { history, play } from "./histories.ts";

Deno.test("the ledger forgets no upgrade and never goes back, whatever happens to a fleet", async () => {
  const count = { refused: 0, upgraded: 0, owed: 0 };
  await fc.assert(
    fc.asyncProperty(history, async (history) => {
      const { refused, upgraded, owed } = await play(history);
      count.refused += refused;
      count.upgraded += upgraded;
      count.owed += owed;
    }),
    { seed: 1, numRuns: 100 },
  );
  const { refused, upgraded, owed } = count;
  assert.ok(refused > 30 && upgraded > 1_000 && owed > 300, JSON.stringify(count));
});
