/**
 * What holds for the generated files as they are read by GitHub. Lint rules look at the model; what
 * they refuse does not get as far as a file.
 */
import assert from "node:assert/strict";
import { verdictOutput } from "../../src/filter/verdict.ts";
import { CUSTOM, REPOSITORIES } from "./all_repositories.ts";
import {
  clusterOf,
  filesOf,
  jobOf,
  type JobText,
  type Repository,
  repositoryOf,
  settingsOf,
  type WorkflowFile,
} from "./repositories.ts";

function each(
  criterion: string,
  check: (file: WorkflowFile, where: string, repository: Repository) => void,
): void {
  Deno.test(`deploy-hubs.yaml, comment-deployment-plan-pr.yaml ${criterion}`, () => {
    for (const repository of REPOSITORIES) {
      for (const file of [repository.deploy, repository.comment]) {
        check(file, `${file.path} of ${repository.name}`, repository);
      }
    }
  });
}

function jobsOf({ workflow }: WorkflowFile): [string, JobText][] {
  return Object.entries(workflow.jobs);
}

each("cancel no run, end a job that hangs, and let no leg stop another", (file, where) => {
  const { group, ...queue } = file.workflow.concurrency;
  assert.equal(typeof group, "string");
  assert.deepEqual(queue, { "cancel-in-progress": false, queue: "max" }, where);
  for (const [id, { strategy, ...job }] of jobsOf(file)) {
    assert.ok((job["timeout-minutes"] ?? 999) <= 120, `${where}: ${id}`);
    const expected = id.startsWith("upgrade-") ? false : undefined;
    assert.equal(strategy?.["fail-fast"], expected, `${where}: ${id}`);
  }
});

/** What a step's action, or the command of hubwright that it calls, asks of the job's token. */
const NEEDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "actions/checkout": { contents: "read" },
  "actions/download-artifact": { actions: "read" },
  "Plan": { "pull-requests": "read" },
  "Filter": { actions: "read" },
  "Comment": { "pull-requests": "write" },
  "Mark the comment": { "pull-requests": "write" },
};

/** What it asks for besides, where there is a ledger. */
const LEDGER_NEEDS: typeof NEEDS = {
  ...NEEDS,
  "Plan": { "pull-requests": "read", actions: "read", deployments: "read" },
  "Make sure that nothing newer is deployed": { actions: "read", deployments: "read" },
  "Report": { "pull-requests": "write", actions: "read", deployments: "write" },
  "Comment": { "pull-requests": "write", deployments: "read" },
};

each("allow a job what its steps need and nothing else", (file, where, { settings }) => {
  assert.deepEqual(file.workflow.permissions, {});
  const asked = settings.ledger === undefined ? NEEDS : LEDGER_NEEDS;
  for (const [id, { permissions, steps }] of jobsOf(file)) {
    const needed = Object.assign(
      {},
      ...steps.map(({ uses = "", name }) => asked[uses.replace(/@.*/, "")] ?? asked[name] ?? {}),
    );
    assert.deepEqual(permissions, needed, `${where}: ${id}`);
  }
});

each("show tokens and secrets to the single steps that use them", (file, where, { settings }) => {
  const given = (pattern: RegExp) =>
    jobsOf(file).flatMap(([, { steps }]) => steps)
      .filter(({ env, with: inputs }) => pattern.test(JSON.stringify([env, inputs])))
      .map(({ name }) => name);
  const follows = file.workflow.on.workflow_run !== undefined;
  const guard = settings.ledger === undefined ? [] : ["Make sure that nothing newer is deployed"];
  assert.deepEqual(
    given(/github\.token/),
    follows
      ? ["Download the plan", "Comment", "Mark the comment"]
      : ["Plan", ...guard, "Filter", ...guard, ...guard.map(() => "Report")],
    where,
  );
  const secrets = given(/secrets\./);
  // With a ledger, the last job speaks for all legs, whether or not it has all to say.
  const most = settings.ledger === undefined ? 4 : 3;
  const slack = settings.notify.slack === undefined || follows ? 0 : most;
  assert.equal(secrets.filter((name) => name === "Tell Slack").length, slack, where);
  if (follows) assert.deepEqual(secrets, [], where);
  const lines = file.text.split("\n").filter((line) => /\bsecrets\b|github\.token/.test(line));
  assert.equal(lines.length, given(/github\.token/).length + secrets.length, where);
});

Deno.test("deploy-hubs.yaml is triggered by what the planner looks at, and by labels", () => {
  for (const { name, deploy, rules, settings } of REPOSITORIES) {
    const filters = { branches: [settings.defaultBranch], paths: rules.triggers };
    const types = ["opened", "synchronize", "reopened", "edited", "labeled", "unlabeled"];
    const queue = { types: ["checks_requested"] };
    const expected = { push: filters, pull_request: { ...filters, types }, merge_group: queue };
    const { workflow_dispatch, schedule, ...on } = deploy.workflow.on;
    assert.deepEqual(on, expected, name);
    assert.equal(workflow_dispatch !== undefined, settings.dispatch, name);
    const cron = settings.ledger?.reconcile;
    assert.deepEqual(schedule, cron === undefined ? undefined : [{ cron }], name);
  }
  assert.ok(CUSTOM.rules.triggers.includes("sites/**"));
});

/** How many staging hubs the largest cluster of each repository has. */
const STAGING_HUBS: Readonly<Record<string, number>> = {
  "examples/infrastructure": 2,
  "everything configured": 3,
  "ledger, on a schedule, with Slack": 2,
  "by hand": 1,
  "no cluster": 0,
  "one cluster without staging hub": 0,
};

Deno.test("deploy-hubs.yaml has a verdict's output for each cluster, and steps for the most staging hubs", () => {
  for (const { name, deploy, clusters } of REPOSITORIES) {
    const { outputs = {}, steps } = jobOf(deploy, "upgrade-support-and-staging");
    const expected = clusters.map((cluster) => {
      const output = verdictOutput(cluster.name);
      return [output, `\${{ steps.verdict.outputs.${output} }}`];
    });
    assert.deepEqual(outputs, Object.fromEntries(expected), name);
    assert.equal(Object.keys(outputs).length, clusters.length);
    const staging = steps.flatMap((step) => /^(\w+) staging hub (\d+)$/.exec(step.name)?.[0] ?? []);
    const wanted = Array.from(
      { length: STAGING_HUBS[name] ?? NaN },
      (_, index) => ["Upgrade", "Check"].map((does) => `${does} staging hub ${index + 1}`),
    );
    assert.deepEqual(staging, wanted.flat(), name);
  }
});

Deno.test("deploy-hubs.yaml is refused where it is larger than GitHub takes", () => {
  const clusters = Array.from({ length: 250 }, (_, index) => clusterOf("n".repeat(990) + index, 1));
  const refusal =
    /GitHub accepts at most 500000 bytes.*; set `layout: "pipelined"` in the config, /;
  assert.throws(() => repositoryOf("large", {}, clusters), refusal);
  const prod = { maxParallel: 5 };
  // Nothing but more repositories helps where the other layout is refused.
  for (const config of [{ gate: "fleet" }, { jobs: { prod } }] as const) {
    assert.throws(() => repositoryOf("large", config, clusters), /\d; keep the clusters in/);
  }
  assert.throws(
    () => repositoryOf("large", { jobs: { prod }, shards: 40, waves: [["*"]] }, clusters),
    /\d; set fewer "shards" or "waves", or keep the clusters in/,
  );
});

Deno.test("workflows of many clusters are those of one where they deploy cluster by cluster", () => {
  const clusters = Array.from({ length: 500 }, (_, index) => clusterOf(`cluster-${index}`, 1));
  const config = { layout: "pipelined", waves: [["cluster-0"], ["*"]], shards: 40 } as const;
  const texts = (some: typeof clusters) =>
    filesOf(settingsOf(config), some).map(({ text }) => text);
  assert.deepEqual(texts(clusters), texts(clusters.slice(0, 1)));
});
