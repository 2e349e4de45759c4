import assert from "node:assert/strict";
import type { Task } from "../../src/config/task_config.ts";
import { actionlint } from "../workflow/actionlint.ts";
import {
  clusterOf,
  fileOf,
  filesOf,
  jobOf,
  settingsOf,
  type WorkflowFile,
} from "./repositories.ts";
import { fill, FINE, pullRequest, pushTo, runs } from "./world.ts";

const CHECK: Task = {
  name: "Check health (nightly)",
  on: { schedule: "17 4 * * *", dispatch: true, push: true, pullRequest: "plan" },
  each: "hub",
  run: "deployer run-hub-health-check CLUSTER HUB",
  access: true,
};
const VALIDATE: Task = {
  name: "Validate",
  on: { pullRequest: "run" },
  each: "cluster",
  rules: ["config/clusters/{cluster}/**", "!**/*.md"],
  run: "deployer validate CLUSTER",
};

const FILES = filesOf(settingsOf({ tasks: [CHECK, VALIDATE] }), [clusterOf("lake", 1)]);
const check = fileOf(FILES, "task-check-health-nightly");
const validate = fileOf(FILES, "task-validate");

/** Whether a task's legs run. */
const isRun = (file: WorkflowFile, github: Parameters<typeof runs>[1]["github"], legs = "[{}]") =>
  runs(jobOf(file, "run"), {
    github: github ?? {},
    needs: { select: { result: "success", outputs: { legs } } },
  }, FINE);

Deno.test("taskWorkflow passes actionlint", async () => {
  for (const file of [check, validate]) assert.deepEqual(await actionlint(file), [], file.path);
});

Deno.test("taskWorkflow reaches clusters from the default branch alone", () => {
  assert.equal(isRun(check, pushTo("refs/heads/main")), true);
  assert.equal(isRun(check, pullRequest()), false);
  const byHand = { ...pushTo("refs/heads/next"), event_name: "workflow_dispatch" };
  assert.equal(isRun(check, byHand), false);
  assert.equal(isRun(check, pushTo("refs/heads/main"), "[]"), false);
});

Deno.test("taskWorkflow runs on a pull request where it needs no access, and then has none", () => {
  assert.equal(isRun(validate, pullRequest()), true);
  const uses = jobOf(validate, "run").steps.flatMap((step) => step.uses ?? []);
  assert.equal(uses.length, 1);
  assert.match(uses[0] ?? "", /^actions\/checkout@/);
  assert.ok(jobOf(check, "run").steps.some((step) => step.uses?.includes("setup-deploy")));
});

Deno.test("taskWorkflow starts on the paths of the task's rules, or on those that decide an upgrade", () => {
  const paths = (file: WorkflowFile) => file.workflow.on.pull_request?.paths;
  assert.deepEqual(paths(validate), ["config/clusters/*/**", "!**/*.md"]);
  assert.deepEqual(paths(check), fileOf(FILES, "deploy-hubs").workflow.on.push?.paths);
});

Deno.test("taskWorkflow asks for what a change affects, or for all where there is no change", () => {
  const step = jobOf(check, "select").steps.find(({ id }) => id === "select");
  const before = (github: ReturnType<typeof pushTo>) => fill(String(step?.env?.BEFORE), { github });
  assert.equal(before(pullRequest()), "HEAD^1");
  assert.equal(before(pushTo("refs/heads/main")), "b".repeat(40));
  assert.equal(before({ ...pushTo("refs/heads/main"), event_name: "schedule", event: {} }), "");
});

Deno.test("commentDeploymentPlan follows the tasks that plan on pull requests", () => {
  const comment = fileOf(FILES, "comment-deployment-plan-pr");
  assert.deepEqual(comment.workflow.on.workflow_run?.workflows, [
    "Deploy and test hubs",
    CHECK.name,
  ]);
});

Deno.test("taskWorkflow gives no identity to a task that runs on pull requests", () => {
  const permissions = { "id-token": { access: "write", why: "to sign in to the cloud" } } as const;
  const generate = (task: Task) => () =>
    filesOf(settingsOf({ tasks: [task], jobs: { task: { permissions } } }), [clusterOf("lake", 1)]);
  assert.throws(generate(VALIDATE), /task-validate.*id-token: write/);
  const file = fileOf(generate(CHECK)(), "task-check-health-nightly");
  assert.deepEqual(jobOf(file, "select").permissions, { contents: "read" });
  assert.deepEqual(jobOf(file, "run").permissions, { contents: "read", "id-token": "write" });
});
