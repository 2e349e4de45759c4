import assert from "node:assert/strict";
import fc from "fast-check";
import { history, play } from "./histories.ts";

Deno.test("the ledger makes up whatever histories leave owed, and never goes back", async () => {
  const count = { refused: 0, upgraded: 0, owed: 0 };
  await fc.assert(
    fc.asyncProperty(history, async (history) => {
      const { refused, upgraded, owed } = await play(history);
      count.refused += refused;
      count.upgraded += upgraded;
      count.owed += owed;
    }),
    { seed: Number(Deno.env.get("SEED") ?? 1), numRuns: Number(Deno.env.get("RUNS") ?? 300) },
  );
  assert.ok(
    count.refused > 100 && count.upgraded > 3_000 && count.owed > 1_000,
    JSON.stringify(count),
  );
});
