/** What the jobs of the generated workflows may do, and which steps see a token or a secret. */
import assert from "node:assert/strict";
import { isMap, isScalar, parseDocument } from "yaml";
import { expressionsOf } from "../workflows/expressions.ts";
import {
  type JobText,
  REPOSITORIES,
  type StepText,
  type WorkflowFile,
} from "../workflows/repositories.ts";
import { type Contexts, pullRequest, runs } from "../workflows/world.ts";

const FILES = REPOSITORIES.flatMap(({ name, deploy, comment }) => [
  { name: `deploy-hubs.yaml (${name})`, file: deploy },
  { name: `comment-deployment-plan-pr.yaml (${name})`, file: comment },
]);

type Permissions = Readonly<Record<string, string>>;

/** What a step's action, or the command of hubwright that it calls, asks of the job's token. */
const NEEDS: Readonly<Record<string, Permissions>> = {
  "actions/checkout": { contents: "read" },
  "actions/download-artifact": { actions: "read" },
  "Plan": { "pull-requests": "read" },
  "Comment": { "pull-requests": "write" },
};

function each(criterion: string, check: (file: WorkflowFile) => void): void {
  Deno.test(`deploy-hubs.yaml, comment-deployment-plan-pr.yaml ${criterion}`, () => {
    for (const { name, file } of FILES) {
      try {
        check(file);
      } catch (cause) {
        throw new Error(`in ${name}`, { cause });
      }
    }
  });
}

function jobsOf({ workflow }: WorkflowFile): [string, JobText][] {
  return Object.entries(workflow.jobs);
}

function stepsOf(file: WorkflowFile): StepText[] {
  return jobsOf(file).flatMap(([, { steps }]) => steps);
}

function actionOf({ uses = "" }: StepText): string {
  return uses.replace(/@.*/, "");
}

each("allow a job what its steps need and nothing else", (file) => {
  assert.deepEqual(file.workflow.permissions, {});
  for (const [id, { permissions, steps }] of jobsOf(file)) {
    const needed = Object.assign(
      {},
      ...steps.map((step) => NEEDS[actionOf(step)] ?? NEEDS[step.name] ?? {}),
    );
    // A public repository is checked out without; a private one would need it here too.
    if (id === "comment") delete needed.contents;
    assert.deepEqual(permissions, needed, id);
  }
});

each("say why a job has each of its permissions", ({ text }) => {
  const jobs = parseDocument(text).get("jobs");
  assert.ok(isMap(jobs) && jobs.items.length > 0);
  for (const { key, value: job } of jobs.items) {
    const permissions = isMap(job) ? job.get("permissions") : undefined;
    assert.ok(isMap(permissions) && permissions.items.length > 0, String(key));
    for (const { key: name, value } of permissions.items) {
      assert.match(isScalar(value) ? value.comment ?? "" : "", /\w+ \w+ \w+/, `${key}: ${name}`);
    }
  }
});

each("leave no token behind in a checkout", (file) => {
  const checkouts = stepsOf(file).filter((step) => actionOf(step) === "actions/checkout");
  assert.ok(checkouts.length > 0);
  for (const { with: inputs = {} } of checkouts) {
    assert.equal(inputs["persist-credentials"], false);
    assert.deepEqual(["token", "ssh-key"].filter((name) => name in inputs), []);
  }
});

each("put tokens and secrets into single steps", ({ workflow }) => {
  const wide = expressionsOf(workflow).filter(({ at, text }) =>
    /\b(?:secrets|github\.token)\b/.test(text) &&
    !/^jobs\.[^.]+\.steps\.\d+\.(?:env|with)\./.test(at)
  );
  assert.deepEqual(wide, []);
  assert.equal(JSON.stringify(workflow).includes("inherit"), false);
});

each("show the job's token to the steps that talk to GitHub", (file) => {
  const names = stepsOf(file).filter(({ env, with: inputs }) =>
    JSON.stringify([env, inputs]).includes("github.token")
  ).map(({ name }) => name);
  const expected = file.workflow.on.workflow_run === undefined
    ? ["Plan"]
    : ["Download the plan", "Comment"];
  assert.deepEqual(names, expected);
});

each("name each secret that they use, one by one", ({ workflow }) => {
  const secrets = expressionsOf(workflow).filter(({ text }) => /\bsecrets\b/.test(text));
  assert.deepEqual(secrets.filter(({ text }) => !/^secrets\.[A-Za-z_]\w*$/.test(text)), []);
});

/** What conditions read in a run of a pull request in which everything is planned. */
const CONTEXTS: Contexts = {
  github: pullRequest(),
  needs: Object.fromEntries(
    ["generate-jobs", "upgrade-support-and-staging", "filter-generate-jobs"].map((id) => [id, {
      result: "success",
      outputs: { "support-and-staging-matrix-jobs": "[1]", "prod-hub-matrix-jobs": "[1]" },
    }]),
  ),
};

const STATUSES = [
  { success: true, cancelled: false },
  { success: false, cancelled: false },
  { success: false, cancelled: true },
];

each("use no secret, and write nothing, where a pull request runs", (file) => {
  if (file.workflow.on.pull_request === undefined) return;
  const reached = jobsOf(file).filter(([, job]) =>
    STATUSES.some((status) => runs(job, CONTEXTS, status))
  );
  assert.deepEqual(reached.map(([id]) => id), ["generate-jobs"]);
  for (const [, { permissions = {}, steps }] of reached) {
    assert.deepEqual(Object.values(permissions).filter((access) => access !== "read"), []);
    const run = steps.filter((step) => STATUSES.some((status) => runs(step, CONTEXTS, status)));
    assert.ok(run.length > 0);
    assert.equal(JSON.stringify(run).includes("secrets."), false);
  }
});

each("use no secret where a plan of a pull request is read", (file) => {
  if (file.workflow.on.workflow_run === undefined) return;
  assert.equal(file.text.includes("secrets."), false);
});
