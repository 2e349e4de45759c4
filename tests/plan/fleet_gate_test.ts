import assert from "node:assert/strict";
import fc from "fast-check";
import { plan } from "../../src/plan/plan.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { change, inputOf, rulesOf } from "./arbitraries.ts";

const stagingHubs = ({ support_and_staging }: Plan) =>
  support_and_staging.flatMap(({ cluster_name, staging_hubs }) =>
    staging_hubs.map((hub) => `${cluster_name}/${hub}`)
  );

Deno.test("plan() upgrades all staging hubs of a fleet that is one gate before any prod hub", () => {
  let gated = 0;
  fc.assert(fc.property(change, ({ clusters, patterns, changed }) => {
    const given = { clusters, changed, rules: rulesOf({ clusters, patterns }) };
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
  const rules = rulesOf({ clusters, patterns: { allHubs: [], allSupport: [] } });
  const changed = ["config/clusters/earth/cluster.yaml"];
  const { notices } = plan(inputOf({ clusters, rules, changed, gate: "fleet" }));
  assert.deepEqual(notices.map(({ message }) => message), [
    "No cluster has a staging hub: the support charts alone gate the prod hubs",
  ]);
});
