import assert from "node:assert/strict";
import { labelEffects, type LabelNames } from "../../src/plan/labels.ts";

const NAMES: LabelNames = {
  skipDeploy: "deployer:skip-deploy",
  skipDeployHubs: "deployer:skip-deploy-hubs",
  deploySupport: "deployer:deploy-support",
  deployHubs: "deployer:deploy-hubs",
};

const NONE = { skipDeploy: null, skipDeployHubs: null, deploySupport: null, deployHubs: null };

Deno.test("labelEffects() asks for nothing without labels", () => {
  assert.deepEqual(labelEffects([], NAMES), NONE);
});

for (const [effect, label] of Object.entries(NAMES)) {
  Deno.test(`labelEffects() reads ${label}, and only that effect, among others`, () => {
    assert.deepEqual(labelEffects(["bug", label], NAMES), { ...NONE, [effect]: label });
  });
}

Deno.test("labelEffects() reads all labels at once", () => {
  assert.deepEqual(labelEffects(Object.values(NAMES), NAMES), { ...NAMES });
});

Deno.test("labelEffects() takes whole names only", () => {
  const near = ["deployer:skip", "deployer:skip-deploy-h", "x-deployer:deploy-hubs", ""];
  assert.deepEqual(labelEffects(near, NAMES), NONE);
});

Deno.test("labelEffects() reads the names of the config, not the defaults", () => {
  const names = { ...NAMES, skipDeploy: "no deploy" };
  assert.deepEqual(labelEffects(["deployer:skip-deploy"], names), NONE);
  assert.deepEqual(labelEffects(["no deploy"], names), { ...NONE, skipDeploy: "no deploy" });
});

Deno.test("labelEffects() reads labels in any case, as GitHub does", () => {
  assert.deepEqual(labelEffects(["Deployer:SKIP-deploy"], NAMES), {
    ...NONE,
    skipDeploy: "Deployer:SKIP-deploy",
  });
  const names = { ...NAMES, deployHubs: "Deploy All" };
  assert.equal(labelEffects(["deploy all"], names).deployHubs, "deploy all");
});
