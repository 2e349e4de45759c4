import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { findSurvivors } from "./find_survivors.ts";
import { mutate } from "./seed.ts";

const SEED = {
  breaks: "that one cluster never blocks another",
  file: "src/filter/filter.ts",
  from: "withCanary.has(cluster_name)",
  to: "withCanary.size > 0",
};

Deno.test("mutate() says which seed no longer applies", () => {
  assert.equal(mutate(SEED, `${SEED.from} ? 1 : 2`), `${SEED.to} ? 1 : 2`);
  for (const [text, count] of [["has(cluster)", 0], [SEED.from.repeat(2), 2]] as const) {
    assert.throws(() => mutate(SEED, text), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(
        error.message,
        new RegExp(`^src/filter/filter\\.ts: .*"that one .*no longer applies.*found it ${count} `),
      );
      return true;
    });
  }
});

Deno.test("findSurvivors() shows what tests miss, and nothing that they notice", async () => {
  const survivors = await findSurvivors({
    sources: [{ ...SEED, tests: ["tests/filter/filter_test.ts"] }, {
      ...SEED,
      breaks: "nothing that is tested here",
      tests: ["tests/text/nearest_test.ts"],
    }],
    workflows: [],
    lanes: 1,
  });
  assert.deepEqual(survivors, [
    "src/filter/filter.ts: nothing that is tested here: missed by tests/text/nearest_test.ts",
  ]);
});
