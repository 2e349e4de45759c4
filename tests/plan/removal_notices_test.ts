import assert from "node:assert/strict";
import type { Cluster } from "../../src/plan/cluster.ts";
import { removedSince } from "../../src/plan/removal_notices.ts";

const of = { valuesFiles: [] };
const before: Cluster = {
  name: "lake",
  provider: "gcp",
  file: "sites/lake.yaml",
  support: of,
  hubs: [{ name: "staging", staging: true, ...of }, { name: "pods", staging: false, ...of }],
};

const said = (after: readonly Cluster[]) =>
  removedSince([before], after).map(({ message }) => message.split(":")[0]);

Deno.test("removedSince() names the releases that are gone, and no hub that changed its phase", () => {
  const hubs = before.hubs.map((hub) => ({ ...hub, staging: !hub.staging }));
  assert.deepEqual(said([{ ...before, hubs }]), []);
  assert.deepEqual(said([{ ...before, support: null, hubs: hubs.slice(1) }]), [
    "Cluster lake no longer has support chart, hub staging",
  ]);
});

Deno.test("removedSince() tells a hub from an add-on that took its name", () => {
  const after = { ...before, hubs: [], addons: [{ name: "pods", upgrade: "up", ...of }] };
  assert.deepEqual(said([after]), ["Cluster lake no longer has hub staging, hub pods"]);
});
