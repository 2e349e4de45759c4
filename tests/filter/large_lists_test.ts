import assert from "node:assert/strict";
import { copyExample, Sandbox } from "../cli/sandbox.ts";
import { EXAMPLE } from "../workflows/example.ts";
import { jobOf, stepOf } from "../workflows/repositories.ts";
import { parseOutputs, runStep } from "../workflows/shell.ts";
import { pushTo } from "../workflows/world.ts";

const NAMES = Array.from({ length: 256 }, (_, index) => `${"n".repeat(97)}${100 + index}`);

Deno.test("deploy-hubs.yaml filters the largest lists that a plan may have, in a real shell", async () => {
  await using checkout = await copyExample();
  await using temp = await Sandbox.create({ output: "", summary: "" });
  const provider = "p".repeat(100);
  const canaries = JSON.stringify(NAMES.map((cluster_name) => ({
    ...{ cluster_name, provider, upgrade_support: false },
    staging_hubs: ["a", "b", "c", "d", "e"].map((hub) => hub.repeat(100)),
  })));
  assert.ok(canaries.length > 179_000, "more than an environment variable holds");
  const prod = JSON.stringify(
    NAMES.map((name) => ({ cluster_name: name, provider, hub_name: name })),
  );
  const needs = {
    "generate-jobs": {
      result: "success",
      outputs: {
        "support-and-staging-matrix-jobs": canaries,
        "prod-hub-matrix-jobs": prod,
        "canary-clusters": JSON.stringify(NAMES),
      },
    },
    "upgrade-support-and-staging": {
      result: "success",
      outputs: Object.fromEntries(NAMES.map((name) => [`success_${name}`, "success@1"])),
    },
  };
  const step = stepOf(jobOf(EXAMPLE.deploy, "filter-generate-jobs"), "Filter");
  const { code, err } = await runStep(step, { github: pushTo("refs/heads/main"), needs }, {
    cwd: checkout.path,
    env: {
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: "https://api.github.com",
      GITHUB_OUTPUT: temp.join("output"),
      GITHUB_REPOSITORY: "octo/infrastructure",
      GITHUB_RUN_ATTEMPT: "1",
      GITHUB_RUN_ID: "123",
      GITHUB_STEP_SUMMARY: temp.join("summary"),
    },
  });
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  const outputs = parseOutputs(await temp.read("output"));
  assert.equal(outputs["prod-hub-matrix-jobs"], prod);
});
