import assert from "node:assert/strict";
import { fleetStatus } from "../../src/ledger/fleet_status.ts";
import { plannedReleases } from "../../src/ledger/ledger_output.ts";
import { makeUp, type Past } from "../../src/ledger/make_up.ts";
import { outcomesOf } from "../../src/ledger/outcomes.ts";
import { idlePauses } from "../../src/ledger/pauses.ts";
import { select } from "../../src/ledger/selection.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import { releasesOf } from "../../src/plan/releases.ts";
import { DEFAULT_PATTERNS, inputOf, NO_LABELS, rulesFor } from "../plan/arbitraries.ts";
import { clusterOf, commit, owedUpgrade, stored } from "./fleets.ts";

const LAKE: Cluster = {
  ...clusterOf("lake", "staging", "plankton"),
  addons: [{ name: "pods", valuesFiles: [], upgrade: "helm upgrade pods" }],
};

/** Makes up for an add-on that failed. */
function made(past: Partial<Past> = {}, skipHubs = false) {
  const labels = { ...NO_LABELS, ...(skipHubs && { skipDeployHubs: "skip" }) };
  const rules = rulesFor(DEFAULT_PATTERNS, [LAKE]);
  const { plan, held } = makeUp(inputOf({ rules, clusters: [LAKE], labels }), {
    record: { version: 1, as_of: commit("c"), owed: [owedUpgrade("lake/pods")] },
    start: commit("c"),
    steps: [],
    own: 0,
    paused: {},
    ...past,
  });
  return [plan.support_and_staging.flatMap((row) => row.addons ?? []), held.map(({ why }) => why)];
}

Deno.test("makeUp() makes up an add-on that failed, hubs skipped or not, and holds back a paused one", () => {
  assert.deepEqual(made(), [["pods"], []]);
  assert.deepEqual(made({}, true), [["pods"], []]);
  assert.deepEqual(made({ paused: { "lake/pods": "moving" } }), [[], ["paused"]]);
});

Deno.test("makeUp() upgrades an add-on with the support charts, where that phase is asked for", () => {
  const of = (phase: "support" | "staging") => made({ selection: select({ releases: [], phase }) });
  assert.deepEqual(of("support"), [["pods"], []]);
  assert.deepEqual(of("staging"), [[], ["blocked"]]);
});

Deno.test("releasesOf() lists add-ons after the support chart, and pauses know them", () => {
  assert.deepEqual(releasesOf(LAKE).map(({ release, phase }) => `${release}: ${phase}`), [
    "support chart: support",
    "pods: support",
    "staging: staging",
    "plankton: prod",
  ]);
  const idle = idlePauses({ "lake/pods": "moving", "lake/pod": "moving" }, [LAKE]);
  assert.deepEqual(idle.map(({ name }) => name), ["lake/pod"]);
});

Deno.test("fleetStatus() says what an add-on is owed", () => {
  const records = [stored(1, { owed: [owedUpgrade("lake/pods")] })];
  const { releases, gone } = fleetStatus({
    clusters: [LAKE],
    since: commit("a"),
    paused: {},
    records,
  });
  assert.equal(releases.find(({ release }) => release === "pods")?.state, "unknown");
  assert.deepEqual(gone, []);
});

const CANARY = { cluster_name: "lake", provider: "gcp", upgrade_support: false };

Deno.test("plannedReleases() expects an add-on's upgrade, and no check of a hub that has none", () => {
  const planned = plannedReleases({
    canaries: [{ ...CANARY, addons: ["ingress", "pods"], staging_hubs: ["staging"] }],
    prod: ["krill", "plankton"].map((hub_name) => (
      { cluster_name: "lake", provider: "gcp", hub_name }
    )),
    unchecked: ["lake/staging", "lake/krill"],
  });
  assert.deepEqual(planned.map(({ release, steps }) => [release, ...steps]), [
    ["ingress", "Upgrade add-on 1"],
    ["pods", "Upgrade add-on 2"],
    ["staging", "Upgrade staging hub 1"],
    ["krill", "Upgrade the hub"],
    ["plankton", "Upgrade the hub", "Check the hub"],
  ]);
});

Deno.test("outcomesOf() tells how an add-on ended, and that an unchecked hub is up to date", () => {
  const planned = plannedReleases({
    canaries: [{ ...CANARY, addons: ["pods"], staging_hubs: ["staging"] }],
    prod: [],
    unchecked: ["lake/staging"],
  });
  const ended = (pods: string, staging: string) =>
    outcomesOf(planned, [{
      name: planned[0]?.leg ?? "",
      run_attempt: 1,
      conclusion: "failure",
      runner_name: "runner",
      html_url: null,
      steps: Object.entries({ "Upgrade add-on 1": pods, "Upgrade staging hub 1": staging })
        .map(([name, conclusion]) => ({ name, conclusion })),
    }]).map(({ outcome }) => outcome);
  assert.deepEqual(ended("failure", "skipped"), ["failed", "blocked"]);
  assert.deepEqual(ended("success", "success"), ["success", "success"]);
});
