import assert from "node:assert/strict";
import { Sandbox } from "../cli/sandbox.ts";
import type { Plain } from "../../src/simulate/strict_dictionary.ts";
import {
  CUSTOM,
  EXAMPLE,
  jobOf,
  type JobText,
  REPOSITORIES,
  stepOf,
  type StepText,
} from "./repositories.ts";
import { runStep } from "./shell.ts";
import {
  type Contexts,
  fill,
  fillAll,
  mergeGroup,
  pullRequest,
  pushTo,
  runs,
  type Status,
} from "./world.ts";

const FINE: Status = { success: true, cancelled: false };
const FAILED: Status = { success: false, cancelled: false };
const CANCELLED: Status = { success: false, cancelled: true };

const github = pushTo("refs/heads/main");

/** What a leg's expressions read. */
function leg(jobs: Plain): Contexts {
  return {
    github,
    matrix: { jobs },
    job: { status: "success" },
    runner: { temp: "/tmp/runner" },
    secrets: { GCP_KEY: "k", SLACK_WEBHOOK_URL: "https://hooks" },
  };
}

function canary(upgrade_support: boolean, ...staging_hubs: string[]): Plain {
  return { cluster_name: "lake", provider: "gcp", upgrade_support, staging_hubs };
}

/** The names of the steps that run, as they stand in the log. */
function stepsThatRun(
  job: JobText,
  contexts: Contexts,
  statusOf: (step: StepText) => Status = () => FINE,
): string[] {
  return job.steps.filter((step) => runs(step, contexts, statusOf(step))).map(({ name }) => name);
}

const SET_UP = ["Check out the repository", "Set up access to the cluster"];
const VERDICT = "Record the verdict";
const GUARD = "Make sure that there is a step for every staging hub";
const hubSteps = (...numbers: number[]) =>
  numbers.flatMap((number) => [`Upgrade staging hub ${number}`, `Check staging hub ${number}`]);

Deno.test("deploy-hubs.yaml upgrades what a canary leg has", () => {
  const job = jobOf(EXAMPLE.deploy, "upgrade-support-and-staging");
  const support = "Upgrade the support chart";
  for (
    const [jobs, steps] of [
      [canary(true), [support]],
      [canary(false, "staging"), hubSteps(1)],
      [canary(false, "dask-staging", "staging"), hubSteps(1, 2)],
      [canary(true, "staging"), [support, ...hubSteps(1)]],
      [canary(false, "0", "false"), hubSteps(1, 2)],
    ] as const
  ) {
    assert.deepEqual(stepsThatRun(job, leg(jobs)), [...SET_UP, ...steps, VERDICT]);
  }
});

Deno.test("deploy-hubs.yaml stops a canary leg with more staging hubs than it has steps for", async () => {
  const job = jobOf(EXAMPLE.deploy, "upgrade-support-and-staging");
  const contexts = leg(canary(true, "a", "b", "c"));
  assert.equal(job.steps[0]?.name, GUARD);
  assert.equal(stepsThatRun(job, contexts)[0], GUARD);
  const afterwards = (step: StepText) => step.name === GUARD ? FINE : FAILED;
  assert.deepEqual(stepsThatRun(job, contexts, afterwards), [GUARD, VERDICT]);

  const { code, out } = await runStep(stepOf(job, GUARD), contexts, { cwd: "/" });
  assert.equal(code, 1);
  assert.match(out, /^::error::This workflow is out of date: .* 2 staging hubs .*\n$/);
});

Deno.test("deploy-hubs.yaml stops a staging hub of a repository that had none when generated", () => {
  const without = REPOSITORIES.find(({ name }) => name === "one cluster without staging hub");
  const job = jobOf((without ?? EXAMPLE).deploy, "upgrade-support-and-staging");
  assert.equal(stepsThatRun(job, leg(canary(false, "staging")))[0], GUARD);
  assert.equal(stepsThatRun(job, leg(canary(true))).includes(GUARD), false);
});

Deno.test("deploy-hubs.yaml goes no further in a leg once a step failed, but for the verdict", () => {
  const canaries = jobOf(EXAMPLE.deploy, "upgrade-support-and-staging");
  const prod = jobOf(EXAMPLE.deploy, "upgrade-prod-hubs");
  const hub = { cluster_name: "lake", provider: "gcp", hub_name: "plankton" };
  assert.deepEqual(stepsThatRun(prod, leg(hub)), [...SET_UP, "Upgrade the hub", "Check the hub"]);
  for (const [job, jobs] of [[canaries, canary(true, "a", "b")], [prod, hub]] as const) {
    const names = job.steps.map(({ name }) => name);
    for (const status of [FAILED, CANCELLED]) {
      for (const failed of names.filter((name) => name !== VERDICT).keys()) {
        const after = (name: string) => names.indexOf(name) > failed;
        const ran = stepsThatRun(job, leg(jobs), ({ name }) => after(name) ? status : FINE);
        assert.deepEqual(ran.filter(after), job === canaries ? [VERDICT] : [], names[failed]);
      }
    }
  }
});

Deno.test("deploy-hubs.yaml uploads the plan on a pull request only", () => {
  const job = jobOf(EXAMPLE.deploy, "generate-jobs");
  const common = ["Check out the repository", "Set up Deno", "Plan"];
  assert.deepEqual(stepsThatRun(job, { github }), common);
  assert.deepEqual(stepsThatRun(job, { github: pullRequest() }), [
    ...common,
    "Put the plan and the pull request's number together",
    "Upload the plan for the comment",
  ]);
});

Deno.test("deploy-hubs.yaml puts the plan and the number together, wherever the runner works", async () => {
  await using folder = await Sandbox.create({ "it's a $HOME/plan.json": "{}" });
  const step = stepOf(
    jobOf(EXAMPLE.deploy, "generate-jobs"),
    "Put the plan and the pull request's number together",
  );
  const contexts = { github: pullRequest(), runner: { temp: folder.join("it's a $HOME") } };
  const { code, err } = await runStep(step, contexts, { cwd: "/" });
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assert.deepEqual(await folder.snapshot(), {
    "it's a $HOME/pr/number": "7\n",
    "it's a $HOME/pr/plan.json": "{}",
  });
});

Deno.test("deploy-hubs.yaml plans from the merge's parent, the queue's base or the commit before a push", () => {
  const { env = {} } = stepOf(jobOf(EXAMPLE.deploy, "generate-jobs"), "Plan");
  const from = (github: Contexts) => fill(env.BEFORE ?? "", { github });
  assert.equal(from(pullRequest()), "HEAD^1");
  assert.equal(from(mergeGroup({ event: { merge_group: { base_sha: "base" } } })), "base");
  assert.equal(from({ ...github, event: { before: "earlier" } }), "earlier");
});

Deno.test("deploy-hubs.yaml fetches as much history as the plan needs", () => {
  const { with: inputs = {} } = jobOf(EXAMPLE.deploy, "generate-jobs").steps[0] ?? {};
  const depth = (github: Contexts) => fill(inputs["fetch-depth"] ?? "", { github });
  assert.equal(depth(pullRequest()), "2");
  assert.equal(depth(github), "0");
  assert.equal(depth(mergeGroup()), "0");
});

Deno.test("deploy-hubs.yaml hands the whole outcome of the canaries to the filter", () => {
  const step = stepOf(jobOf(EXAMPLE.deploy, "filter-generate-jobs"), "Filter");
  const verdicts = { success_lake: "success@1", "success_kube-delta": "failure@1" };
  const needs = {
    "generate-jobs": {
      result: "success",
      outputs: { "canary-clusters": "[1]", "prod-hub-matrix-jobs": "[2]" },
    },
    "upgrade-support-and-staging": { result: "failure", outputs: verdicts },
  };
  const env = fillAll(step.env, { github, needs });
  assert.deepEqual({ ...env, CANARY_OUTPUTS: JSON.parse(env.CANARY_OUTPUTS ?? "") }, {
    PROD_HUB_MATRIX_JOBS: "[2]",
    CANARY_CLUSTERS: "[1]",
    CANARY_RESULT: "failure",
    CANARY_OUTPUTS: verdicts,
    GITHUB_TOKEN: "ghs_token",
  });
});

Deno.test("deploy-hubs.yaml tells Slack of a failure, a time-out and a cancellation in a push, and the verdict comes after", () => {
  const contexts = leg(canary(true, "a"));
  const tells = (job: JobText, status: Status, contexts: Contexts) =>
    stepsThatRun(job, contexts, () => status).includes("Tell Slack");
  for (const [id, job] of Object.entries(CUSTOM.deploy.workflow.jobs)) {
    assert.equal(tells(job, FAILED, contexts), true, id);
    assert.equal(tells(job, FINE, contexts), false, id);
    assert.equal(tells(job, CANCELLED, contexts), true, id);
    assert.equal(tells(job, FAILED, { ...contexts, github: pullRequest() }), false, id);
    const { with: inputs = {} } = stepOf(job, "Tell Slack");
    assert.equal(fillAll(inputs, contexts).webhook, "https://hooks");
    assert.deepEqual(JSON.parse(fill(inputs.payload ?? "", contexts)), {
      text:
        "Deploy and test hubs did not succeed: https://github.com/octo/infrastructure/actions/runs/123",
    });
  }
  const { steps } = jobOf(CUSTOM.deploy, "upgrade-support-and-staging");
  assert.equal(steps.at(-1)?.name, VERDICT);
  assert.equal(steps.at(-2)?.name, "Tell Slack");
});

Deno.test("deploy-hubs.yaml sets a leg up as the config says", () => {
  for (const id of ["upgrade-support-and-staging", "upgrade-prod-hubs"]) {
    const job = jobOf(CUSTOM.deploy, id);
    const contexts = leg({ ...canary(false) as Contexts, hub_name: "plankton" });
    const names = stepsThatRun(job, contexts);
    assert.deepEqual(names.slice(1, 4), ["Check out the charts", "Sign in", "Install"]);
    const aws = leg({ ...canary(false) as Contexts, provider: "aws", hub_name: "plankton" });
    assert.equal(stepsThatRun(job, aws).includes("Sign in"), false);
    const signIn = stepOf(job, "Sign in");
    assert.deepEqual(fillAll(signIn.with, contexts), {
      credentials_json: "k",
      audience: "hubs/lake",
    });
    assert.deepEqual(fillAll(stepOf(job, "Install").env, contexts), { CLUSTER: "lake" });
  }
});

Deno.test("deploy-hubs.yaml deploys with the commands of the config", async () => {
  await using folder = await Sandbox.create();
  const log = folder.join("log");
  for (const program of ["support", "upgrade", "check"]) {
    await folder.write(`bin/${program}`, `#!/bin/bash\nprintf '%s|' ${program} "$@" >> "${log}"\n`);
    await Deno.chmod(folder.join(`bin/${program}`), 0o755);
  }
  const env = { PATH: `${folder.join("bin")}:/usr/bin:/bin` };
  const job = jobOf(CUSTOM.deploy, "upgrade-support-and-staging");
  const contexts = leg({ ...canary(true, "staging") as Contexts, cluster_name: "a b$(id)" });
  for (const name of ["Upgrade the support chart", ...hubSteps(1)]) {
    const { code, err } = await runStep(stepOf(job, name), contexts, { cwd: folder.path, env });
    assert.deepEqual({ code, err }, { code: 0, err: "" });
  }
  assert.equal(
    await folder.read("log"),
    "support|a b$(id)|" + "upgrade|--cluster|a b$(id)|--hub|staging|" + "check|staging|a b$(id)|",
  );
});
