import assert from "node:assert/strict";
import { countUpgrades, isEmptyPlan } from "../../src/report/summary.ts";
import { EMPTY, EXAMPLE } from "./arbitraries.ts";

Deno.test("isEmptyPlan() is true for a plan without a leg of either kind, whatever it has to say", () => {
  assert.ok(isEmptyPlan({ ...EMPTY, notices: EXAMPLE.notices }));
  assert.ok(!isEmptyPlan({ ...EXAMPLE, prod: [] }));
  assert.ok(!isEmptyPlan({ ...EXAMPLE, support_and_staging: [] }));
});

Deno.test("countUpgrades() counts releases that are upgraded, each cluster once, and one as one", () => {
  const canary = EXAMPLE.support_and_staging.slice(0, 1);
  const one = canary.map((row) => ({ ...row, staging_hubs: ["staging"] }));
  const hubs = canary.map((row) => ({ ...row, upgrade_support: false }));
  const says = [
    EXAMPLE,
    { ...EMPTY, support_and_staging: one, prod: EXAMPLE.prod.slice(0, 1) },
    { ...EMPTY, support_and_staging: hubs },
  ].map(countUpgrades);
  assert.deepEqual(says, [
    "2 support charts, 2 staging hubs and 2 prod hubs on 3 clusters",
    "1 support chart, 1 staging hub and 1 prod hub on 1 cluster",
    "0 support charts, 2 staging hubs and 0 prod hubs on 1 cluster",
  ]);
});
