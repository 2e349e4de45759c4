import assert from "node:assert/strict";
import type { Cluster } from "../../src/plan/cluster.ts";
import type { LabelEffects } from "../../src/plan/labels.ts";
import { matrixJobs } from "../../src/plan/matrix.ts";
import { plan } from "../../src/plan/plan.ts";
import { DEFAULT_PATTERNS, inputOf, NO_LABELS, rulesFor } from "./arbitraries.ts";

const FOLDER = "config/clusters/lake";
const file = (name: string) => `${FOLDER}/${name}.yaml`;
const LAKE: Cluster = {
  name: "lake",
  provider: "gcp",
  file: file("cluster"),
  support: { valuesFiles: [file("support")] },
  addons: [
    { name: "pods", valuesFiles: [file("pods")], upgrade: "helm upgrade pods" },
    { name: "ingress", valuesFiles: [file("ingress")], upgrade: "helm upgrade ingress" },
  ],
  hubs: [
    { name: "staging", staging: true, valuesFiles: [file("staging")] },
    { name: "prod", staging: false, valuesFiles: [file("prod")] },
  ],
};

/** What is upgraded of the cluster where some files change. */
function planned(changed: readonly string[], labels: Partial<LabelEffects> = {}) {
  const rules = rulesFor(DEFAULT_PATTERNS, [LAKE]);
  const effects = { ...NO_LABELS, ...labels };
  return plan(inputOf({ clusters: [LAKE], rules, changed, labels: effects }));
}

function canaryOf(...args: Parameters<typeof planned>) {
  const [canary] = matrixJobs(planned(...args)).canaries;
  return [canary?.upgrade_support, canary?.addons, canary?.staging_hubs];
}

Deno.test("plan() upgrades an add-on for its own files, and for those of its cluster", () => {
  assert.deepEqual(canaryOf([file("pods")]), [false, ["pods"], []]);
  assert.deepEqual(canaryOf([file("cluster")]), [true, ["ingress", "pods"], ["staging"]]);
  const [row] = planned([file("pods")]).support_and_staging;
  assert.equal(row?.addons_reason, `${file("pods")} (rule: release file)`);
});

Deno.test("plan() upgrades no add-on for the support chart's files or for hubs", () => {
  for (const path of [file("support"), "helm-charts/support/x", file("prod"), "deployer/x.py"]) {
    const { support_and_staging: [row] } = planned([path]);
    assert.deepEqual([row?.addons, row?.addons_reason], [[], ""], path);
  }
});

Deno.test("plan() upgrades add-ons with the support charts for a label, and skips them with everything", () => {
  assert.deepEqual(canaryOf([], { deploySupport: "x" }), [true, ["ingress", "pods"], []]);
  assert.deepEqual(canaryOf([file("pods")], { skipDeployHubs: "x" }), [false, ["pods"], []]);
  assert.deepEqual(canaryOf([file("pods")], { skipDeploy: "x" }), [
    undefined,
    undefined,
    undefined,
  ]);
  assert.deepEqual(canaryOf([], { deployHubs: "x" }), [false, [], ["staging"]]);
});

Deno.test("plan() says nothing of add-ons where clusters cannot have any", () => {
  const { addons: _, ...lake } = LAKE;
  const rules = rulesFor(DEFAULT_PATTERNS, [lake]);
  const [row] =
    plan(inputOf({ clusters: [lake], rules, changed: [lake.file] })).support_and_staging;
  assert.deepEqual(Object.keys(row ?? {}), [
    ...["cluster_name", "provider", "upgrade_support", "support_reason"],
    ...["staging_hubs", "staging_reason"],
  ]);
});
