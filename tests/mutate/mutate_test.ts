import assert from "node:assert/strict";
import { findSurvivors } from "./find_survivors.ts";
import { mutate } from "./seed.ts";
import { SOURCE_SEEDS } from "./source_seeds.ts";

const [SEED = assert.fail("no seed")] = SOURCE_SEEDS;

Deno.test("mutate() says which seed no longer applies", () => {
  assert.equal(mutate(SEED, `${SEED.from} ? 1 : 2`), `${SEED.to} ? 1 : 2`);
  for (const [text, count] of [["has(cluster)", 0], [SEED.from.repeat(2), 2]] as const) {
    assert.throws(() => mutate(SEED, text), {
      name: "UserError",
      message: new RegExp(
        `^${SEED.file}: .*"${SEED.breaks}".*no longer applies.*it ${count} times`,
      ),
    });
  }
});

Deno.test("findSurvivors() shows what tests miss, and nothing that they notice", async () => {
  const survivors = await findSurvivors({
    sources: [SEED, { ...SEED, tests: ["tests/text/nearest_test.ts"] }],
    workflows: [],
    lanes: 1,
  });
  const missed = `${SEED.file}: ${SEED.breaks}: missed by tests/text/nearest_test.ts`;
  assert.deepEqual(survivors, [missed]);
});
