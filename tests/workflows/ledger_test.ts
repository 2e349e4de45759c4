/** What a ledger adds to the generated workflow, evaluated as GitHub does. */
import assert from "node:assert/strict";
import { CUSTOM, LEDGER, REPOSITORIES } from "./all_repositories.ts";
import { jobOf, type Repository, stepOf } from "./repositories.ts";
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
} from "./world.ts";

const ENDS = [FINE, FAILED, CANCELLED];
const LEGS = '[{"cluster_name":"lake","provider":"gcp","hub_name":"plankton"}]';
const BY_HAND = repositoryNamed("by hand");

const push = pushTo("refs/heads/main");
const dispatch: Contexts = {
  ...push,
  event_name: "workflow_dispatch",
  event: { inputs: { releases: "lake/plankton", phase: "prod", "dry-run": "true" } },
};
const schedule: Contexts = { ...push, event_name: "schedule", event: { schedule: "17 4 * * *" } };

function repositoryNamed(name: string): Repository {
  return REPOSITORIES.find((repository) => repository.name === name) ?? assert.fail(name);
}

/** What the jobs before have said. */
function needs(ledger: string | null): Contexts {
  const lists = { "support-and-staging-matrix-jobs": LEGS, "prod-hub-matrix-jobs": LEGS };
  return {
    "generate-jobs": { result: "success", outputs: { ...lists, ledger } },
    "upgrade-support-and-staging": { result: "success", outputs: {} },
    "filter-generate-jobs": { result: "success", outputs: lists },
  };
}

Deno.test("deploy-hubs.yaml reports whatever became of a run, where there is something to report", () => {
  const report = jobOf(LEDGER.deploy, "report-deployment");
  const reports = (github: Contexts, ledger: string | null, status = FINE) =>
    runs(report, { github, needs: needs(ledger) }, status);
  for (const status of ENDS) {
    for (const github of [push, dispatch, schedule]) {
      assert.equal(reports(github, '{"head":"..."}', status), true);
      // Nothing is written where the run would go back, on a dry run and after a plan that failed.
      assert.equal(reports(github, "", status), false);
      assert.equal(reports(github, null, status), false);
    }
    const elsewhere = { ...dispatch, ref: "refs/heads/next" };
    const others = [pullRequest(), mergeGroup(), pushTo("refs/heads/next"), elsewhere];
    for (const github of others) assert.equal(reports(github, "{}", status), false);
  }
  assert.deepEqual(report.needs, [
    "generate-jobs",
    "upgrade-support-and-staging",
    "filter-generate-jobs",
    "upgrade-prod-hubs",
  ]);
});

Deno.test("deploy-hubs.yaml deploys by hand and in time where the config wants that, and from no other branch", () => {
  const deploys = ({ deploy }: Repository, github: Contexts) =>
    ["upgrade-support-and-staging", "filter-generate-jobs", "upgrade-prod-hubs"]
      .map((id) => runs(jobOf(deploy, id), { github, needs: needs("{}") }, FINE));
  const [all, none] = [[true, true, true], [false, false, false]];
  for (const github of [dispatch, schedule]) assert.deepEqual(deploys(LEDGER, github), all);
  assert.deepEqual(deploys(BY_HAND, dispatch), all);
  assert.deepEqual(deploys(BY_HAND, schedule), none);
  const elsewhere = { ...dispatch, ref: "refs/heads/next" };
  for (const github of [elsewhere, pullRequest(), mergeGroup()]) {
    assert.deepEqual(deploys(LEDGER, github), none);
  }
});

const GUARD = ["Set up Deno", "Make sure that nothing newer is deployed"];

for (
  const [id, jobs] of [
    ["upgrade-support-and-staging", { upgrade_support: true, staging_hubs: ["staging"] }],
    ["upgrade-prod-hubs", { hub_name: "plankton" }],
  ] as const
) {
  Deno.test(`deploy-hubs.yaml guards a leg that is run again before it touches its cluster: ${id}`, () => {
    const job = jobOf(LEDGER.deploy, id);
    const matrix = { jobs: { cluster_name: "lake", provider: "gcp", ...jobs } };
    const ran = (run_attempt: string, status = FINE) => {
      const github = { ...push, run_attempt };
      const contexts = { github, matrix, needs: needs("{}"), job: { status: "success" } };
      return job.steps.filter((step) => runs(step, contexts, status)).map(({ name }) => name);
    };
    const first = ran("1");
    assert.ok(GUARD.every((name) => !first.includes(name)));
    const again = ran("2");
    assert.deepEqual(again.toSpliced(again.indexOf("Set up Deno"), 2), first);
    const access = again.indexOf("Set up access to the cluster");
    assert.deepEqual(again.slice(access - 2, access), GUARD);
    // What follows a guard that stopped the leg.
    const stopped = ran("2", FAILED);
    assert.deepEqual(stopped.filter((name) => name !== "Record the verdict"), []);
    const { env } = stepOf(job, GUARD[1] ?? "");
    assert.deepEqual(fillAll(env, { github: push, needs: needs('{"a":1}') }), {
      LEDGER: '{"a":1}',
      GITHUB_TOKEN: "ghs_token",
    });
  });
}

Deno.test("deploy-hubs.yaml gives the job that reports no cluster", () => {
  const { steps } = jobOf(LEDGER.deploy, "report-deployment");
  assert.deepEqual(steps.map(({ name }) => name), [
    ...["Check out the repository", "Set up Deno", "Report", "Tell Slack", "Tell Slack"],
  ]);
});

const WET = { releases: "", phase: "all", "dry-run": "false" };
const NOTHING = { RELEASES: "", PHASE: "", DRY_RUN: "", RERUN: "" };

/** What `plan` is told of a run. */
const TOLD: Readonly<Record<string, readonly [github: Contexts, env: Record<string, string>]>> = {
  "a push": [push, NOTHING],
  "a pull request": [pullRequest(), NOTHING],
  "a time that has come": [schedule, { ...NOTHING, BEFORE: "" }],
  "a start by hand": [
    dispatch,
    { RELEASES: "lake/plankton", PHASE: "prod", DRY_RUN: "true", RERUN: "", BEFORE: "" },
  ],
  "a start by hand, which deploys": [
    { ...dispatch, event: { inputs: WET } },
    { DRY_RUN: "false" },
  ],
  "a start by hand from another branch, which deploys nothing": [
    { ...dispatch, ref: "refs/heads/next", event: { inputs: WET } },
    { DRY_RUN: "true" },
  ],
  "a re-run": [{ ...push, run_attempt: "2" }, { RERUN: "123" }],
};

for (const [what, [github, expected]] of Object.entries(TOLD)) {
  Deno.test(`deploy-hubs.yaml tells plan of ${what}`, () => {
    const { env } = stepOf(jobOf(LEDGER.deploy, "generate-jobs"), "Plan");
    // What is not in the payload of an event is null to GitHub.
    const nothing = { inputs: null, before: null, pull_request: null, merge_group: null };
    const event = { ...nothing, ...github.event as Contexts };
    const told = fillAll(env, { github: { ...github, event }, runner: { temp: "/tmp" } });
    assert.partialDeepStrictEqual(told, expected);
  });
}

Deno.test("deploy-hubs.yaml offers the inputs of a start by hand, each with its type", () => {
  for (const { deploy } of [LEDGER, BY_HAND]) {
    assert.partialDeepStrictEqual(deploy.workflow.on.workflow_dispatch?.inputs, {
      releases: { type: "string", default: "" },
      phase: { type: "choice", default: "all" },
      "dry-run": { type: "boolean", default: false },
    });
  }
});

Deno.test("deploy-hubs.yaml tells Slack once of a run: what report says, or that a job before or report failed", () => {
  const { steps } = jobOf(LEDGER.deploy, "report-deployment");
  const told = (github: Contexts, message: string, status = FINE) => {
    const contexts = {
      github,
      steps: { report: { outputs: { "slack-message": message } } },
      secrets: { SLACK_WEBHOOK_URL: "https://hooks" },
    };
    return steps.filter(({ name }) => name === "Tell Slack")
      .filter((step) => runs(step, contexts, status))
      .map((step) => fill(step.with?.payload ?? "", contexts));
  };
  for (const github of [push, dispatch, schedule]) {
    assert.deepEqual(told(github, ""), []);
    assert.deepEqual(told(github, '{"text":"1 failed"}'), ['{"text":"1 failed"}']);
    for (const status of [FAILED, CANCELLED]) {
      for (const message of ["", '{"text":"1 failed"}']) {
        const [text = "", ...more] = told(github, message, status);
        assert.deepEqual([/did not succeed/.test(text), more], [true, []]);
      }
    }
  }
  const plan = jobOf(LEDGER.deploy, "generate-jobs").steps.at(-1) ?? assert.fail();
  const tells = (github: Contexts) => runs(plan, { github }, FAILED);
  assert.deepEqual([push, dispatch, schedule, pullRequest()].map(tells), [true, true, true, false]);
});

Deno.test("comment-deployment-plan-pr.yaml is told where the record is, where there is one", () => {
  const of = ({ comment }: Repository) => stepOf(jobOf(comment, "comment"), "Comment").env ?? {};
  assert.equal(of(LEDGER).LEDGER_ENVIRONMENT, "fleet");
  assert.equal("LEDGER_ENVIRONMENT" in of(CUSTOM), false);
});
