import assert from "node:assert/strict";
import { inParallel } from "../src/in_parallel.ts";

Deno.test("inParallel() runs so many at a time, and gives results in the order of the items", async () => {
  let [running, most] = [0, 0];
  const results = await inParallel([3, 0, 2, 1], 2, async (turns, index) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    running--;
    return `${index}: ${turns}`;
  });
  assert.deepEqual([results, most], [["0: 3", "1: 0", "2: 2", "3: 1"], 2]);
});

Deno.test("inParallel() throws what failed first in order, and begins nothing after a failure", async () => {
  const begun: string[] = [];
  const run = async (item: string) => {
    begun.push(item);
    if (item === "slow") { for (let turn = 0; turn < 9; turn++) await Promise.resolve(); }
    throw new Error(item);
  };
  await assert.rejects(inParallel(["slow", "quick", "never"], 2, run), { message: "slow" });
  assert.deepEqual(begun, ["slow", "quick"]);
});
