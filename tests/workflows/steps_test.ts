import assert from "node:assert/strict";
import type { Plain } from "../../src/simulate/context_data.ts";
import { CUSTOM, REPOSITORIES } from "./all_repositories.ts";
import { EXAMPLE } from "./example.ts";
import { jobOf, type JobText, stepOf, type StepText } from "./repositories.ts";
import { runStep } from "./shell.ts";
import {
  CANCELLED,
  type Contexts,
  FAILED,
  fill,
  fillAll,
  FINE,
  mergeGroup,
  pullRequest,
  pushTo,
  runs,
  type Status,
} from "./world.ts";

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

const SUPPORT = "Upgrade the support chart";
const NO_STAGING = REPOSITORIES.find(({ name }) => name === "one cluster without staging hub");

Deno.test("deploy-hubs.yaml upgrades what a canary leg has", () => {
  const job = jobOf(EXAMPLE.deploy, "upgrade-support-and-staging");
  for (
    const [jobs, steps] of [
      [canary(true), [SUPPORT]],
      [canary(false, "staging"), hubSteps(1)],
      [canary(false, "dask-staging", "staging"), hubSteps(1, 2)],
      [canary(true, "staging"), [SUPPORT, ...hubSteps(1)]],
      [canary(false, "0", "false"), hubSteps(1, 2)],
    ] as const
  ) {
    assert.deepEqual(stepsThatRun(job, leg(jobs)), [...SET_UP, ...steps, VERDICT]);
  }
});

Deno.test("deploy-hubs.yaml stops a canary leg with more staging hubs than it has steps for", async () => {
  for (
    const [{ deploy }, ...hubs] of [[EXAMPLE, "a", "b", "c"], [NO_STAGING ?? EXAMPLE, "a"]] as const
  ) {
    const job = jobOf(deploy, "upgrade-support-and-staging");
    const contexts = leg(canary(true, ...hubs));
    const afterwards = (step: StepText) => step.name === GUARD ? FINE : FAILED;
    assert.deepEqual(stepsThatRun(job, contexts, afterwards), [GUARD, VERDICT]);
    assert.ok(!stepsThatRun(job, leg(canary(true, ...hubs.slice(1)))).includes(GUARD));
    const { code, out } = await runStep(stepOf(job, GUARD), contexts, { cwd: "/" });
    assert.equal(code, 1);
    const most = hubs.length - 1;
    assert.match(
      out,
      RegExp(`^::error::This workflow is out of date: .* ${most} staging hubs .*\\n$`),
    );
  }
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

/** Events, the commit that a plan begins at, how much history it needs, and what runs after it. */
const EVENTS: Readonly<Record<string, readonly [Contexts, string, string, ...string[]]>> = {
  "a pull request": [
    pullRequest(),
    "HEAD^1",
    "2",
    "Put the plan and the pull request's number together",
    "Upload the plan for the comment",
  ],
  "a merge queue": [mergeGroup({ event: { merge_group: { base_sha: "base" } } }), "base", "0"],
  "a push": [{ ...github, event: { before: "earlier" } }, "earlier", "0"],
};

for (const [event, [github, before, depth, ...after]] of Object.entries(EVENTS)) {
  Deno.test(`deploy-hubs.yaml plans ${event} from its base, with the history that it needs`, () => {
    const job = jobOf(EXAMPLE.deploy, "generate-jobs");
    const first = ["Check out the repository", "Set up Deno", "Plan"];
    assert.deepEqual(stepsThatRun(job, { github }), [...first, ...after]);
    assert.equal(fill(stepOf(job, "Plan").env?.BEFORE ?? "", { github }), before);
    assert.equal(fill(job.steps[0]?.with?.["fetch-depth"] ?? "", { github }), depth);
  });
}

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
    const told = [FAILED, CANCELLED, FINE].map((status) => tells(job, status, contexts));
    const onPullRequest = tells(job, FAILED, { ...contexts, github: pullRequest() });
    assert.deepEqual([...told, onPullRequest], [true, true, false, false], id);
    const { with: inputs = {} } = stepOf(job, "Tell Slack");
    assert.equal(fillAll(inputs, contexts).webhook, "https://hooks");
    const { text } = JSON.parse(fill(inputs.payload ?? "", contexts));
    const run = "https://github.com/octo/infrastructure/actions/runs/123";
    assert.equal(text, `Deploy and test hubs did not succeed: ${run}`);
  }
  const { steps } = jobOf(CUSTOM.deploy, "upgrade-support-and-staging");
  assert.deepEqual(steps.slice(-2).map(({ name }) => name), ["Tell Slack", VERDICT]);
});
