import assert from "node:assert/strict";
import type { Task } from "../../src/config/config.ts";
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

Deno.test("taskWorkflow runs where and how the config says", () => {
  const told = settingsOf({
    tasks: [CHECK, VALIDATE],
    jobs: {
      every: { shell: "bash -leo pipefail {0}", before: [{ name: "Before", run: "true" }] },
      task: {
        permissions: { "id-token": { access: "write", why: "to sign in to the cloud" } },
        environment: "check/CLUSTER",
        maxParallel: 3,
        after: (leg) => [{ name: "After", run: "true", env: { CLUSTER: leg.cluster_name } }],
      },
    },
  });
  // A task that runs on pull requests would get the identity there as well.
  assert.throws(() => filesOf(told, [clusterOf("lake", 1)]), /task-validate.*id-token: write/);
  const files = filesOf({ ...told, tasks: told.tasks.slice(0, 1) }, [clusterOf("lake", 1)]);
  const file = fileOf(files, "task-check-health-nightly");
  const [select, run] = [jobOf(file, "select"), jobOf(file, "run")];
  const names = ({ steps }: typeof run) => steps.map(({ name }) => name);
  assert.deepEqual(names(run), [
    ...["Check out the repository", "Before", "Set up access to the cluster"],
    ...[CHECK.name, "After"],
  ]);
  assert.deepEqual(names(select).slice(0, 4), [
    ...["Check out the repository", "Before", "Set up Deno", "Select"],
  ]);
  assert.deepEqual([select.permissions, run.permissions], [
    { contents: "read" },
    { contents: "read", "id-token": "write" },
  ]);
  assert.deepEqual(Object(run).environment, "check/${{ matrix.jobs.cluster_name }}");
  assert.deepEqual(Object(run).strategy["max-parallel"], 3);
});
