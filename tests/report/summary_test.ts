import assert from "node:assert/strict";
import { countUpgrades, isEmptyPlan } from "../../src/report/summary.ts";
import { EMPTY, EXAMPLE } from "./arbitraries.ts";

Deno.test("isEmptyPlan() is true for a plan without a leg of either kind, whatever it has to say", () => {
  assert.ok(isEmptyPlan(EMPTY));
  assert.ok(isEmptyPlan({ ...EMPTY, notices: EXAMPLE.notices }));
  assert.ok(!isEmptyPlan({ ...EXAMPLE, prod: [] }));
  assert.ok(!isEmptyPlan({ ...EXAMPLE, support_and_staging: [] }));
});

Deno.test("countUpgrades() counts releases, and each cluster once", () => {
  assert.equal(
    countUpgrades(EXAMPLE),
    "2 support charts, 2 staging hubs and 2 prod hubs on 3 clusters",
  );
});

Deno.test("countUpgrades() says one thing of one thing", () => {
  assert.equal(
    countUpgrades({
      ...EXAMPLE,
      support_and_staging: EXAMPLE.support_and_staging.slice(0, 1).map((row) => ({
        ...row,
        staging_hubs: ["staging"],
      })),
      prod: EXAMPLE.prod.slice(0, 1),
    }),
    "1 support chart, 1 staging hub and 1 prod hub on 1 cluster",
  );
});

Deno.test("countUpgrades() does not count a support chart that only stands there", () => {
  const [row] = EXAMPLE.support_and_staging;
  assert.ok(row !== undefined);
  assert.equal(
    countUpgrades({ ...EMPTY, support_and_staging: [{ ...row, upgrade_support: false }] }),
    "0 support charts, 2 staging hubs and 0 prod hubs on 1 cluster",
  );
});
