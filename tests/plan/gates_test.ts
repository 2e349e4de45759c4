import assert from "node:assert/strict";
import fc from "fast-check";
import { plan } from "../../src/plan/plan.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { change, inputOf } from "./arbitraries.ts";

const stagingHubs = ({ support_and_staging }: Plan) =>
  support_and_staging.flatMap(({ cluster_name, staging_hubs }) =>
    staging_hubs.map((hub) => `${cluster_name}/${hub}`)
  );

Deno.test("plan() upgrades all staging hubs of a fleet that is one gate before any prod hub", () => {
  let gated = 0;
  fc.assert(fc.property(change, (given) => {
    const { clusters, changed } = given;
    const own = plan(inputOf(given));
    const fleet = plan(inputOf({ ...given, gate: "fleet" }));
    assert.deepEqual([own.gate, fleet.gate], [undefined, "fleet"]);
    assert.deepEqual(fleet.prod, own.prod);
    const all = clusters.flatMap(({ name, hubs }) =>
      hubs.filter(({ staging }) => staging).map((hub) => `${name}/${hub.name}`)
    );
    const wanted = own.prod.length === 0 ? stagingHubs(own) : all;
    assert.deepEqual(stagingHubs(fleet).sort(), wanted.sort());
    gated += own.prod.length === 0 ? 0 : 1;
    const reordered = { ...given, clusters: clusters.toReversed(), changed: changed.toReversed() };
    assert.deepEqual(plan(inputOf({ ...reordered, gate: "fleet" })), fleet);
  }));
  assert.ok(gated > 10, String(gated));
});

Deno.test("plan() says that a fleet without a staging hub has no other gate than its support charts", () => {
  const clusters = [{
    name: "earth",
    provider: "gcp",
    file: "config/clusters/earth/cluster.yaml",
    support: null,
    hubs: [{ name: "prod", staging: false, valuesFiles: [] }],
  }];
  const changed = ["config/clusters/earth/cluster.yaml"];
  const { notices } = plan(inputOf({ clusters, changed, gate: "fleet" }));
  assert.deepEqual(notices.map(({ message }) => message), [
    "No cluster has a staging hub: the support charts alone gate the prod hubs",
  ]);
});

Deno.test("plan() of a branch that deploys one part of it plans that part, and for its own reasons alone", () => {
  let both = 0;
  fc.assert(fc.property(change, (given) => {
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
