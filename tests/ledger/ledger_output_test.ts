import assert from "node:assert/strict";
import { baseOf, plannedReleases } from "../../src/ledger/ledger_output.ts";
import { commit } from "./fleets.ts";

const lake = { cluster_name: "lake", provider: "gcp" };

Deno.test("plannedReleases() names the leg and the steps of each release, in their order, and no check that there is not", () => {
  const planned = plannedReleases({
    canaries: [
      { ...lake, upgrade_support: true, staging_hubs: ["staging", "dask-staging"] },
      { ...lake, cluster_name: "pond", upgrade_support: false, staging_hubs: [], addons: ["pods"] },
    ],
    prod: [{ ...lake, hub_name: "plankton" }, { ...lake, hub_name: "krill" }],
    unchecked: ["lake/dask-staging", "lake/krill"],
  });
  const canary = "Canary (lake, gcp, true, staging, dask-staging)";
  assert.deepEqual(
    planned.map(({ cluster, release, leg, steps }) => [`${cluster}/${release}`, leg, ...steps]),
    [
      ["lake/support chart", canary, "Upgrade the support chart"],
      ["lake/staging", canary, "Upgrade staging hub 1", "Check staging hub 1"],
      ["lake/dask-staging", canary, "Upgrade staging hub 2"],
      ["pond/pods", "Canary (pond, gcp, false, pods)", "Upgrade add-on 1"],
      ["lake/plankton", "Prod hub (lake, gcp, plankton)", "Upgrade the hub", "Check the hub"],
      ["lake/krill", "Prod hub (lake, gcp, krill)", "Upgrade the hub"],
    ],
  );
});

Deno.test("baseOf() is the record's commit where the release has none of its own", () => {
  const output = { as_of: commit("a"), bases: { "lake/support chart": commit("b") } };
  assert.equal(baseOf({ cluster: "lake", release: "support chart" }, output), commit("b"));
  assert.equal(baseOf({ cluster: "lake", release: "staging" }, output), commit("a"));
});
