import assert from "node:assert/strict";
import { call, context } from "../../src/workflow/expression.ts";
import { always, cancelled, failure } from "../../src/workflow/functions.ts";
import { secret } from "../../src/workflow/github_context.ts";
import type { JobModel, StepModel } from "../../src/workflow/model.ts";
import { template } from "../../src/workflow/text.ts";
import { validateWorkflow } from "../../src/workflow/validate.ts";
import { jobModel, PLAN, runStep, usesStep, workflowModel } from "./models.ts";

const event = context<string>("github", "event_name");
const OPEN = "$" + "{{";

/** What is wrong with a workflow of these jobs. */
function problems(...jobs: readonly JobModel[]): readonly string[] {
  return validateWorkflow(workflowModel(...jobs)).map(({ file, message }) => {
    assert.equal(file, ".github/workflows/x.yaml");
    return message;
  });
}

/** What is wrong with a job of these steps. */
const stepProblems = (...steps: readonly StepModel[]) => problems(jobModel("a", { steps }));

Deno.test("validateWorkflow() finds nothing wrong with a workflow that uses everything", () => {
  const leg = jobModel("legs", {
    needs: ["plan"],
    name: template`Deploy ${context("matrix", "jobs", "cluster_name")}`,
    if: cancelled().not().and(context<string>("needs", "plan", "result").equals("success")),
    matrix: call("fromJSON", context("needs", "plan", "outputs", "list")),
    steps: [
      usesStep({ name: "Local", id: "local", with: { token: secret("TOKEN"), depth: 1 } }),
      usesStep({
        name: "Pinned",
        uses: { kind: "pinned", name: "a/b", commit: "a".repeat(40), version: "v1" },
      }),
      runStep({
        name: "Deploy",
        id: "deploy",
        if: always().and(context<string>("steps", "local", "outcome").equals("success")),
        env: {
          HUB: context("matrix", "jobs", "hub_name"),
          STATUS: context("job", "status"),
          TEMP: context("runner", "temp"),
          LIST: context("needs", "plan", "outputs", "list"),
          URL: template`${context("github", "server_url")}/x`,
          FLAG: true,
        },
      }),
    ],
    outputs: { done: context("steps", "deploy", "outputs", "done") },
  });
  const last = jobModel("last", { needs: ["plan", "legs"], if: failure() });
  assert.deepEqual(problems(PLAN, leg, last), []);
});

Deno.test("validateWorkflow() finds every job id that is there twice, once", () => {
  assert.deepEqual(problems(jobModel("a"), jobModel("b"), jobModel("a"), jobModel("a")), [
    'Cannot use the job id "a" twice: give each job an id of its own',
  ]);
});

Deno.test("validateWorkflow() finds every step id that is there twice in one job", () => {
  const steps = [runStep({ id: "x" }), runStep({ id: "y" }), usesStep({ id: "x" }), runStep()];
  assert.deepEqual(
    problems(jobModel("a", { steps }), jobModel("b", { steps: steps.slice(0, 2) })),
    [
      'Job a: Cannot use the step id "x" twice: give each step an id of its own',
    ],
  );
});

Deno.test("validateWorkflow() finds a need that is no job of the workflow", () => {
  assert.deepEqual(problems(PLAN, jobModel("b", { needs: ["plan", "plna"] })), [
    'Job b: Cannot need "plna": the workflow has no such job, only plan, b',
  ]);
});

Deno.test("validateWorkflow() finds jobs that need each other", () => {
  const [problem, ...more] = problems(
    PLAN,
    jobModel("a", { needs: ["plan", "c"] }),
    jobModel("b", { needs: ["a"] }),
    jobModel("c", { needs: ["b"] }),
  );
  assert.deepEqual(more, []);
  assert.equal(
    problem,
    "Cannot order the jobs a, b, c: they need each other; drop one of the needs",
  );
});

Deno.test("validateWorkflow() finds a job that needs itself", () => {
  assert.match(problems(jobModel("a", { needs: ["a"] })).join("\n"), /^Cannot order the jobs a: /);
});

Deno.test("validateWorkflow() names only the jobs of a cycle, not those that wait for it", () => {
  const [problem] = problems(
    jobModel("a", { needs: ["b"] }),
    jobModel("b", { needs: ["a"] }),
    jobModel("waits", { needs: ["a"] }),
  );
  assert.match(problem ?? "", /^Cannot order the jobs a, b: /);
});

Deno.test("validateWorkflow() takes needs in any order for no cycle", () => {
  assert.deepEqual(
    problems(
      jobModel("d", { needs: ["c", "b"] }),
      jobModel("c", { needs: ["a", "b"] }),
      jobModel("b", { needs: ["a"] }),
      jobModel("a"),
    ),
    [],
  );
});

Deno.test("validateWorkflow() finds a function that GitHub does not have", () => {
  const said = (name: string) =>
    `Cannot call ${name}(): GitHub has only contains, startsWith, endsWith, format, join, ` +
    "toJSON, fromJSON, hashFiles, always, cancelled, failure, success";
  for (const name of ["includes", "Always", "x) || secrets.KEY || always("]) {
    assert.deepEqual(stepProblems(runStep({ name: "S", env: { A: call(name, event) } })), [
      `Job a: step "S": ${said(name)}`,
    ]);
  }
});

Deno.test("validateWorkflow() says which lint rule refuses what, and how to fix it", () => {
  const found = problems(
    jobModel("a", {
      if: event.or("push"),
      steps: [usesStep({ name: "S", uses: { kind: "locked", name: "a/b" } })],
    }),
  );
  assert.deepEqual(found, [
    'Job a: step "S": Cannot use the action "a/b": no lock has it; name the action as ' +
    '"owner/name" and give it a commit and a version in actions.lock.json, or use a local action ' +
    '("./path") [unpinned-action]',
    "Job a: Cannot use the condition \"github.event_name || 'push'\": it comes to the same in " +
    "every run; make the whole condition one expression that asks about the run, or leave it out " +
    "[constant-condition]",
  ]);
});

Deno.test("validateWorkflow() finds the output of a step that comes later, or of itself", () => {
  const reads = (id: string) => ({ A: context<string>("steps", id, "outputs", "x") });
  assert.deepEqual(
    stepProblems(
      runStep({ name: "First", id: "first", env: reads("second") }),
      runStep({ name: "Second", id: "second", env: reads("second") }),
      runStep({ name: "Third", env: reads("first") }),
    ),
    ["First", "Second"].map((name) =>
      `Job a: step "${name}": Cannot read "steps.second.outputs.x": no step before has the id "second"`
    ),
  );
});

Deno.test("validateWorkflow() finds the output of a step of another job", () => {
  const reader = jobModel("b", {
    needs: ["plan"],
    outputs: { x: context("steps", "plan", "outputs", "list") },
  });
  assert.match(
    problems(PLAN, reader).join("\n"),
    /^Job b: Cannot read "steps\.plan\.outputs\.list"/,
  );
});

Deno.test("validateWorkflow() finds an output that the needed job does not have", () => {
  const reader = (name: string) =>
    jobModel("b", {
      needs: ["plan"],
      steps: [runStep({ name: "S", env: { A: context("needs", "plan", "outputs", name) } })],
    });
  assert.deepEqual(problems(PLAN, reader("lits")), [
    'Job b: step "S": Cannot read "needs.plan.outputs.lits": the job plan has no output "lits"',
  ]);
  // What every JavaScript object has is no output.
  assert.equal(problems(PLAN, reader("toString")).length, 1);
});

Deno.test("validateWorkflow() finds a job that is read and not needed", () => {
  const condition = context<string>("needs", "plan", "result").equals("success");
  assert.deepEqual(problems(PLAN, jobModel("b", { if: condition })), [
    'Job b: Cannot read "needs.plan.result": the job does not need plan',
  ]);
});

Deno.test("validateWorkflow() finds secrets in conditions, where GitHub has none", () => {
  const condition = secret("TOKEN").notEquals("");
  assert.match(
    problems(jobModel("a", { if: condition })).join("\n"),
    /"secrets\.TOKEN" in a job cond/,
  );
  assert.match(
    stepProblems(runStep({ if: condition })).join("\n"),
    /"secrets\.TOKEN" in a step cond/,
  );
});

Deno.test("validateWorkflow() finds a status function outside a condition", () => {
  const said = (name: string) =>
    `Cannot call ${name}() here: only a condition can ask about the status`;
  assert.deepEqual(stepProblems(runStep({ name: "S", env: { A: failure() } })), [
    `Job a: step "S": ${said("failure")}`,
  ]);
  assert.deepEqual(stepProblems(usesStep({ name: "S", with: { a: template`x ${always()}` } })), [
    `Job a: step "S": ${said("always")}`,
  ]);
  assert.deepEqual(problems(jobModel("a", { name: template`${cancelled().not()}` })), [
    `Job a: ${said("cancelled")}`,
  ]);
  assert.deepEqual(problems(jobModel("a", { outputs: { x: call("success") } })), [
    `Job a: ${said("success")}`,
  ]);
});

Deno.test("validateWorkflow() finds an expression in plain text, wherever it is", () => {
  const text = `a ${OPEN} github.actor }}`;
  const said = `Cannot use the text ${JSON.stringify(text)}: expected no "${OPEN}" in plain text`;
  assert.deepEqual(problems(jobModel("a", { name: text })), [`Job a: ${said}`]);
  assert.deepEqual(stepProblems(runStep({ name: text })), [`Job a: step "${text}": ${said}`]);
  assert.deepEqual(stepProblems(runStep({ name: "S", env: { A: text } })), [
    `Job a: step "S": ${said}`,
  ]);
  assert.deepEqual(stepProblems(usesStep({ name: "S", with: { a: text } })), [
    `Job a: step "S": ${said}`,
  ]);
});

Deno.test("validateWorkflow() finds an expression in the text of a template", () => {
  const value = template`${event} ${OPEN + " github.actor }}"}`;
  assert.equal(stepProblems(runStep({ env: { A: value } })).length, 1);
  assert.equal(problems(jobModel("a", { name: template`${"$"}${"{{ x }}"}` })).length, 1);
});

Deno.test("validateWorkflow() looks at the group in which runs wait for each other", () => {
  const workflow = (group: Parameters<typeof template>[1] | string) =>
    validateWorkflow({
      ...workflowModel(jobModel("a")),
      concurrency: { group: typeof group === "string" ? group : template`x-${group}` },
    });
  assert.deepEqual(workflow(context("github", "ref")), []);
  assert.equal(workflow(`x ${OPEN} github.ref }}`).length, 1);
  assert.equal(workflow(secret("TOKEN")).length, 1);
  assert.equal(workflow(context("matrix", "jobs", "x")).length, 1);
});

Deno.test("validateWorkflow() finds everything at once", () => {
  const found = problems(
    jobModel("a", { needs: ["nowhere"], if: event.or(true) }),
    jobModel("a", { steps: [runStep({ id: "x", env: { A: always() } }), runStep({ id: "x" })] }),
  );
  assert.equal(found.length, 5);
});
