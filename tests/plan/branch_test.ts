import assert from "node:assert/strict";
import fc from "fast-check";
import { plan } from "../../src/plan/plan.ts";
import { change, inputOf, rulesOf } from "./arbitraries.ts";

Deno.test("plan() of a branch that deploys one part of it plans that part, and for its own reasons alone", () => {
  let both = 0;
  fc.assert(fc.property(change, ({ clusters, patterns, changed }) => {
    const given = { clusters, changed, rules: rulesOf({ clusters, patterns }) };
    const all = plan(inputOf(given));
    const staging = plan(inputOf({ ...given, deploys: "staging" }));
    const prod = plan(inputOf({ ...given, deploys: "prod" }));
    assert.deepEqual(staging.prod, []);
    assert.deepEqual(prod.support_and_staging, []);
    assert.deepEqual(prod.prod, all.prod);
    // Staging hubs that go before prod hubs alone have no reason of their own.
    const kept = new Set(all.support_and_staging.map(({ cluster_name }) => cluster_name));
    for (const row of staging.support_and_staging) {
      assert.ok(kept.has(row.cluster_name));
      assert.ok(!row.staging_reason.includes("staging before prod"));
    }
    both += prod.prod.length > 0 && staging.support_and_staging.length > 0 ? 1 : 0;
    assert.deepEqual(plan(inputOf({ ...given, deploys: "all" })), all);
  }));
  assert.ok(both > 5, String(both));
});
