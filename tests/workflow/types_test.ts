/**
 * What must not compile. Each `@ts-expect-error` is checked by `deno check`: where the line below
 * it compiles after all, the check fails. The assertions beside them hold that the right spelling
 * does what it should.
 */
import assert from "node:assert/strict";
import { context, type Json } from "../../src/workflow/expression.ts";
import { fromJSON } from "../../src/workflow/functions.ts";
import { job } from "../../src/workflow/job.ts";
import type { WorkflowModel } from "../../src/workflow/model.ts";
import { pinned } from "../../src/workflow/own_lock.ts";
import { script } from "../../src/workflow/script.ts";
import { run, uses } from "../../src/workflow/step.ts";
import { template } from "../../src/workflow/text.ts";
import { validateWorkflow } from "../../src/workflow/check_workflow.ts";
import { jobModel, workflowModel } from "./models.ts";

interface Leg {
  readonly cluster_name: string;
  readonly upgrade_support: boolean;
}

const base = { name: "Name", comment: "Why.", permissions: {}, timeoutMinutes: 1 } as const;
const legs = context<Json<readonly Leg[]>>("steps", "plan", "outputs", "legs");
const actor = context<string>("github", "actor");
const steps = () => ({ steps: [] });

const plan = job("plan", { ...base, steps: () => ({ steps: [], outputs: { legs } }) });
const other = job("other", { ...base, steps: () => ({ steps: [], outputs: { found: actor } }) });

Deno.test("job() does not compile with a need, an output, a result or a field that is not there", () => {
  job("reader", {
    ...base,
    needs: [plan, other],
    matrix: ({ needs }) => fromJSON(needs.plan.outputs.legs),
    if: ({ needs }) => {
      // @ts-expect-error: no job ends as sucess
      assert.ok(needs.plan.result.equals("sucess"));
      return needs.plan.result.equals("success");
    },
    steps: ({ needs, matrix: { jobs } }) => {
      assert.equal(needs.other.outputs.found.text, "needs.other.outputs.found");
      // @ts-expect-error: the output is called legs
      assert.equal(needs.plan.outputs.leg, undefined);
      // @ts-expect-error: found is an output of other, not of plan
      assert.equal(needs.plan.outputs.found, undefined);
      // @ts-expect-error: third is not needed
      assert.equal(needs.third, undefined);
      assert.equal(jobs.upgrade_support.equals(true).text, "matrix.jobs.upgrade_support == true");
      // @ts-expect-error: the field is called cluster_name
      assert.equal(jobs.cluster.text, "matrix.jobs.cluster");
      // @ts-expect-error: upgrade_support is not text
      assert.ok(jobs.upgrade_support.equals("yes"));
      return { steps: [] };
    },
  });
  job("reader", {
    ...base,
    steps: ({ needs, matrix }) => {
      // @ts-expect-error: nothing is needed
      assert.equal(needs.plan, undefined);
      // @ts-expect-error: there is no matrix
      assert.ok(matrix.jobs.cluster_name);
      return { steps: [] };
    },
  });
  // @ts-expect-error: the output is JSON text, not a list
  job("reader", { ...base, needs: [plan], matrix: ({ needs }) => needs.plan.outputs.legs, steps });
});

Deno.test("job() does not compile without permissions", () => {
  const { permissions: _, ...without } = base;
  // @ts-expect-error: every job states its permissions
  const { model } = job("reader", { ...without, steps });
  assert.equal(model.permissions, undefined);
});

Deno.test("run() does not compile with an output or a variable that is not there", () => {
  const step = run({
    name: "A",
    id: "a",
    outputs: ["plan"],
    env: { HUB: actor },
    script: (env) => {
      assert.equal(script`deploy ${env.HUB}`.text, 'deploy "$HUB"');
      // @ts-expect-error: the variable is called HUB
      assert.equal(env.HUBB, undefined);
      return script`true`;
    },
  });
  assert.equal(step.outputs.plan.text, "steps.a.outputs.plan");
  // @ts-expect-error: the output is called plan
  assert.equal(step.outputs.plans, undefined);
  const without = run({
    name: "A",
    id: "a",
    script: (env) => {
      // @ts-expect-error: the step has no variables
      assert.equal(env.HUB, undefined);
      return script`true`;
    },
  });
  // @ts-expect-error: the step has no outputs
  assert.equal(without.outputs.plan, undefined);
  const used = uses({ name: "A", id: "a", uses: pinned("actions/checkout") });
  // @ts-expect-error: the outputs of an action are not known
  assert.equal(used.outputs.ref, undefined);
});

Deno.test("run() and script() do not compile with text, an expression or a template for a script", () => {
  // @ts-expect-error: a script is made by script``
  assert.ok(run({ name: "A", script: () => "deploy" }));
  // @ts-expect-error: GitHub would replace an expression before the shell sees it
  assert.ok(run({ name: "A", script: () => actor }));
  // @ts-expect-error: an expression reaches a script through env
  assert.throws(() => script`echo ${actor}`, TypeError);
  // @ts-expect-error: a template holds expressions
  assert.throws(() => script`echo ${template`${actor}/x`}`, TypeError);
});

Deno.test("fromJSON(), pinned() and Expression.equals() do not compile with what cannot be meant", () => {
  // @ts-expect-error: nothing says that the actor is JSON
  assert.equal(fromJSON(actor).text, "fromJSON(github.actor)");
  // @ts-expect-error: hubwright's lock has no such action
  assert.equal(pinned("actions/checkuot").kind, "locked");
  // @ts-expect-error: the event is called pull_request
  assert.ok(context<"push" | "pull_request">("github", "event_name").equals("pull-request"));
});

Deno.test("WorkflowModel and JobModel do not compile with what the lint rules refuse", () => {
  const { file, name, header, jobs, on } = workflowModel(jobModel("a"));
  const workflows: readonly WorkflowModel[] = [
    // @ts-expect-error: runs wait for each other, none is cancelled
    { file, name, header, jobs, on, concurrency: { group: "x", "cancel-in-progress": true } },
    // @ts-expect-error: a stranger may decide what runs then
    { file, name, header, jobs, on: { issue_comment: {} } },
    // @ts-expect-error: the workflow's concurrency is all there is
    workflowModel(jobModel("a", { concurrency: { group: "x", "cancel-in-progress": true } })),
    // @ts-expect-error: a step names the secrets that it reads
    workflowModel(jobModel("b", { secrets: "inherit" })),
  ];
  // What is not compiled is refused all the same.
  for (const workflow of workflows) assert.equal(validateWorkflow(workflow).length, 1);
});
