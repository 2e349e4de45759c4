import assert from "node:assert/strict";
import { clusterOf, jobOf, repositoryOf, stepOf } from "./repositories.ts";
import { fillAll, FINE, mergeGroup, pullRequest, pushTo, runs } from "./world.ts";

const { deploy } = repositoryOf("branches", {
  branches: { staging: "staging", prod: "prod", "try/**": "staging" },
  dispatch: true,
}, [clusterOf("lake", 1)]);
const LISTS = { "support-and-staging-matrix-jobs": "[{}]", "prod-hub-matrix-jobs": "[{}]" };
const needs = { "generate-jobs": { result: "success", outputs: LISTS } };

/** What a branch's name is in a run for it. */
const named = (branch: string) => pushTo(`refs/heads/${branch}`, { ref_name: branch });

Deno.test("deploy-hubs.yaml deploys from the branches of the config, and from no other", () => {
  const canaries = jobOf(deploy, "upgrade-support-and-staging");
  const isRun = (branch: string, event_name = "push") =>
    runs(canaries, { github: { ...named(branch), event_name }, needs }, FINE);
  for (const branch of ["staging", "prod", "try/1", "try/a/b"]) {
    assert.equal(isRun(branch), true, branch);
    assert.equal(isRun(branch, "workflow_dispatch"), true, branch);
  }
  for (const branch of ["main", "staging2", "try", "x/try/1"]) {
    assert.equal(isRun(branch), false, branch);
  }
  assert.equal(runs(canaries, { github: pullRequest(), needs }, FINE), false);
  assert.deepEqual(deploy.workflow.on.push?.branches, ["staging", "prod", "try/**"]);
  assert.deepEqual(deploy.workflow.on.pull_request?.branches, ["staging", "prod", "try/**"]);
});

Deno.test("deploy-hubs.yaml tells plan the branch that is deployed, or that a pull request goes to", () => {
  const plan = stepOf(jobOf(deploy, "generate-jobs"), "Plan");
  const branch = (github: ReturnType<typeof pushTo>) => {
    const env = { ...plan.env };
    return fillAll({ BRANCH: env.BRANCH ?? "" }, { github, runner: { temp: "/tmp" } }).BRANCH;
  };
  assert.equal(branch(named("prod")), "prod");
  assert.equal(branch({ ...pullRequest(), base_ref: "prod" }), "prod");
  assert.equal(branch(mergeGroup()), "");
  assert.equal(branch({ ...named("other"), event_name: "workflow_dispatch" }), "");
});
