import assert from "node:assert/strict";
import { labelEffects, type LabelNames, labelNotices } from "../../src/plan/labels.ts";

const NAMES: LabelNames = {
  skipDeploy: "deployer:skip-deploy",
  skipDeployHubs: "deployer:skip-deploy-hubs",
  deploySupport: "deployer:deploy-support",
  deployHubs: "deployer:deploy-hubs",
};

const NONE = { skipDeploy: null, skipDeployHubs: null, deploySupport: null, deployHubs: null };

for (
  const [labels, effects] of [
    [[], {}],
    ...Object.entries(NAMES).map(([effect, label]) =>
      [["bug", label], { [effect]: label }] as const
    ),
    [Object.values<string>({ ...NAMES }), NAMES],
    [["deployer:skip", "deployer:skip-deploy-h", "x-deployer:deploy-hubs", ""], {}],
    [["Deployer:SKIP-deploy"], { skipDeploy: "Deployer:SKIP-deploy" }],
  ] as const
) {
  Deno.test(`labelEffects() reads ${JSON.stringify(labels)}`, () => {
    assert.deepEqual(labelEffects(labels, NAMES), { ...NONE, ...effects });
  });
}

Deno.test("labelEffects() reads the names of the config, not the defaults", () => {
  const names = { ...NAMES, skipDeploy: "No Deploy" };
  assert.deepEqual(labelEffects(["deployer:skip-deploy"], names), NONE);
  assert.deepEqual(labelEffects(["no deploy"], names), { ...NONE, skipDeploy: "no deploy" });
});

Deno.test("labelNotices() warns of a label that is a slip away, with the right name", () => {
  const slips = ["deployer:skip-deploys", "Deployer:Deploy-Hub", "deployer:deploy-suppotr"];
  const message = (label: string, name: string) =>
    `The label ${label} asks for nothing; did you mean ${name}?`;
  assert.deepEqual(labelNotices(slips, NAMES), [
    { level: "warning", message: message("deployer:skip-deploys", NAMES.skipDeploy) },
    { level: "warning", message: message("Deployer:Deploy-Hub", NAMES.deployHubs) },
    { level: "warning", message: message("deployer:deploy-suppotr", NAMES.deploySupport) },
  ]);
  const [notice] = labelNotices(["no-deploys\n::error::"], { ...NAMES, skipDeploy: "no-deploy" });
  assert.equal(notice, undefined);
});

Deno.test("labelNotices() says nothing of labels that are right, or nothing alike", () => {
  const right = [
    ...Object.values(NAMES),
    ...Object.values(NAMES).map((name) => name.toUpperCase()),
  ];
  const others = ["bug", "deployer", "deployer:deploy", "area:deployer", "", "skip-ci"];
  assert.deepEqual(labelNotices([...right, ...others], NAMES), []);
});
