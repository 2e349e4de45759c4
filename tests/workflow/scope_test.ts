import assert from "node:assert/strict";
import { call, context, type Expression } from "../../src/workflow/expression.ts";
import { always } from "../../src/workflow/functions.ts";
import type { PlacedValue } from "../../src/workflow/value_places.ts";
import { contextProblems } from "../../src/workflow/scope.ts";
import { template } from "../../src/workflow/text.ts";
import { jobModel, PLAN, runStep, workflowModel } from "./models.ts";

const before = [runStep({ id: "earlier" })];
const job = jobModel("reader", { needs: ["plan"], matrix: context("x"), steps: before });
const workflow = workflowModel(PLAN, job);

/** What GitHub offers where, of what hubwright's workflows read. */
const AVAILABLE: Readonly<Record<PlacedValue["part"], readonly string[]>> = {
  "concurrency": ["github", "inputs", "vars"],
  "job condition": ["github", "needs", "vars"],
  "job name": ["github", "needs", "vars", "matrix"],
  "matrix": ["github", "needs", "vars"],
  "step condition": ["github", "needs", "vars", "matrix", "steps", "job", "runner"],
  "step": ["github", "needs", "vars", "matrix", "steps", "job", "runner", "secrets"],
};

const READS: Readonly<Record<string, Expression<unknown>>> = {
  github: context("github", "event", "pull_request", "number"),
  needs: context("needs", "plan", "outputs", "list"),
  vars: context("vars", "X"),
  matrix: context("matrix", "jobs", "cluster_name"),
  steps: context("steps", "earlier", "outputs", "x"),
  job: context("job", "status"),
  runner: context("runner", "temp"),
  secrets: context("secrets", "TOKEN"),
  inputs: context("inputs", "x"),
  gihtub: context("gihtub", "x"),
};

/** What is wrong with a value of a step. */
const problems = (value: PlacedValue["value"], place: Partial<PlacedValue> = {}) =>
  contextProblems({ value, job, part: "step", before, ...place }, workflow);

for (const [part, contexts] of Object.entries(AVAILABLE)) {
  Deno.test(`contextProblems() knows what is in reach of a ${part}`, () => {
    for (const [name, expression] of Object.entries(READS)) {
      const said = `Cannot read "${expression.text}" in a ${part}: only ${contexts.join(", ")}`;
      assert.deepEqual(
        problems(expression, { part: part as PlacedValue["part"] }),
        contexts.includes(name) ? [] : [said],
        name,
      );
    }
  });
}

Deno.test("contextProblems() finds nothing in plain values", () => {
  for (const value of ["github.x", 1, true, ""]) assert.deepEqual(problems(value), []);
});

Deno.test("contextProblems() looks at every part of an expression", () => {
  const wrong = context<string>("needs", "other", "result");
  const right = context<string>("github", "ref");
  for (
    const expression of [
      wrong.not(),
      right.equals(wrong),
      wrong.and(right),
      right.or(right.and(wrong.notEquals("x"))),
      call("format", "{0} {1}", right, call("toJSON", wrong)),
    ]
  ) {
    assert.deepEqual(problems(expression), [
      'Cannot read "needs.other.result": the job does not need other',
    ]);
  }
});

Deno.test("contextProblems() looks at every expression of a text", () => {
  const value = template`${context("a", "x")} and ${context("github", "ref")} and ${
    context("b", "x")
  }`;
  assert.deepEqual(problems(value).map((problem) => problem.slice(0, 17)), [
    'Cannot read "a.x"',
    'Cannot read "b.x"',
  ]);
});

Deno.test("contextProblems() knows the needed jobs and their outputs", () => {
  assert.deepEqual(problems(context("needs", "plan", "result")), []);
  assert.deepEqual(problems(context("needs", "plan", "outputs")), []);
  assert.deepEqual(problems(context("needs", "plan", "outputs", "other")), [
    'Cannot read "needs.plan.outputs.other": the job plan has no output "other"',
  ]);
  assert.deepEqual(problems(context("needs", "reader", "result")), [
    'Cannot read "needs.reader.result": the job does not need reader',
  ]);
});

Deno.test("contextProblems() knows whether the job has a matrix", () => {
  assert.deepEqual(problems(context("matrix", "jobs", "x"), { job: jobModel("plain") }), [
    'Cannot read "matrix.jobs.x": the job has no matrix',
  ]);
});

Deno.test("contextProblems() lets conditions alone ask about the status", () => {
  assert.deepEqual(problems(always(), { part: "step condition" }), []);
  assert.deepEqual(problems(always(), { part: "job condition" }), []);
  for (const part of ["step", "job name", "matrix"] as const) {
    assert.deepEqual(problems(call("toJSON", always()), { part }), [
      "Cannot call always() here: only a condition can ask about the status",
    ]);
  }
});
