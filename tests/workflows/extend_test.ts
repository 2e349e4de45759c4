import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { always, hasItems } from "../../src/workflow/functions.ts";
import { context, type Json } from "../../src/workflow/expression.ts";
import type { JobModel, WorkflowModel } from "../../src/workflow/model.ts";
import { run } from "../../src/workflow/step.ts";
import { script } from "../../src/workflow/script.ts";
import { defineWorkflows } from "../../workflows/mod.ts";
import { extendWorkflow } from "../../workflows/extend.ts";
import { EXAMPLE } from "./example.ts";

const { settings, clusters } = EXAMPLE;
const [DEPLOY = assert.fail()] = defineWorkflows(settings, clusters);
const own = run({ name: "Own", script: () => script`true` }).model;

function extended(extend: (workflow: WorkflowModel) => unknown): WorkflowModel {
  return extendWorkflow(DEPLOY, {
    file: "hubwright.config.ts",
    extend: extend as (workflow: WorkflowModel) => WorkflowModel,
  });
}

/** Changes one job. */
const changing =
  (id: string, change: (job: JobModel) => Partial<JobModel>) =>
  (workflow: WorkflowModel): WorkflowModel => ({
    ...workflow,
    jobs: workflow.jobs.map((job) => job.id === id ? { ...job, ...change(job) } : job),
  });

const CANARIES = "upgrade-support-and-staging";
const PROD = "upgrade-prod-hubs";

const LOST: readonly (readonly [string, (workflow: WorkflowModel) => unknown, RegExp])[] = [
  ["no workflow", () => undefined, /extend must return the workflow/],
  ["another file", (of) => ({ ...of, file: ".github/workflows/a.yaml" }), /its file has to stay/],
  ["other queueing", (of) => ({ ...of, concurrency: undefined }), /its concurrency has to stay/],
  [
    "other paths",
    (of) => ({ ...of, on: { ...of.on, push: { branches: ["main"] } } }),
    /what starts it on push has to stay/,
  ],
  [
    "no filter",
    (of) => ({ ...of, jobs: of.jobs.filter(({ id }) => id !== "filter-generate-jobs") }),
    /job filter-generate-jobs: it has to stay/,
  ],
  [
    "prod hubs that do not wait for the filter",
    changing(PROD, () => ({ needs: ["generate-jobs"] })),
    /job upgrade-prod-hubs: it has to need what it needed/,
  ],
  [
    "prod hubs on any condition",
    changing(PROD, () => ({ if: always() })),
    /job upgrade-prod-hubs: its condition can only become narrower/,
  ],
  ["no condition", changing(PROD, () => ({ if: undefined })), /can only become narrower/],
  [
    "a condition that lets canaries run after a plan that failed",
    changing(CANARIES, (job) => ({ if: job.if?.and(always()) })),
    /job upgrade-support-and-staging: its condition can only become narrower/,
  ],
  [
    "another list of prod hubs",
    changing(PROD, () => ({ matrix: context("needs", "generate-jobs", "outputs", "prod") })),
    /its matrix has to stay/,
  ],
  ["no verdicts", changing(CANARIES, () => ({ outputs: {} })), /its outputs have to stay/],
  [
    "a step behind the verdict",
    changing(CANARIES, ({ steps }) => ({ steps: [...steps, own] })),
    /the verdict has to come last/,
  ],
  [
    "steps in another order",
    changing(CANARIES, ({ steps: [first, second, ...rest] }) => ({
      steps: [second, first, ...rest].filter((step) => step !== undefined),
    })),
    /its steps have to stay as they are, in their order/,
  ],
  [
    "a step that may fail",
    changing(CANARIES, ({ steps }) => ({
      steps: steps.map((step) => ({ ...step, "continueOnError": true })),
    })),
    /its steps have to stay/,
  ],
  ["a shell that goes on after a failure", (of) => ({ ...of, shell: "bash {0}" }), /its shell has/],
  ...Object.entries({
    shell: "bash {0}",
    continueOnError: true,
    failFast: true,
    concurrency: { group: "prod", cancelInProgress: true },
    calls: { uses: { kind: "local", path: "./.github/workflows/a.yaml" }, outputs: [] },
  }).map(([key, value]) =>
    [
      `another ${key} of a job`,
      changing(PROD, () => ({ [key]: value })),
      RegExp(`job upgrade-prod-hubs: its ${key} has to stay`),
    ] as const
  ),
  [
    "a job that is none",
    (of) => ({ ...of, jobs: [...of.jobs, null] }),
    /what extend gives cannot be read/,
  ],
  [
    "a workflow that cannot be looked at",
    (of) => new Proxy(of, { has: () => assert.fail("no") }),
    /what extend gives cannot be read: no/,
  ],
  [
    "a job that could be taken for a leg",
    (of) => {
      const [first = assert.fail()] = of.jobs;
      return {
        ...of,
        jobs: [...of.jobs, { ...first, id: "a", name: "Prod hub (lake, gcp, prod)" }],
      };
    },
    /job a: it cannot be called "Prod hub \(lake, gcp, prod\)"/,
  ],
  [
    "a step that could be taken for an upgrade",
    changing(PROD, ({ steps }) => ({ steps: [{ ...own, name: "Upgrade the hub" }, ...steps] })),
    /job upgrade-prod-hubs: no other step can be called like one/,
  ],
  ["another name", changing(PROD, () => ({ name: "Hubs" })), /its name has to stay/],
  ["a permission less", changing(PROD, () => ({ permissions: {} })), /it needs "contents: read"/],
];

for (const [criterion, change, message] of LOST) {
  Deno.test(`extendWorkflow refuses ${criterion}`, () => {
    assert.throws(() => extended(change), (error) => {
      assert.ok(error instanceof UserError);
      const [problem] = error.problems;
      assert.equal(problem?.file, "hubwright.config.ts");
      assert.match(problem?.message ?? "", message);
      return true;
    });
  });
}

Deno.test("extendWorkflow refuses what is taken away from the workflow that it was given", () => {
  const [deploy = assert.fail()] = defineWorkflows(settings, clusters);
  const extend = (of: WorkflowModel) => {
    Object.assign(of, { jobs: [] });
    return of;
  };
  assert.throws(
    () => extendWorkflow(deploy, { file: "", extend }),
    /job filter-generate-jobs: it has to stay/,
  );
});

Deno.test("extendWorkflow says what extend threw", () => {
  assert.throws(() =>
    extended(() => {
      throw new Error("no");
    }), /extend threw "Error: no"|extend threw "no"/);
});

Deno.test("extendWorkflow accepts more jobs, needs, steps, outputs, permissions and narrower conditions", () => {
  const list = context<Json<readonly unknown[]>>("needs", "generate-jobs", "outputs", "prod");
  const change = (workflow: WorkflowModel): WorkflowModel => {
    const more = changing(PROD, ({ steps, needs, permissions, if: condition }) => ({
      needs: [...needs, "approve"],
      if: condition?.and(hasItems(list)),
      steps: [own, ...steps, own],
      permissions: { ...permissions, actions: { access: "read", why: "to look" } },
    }))(workflow);
    const [first = assert.fail()] = workflow.jobs;
    return {
      ...more,
      jobs: [...more.jobs, { ...first, id: "approve", name: "Approve", needs: [] }],
    };
  };
  const isApproved = context("needs", "approve", "result").equals("success");
  const held = changing(PROD, (job) => ({ if: job.if?.and(isApproved) }))(change(DEPLOY));
  assert.deepEqual(extended(change), held);
  assert.equal(extendWorkflow(DEPLOY, { file: "", extend: undefined }), DEPLOY);
});

/** A job that another one needs besides what it needed. */
const needing =
  (id: string, change: (job: JobModel) => Partial<JobModel> = () => ({})) =>
  (workflow: WorkflowModel): WorkflowModel => {
    const [first = assert.fail()] = workflow.jobs;
    const more = changing(id, (job) => ({ needs: [...job.needs, "approve"], ...change(job) }));
    const { jobs, ...rest } = more(workflow);
    const approve = { ...first, id: "approve", name: "Approve", needs: [] };
    return { ...rest, jobs: [...jobs, approve] };
  };

for (const id of [PROD, "filter-generate-jobs"]) {
  Deno.test(`extendWorkflow holds ${id} back where a job that it was made to need did not succeed`, () => {
    const { jobs } = extended(needing(id));
    const text = jobs.find((job) => job.id === id)?.if?.text ?? "";
    assert.match(text, /^!cancelled\(\) && .* && needs\.approve\.result == 'success'$/);
  });
}

Deno.test("extendWorkflow leaves what has to become of an added need to a condition that asks for it", () => {
  const isSkipped = context("needs", "approve", "result").equals("skipped");
  const extend = needing(PROD, (job) => ({ if: job.if?.and(isSkipped) }));
  assert.deepEqual(extended(extend), extend(DEPLOY));
});

Deno.test("extendWorkflow lets the report run whatever a job that it was made to need came to", () => {
  const ledger = { ...settings, ledger: { since: "a".repeat(40), environment: "hubs" } };
  const [deploy = assert.fail()] = defineWorkflows(ledger, clusters);
  const extend = needing("report-deployment");
  assert.deepEqual(extendWorkflow(deploy, { file: "", extend }), extend(deploy));
});

Deno.test("extendWorkflow adds nothing to a condition without a question for the status", () => {
  const extend = needing(CANARIES);
  assert.deepEqual(extended(extend), extend(DEPLOY));
});
