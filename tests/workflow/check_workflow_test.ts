import assert from "node:assert/strict";
import { call, context } from "../../src/workflow/expression.ts";
import { always, cancelled, failure } from "../../src/workflow/functions.ts";
import { secret } from "../../src/workflow/github_context.ts";
import type { JobModel } from "../../src/workflow/model.ts";
import { template } from "../../src/workflow/text.ts";
import { validateWorkflow } from "../../src/workflow/check_workflow.ts";
import { jobModel, PLAN, runStep, usesStep, workflowModel } from "./models.ts";

const event = context<string>("github", "event_name");
const OPEN = "$" + "{{";
const SMUGGLED = `a ${OPEN} github.actor }}`;
const reads = (id: string) => ({ A: context<string>("steps", id, "outputs", "x") });

/** What is wrong with a workflow of these jobs. */
function problems(...jobs: readonly JobModel[]): readonly string[] {
  return validateWorkflow(workflowModel(...jobs)).map(({ file, message }) => {
    assert.equal(file, ".github/workflows/x.yaml");
    return message;
  });
}

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

/** Jobs in which something is wrong, and all that is said of them. */
const WRONG: Readonly<Record<string, readonly [jobs: readonly JobModel[], ...string[]]>> = {
  "a job id that is there three times": [
    [jobModel("a"), jobModel("b"), jobModel("a"), jobModel("a")],
    'Cannot use the job id "a" twice: give each job an id of its own',
  ],
  "a step id that is there twice in one job": [
    [
      jobModel("a", { steps: [runStep({ id: "x" }), runStep({ id: "y" }), usesStep({ id: "x" })] }),
      jobModel("b", { steps: [runStep({ id: "x" }), runStep({ id: "y" }), runStep(), runStep()] }),
    ],
    'Job a: Cannot use the step id "x" twice: give each step an id of its own',
  ],
  "a need that is not a job of the workflow": [
    [PLAN, jobModel("b", { needs: ["plan", "plna"] })],
    'Job b: Cannot need "plna": the workflow has no such job, only plan, b',
  ],
  "jobs that need each other, but not those that wait for them": [
    [
      jobModel("a", { needs: ["c"] }),
      jobModel("b", { needs: ["a"] }),
      jobModel("c", { needs: ["b"] }),
      jobModel("waits", { needs: ["a"] }),
    ],
    "Cannot order the jobs a, b, c: they need each other; drop one of the needs",
  ],
  "a job that needs itself": [
    [jobModel("a", { needs: ["a"] })],
    "Cannot order the jobs a: they need each other; drop one of the needs",
  ],
  "no cycle where needs are in any order": [[
    jobModel("d", { needs: ["c", "b"] }),
    jobModel("c", { needs: ["a", "b"] }),
    jobModel("b", { needs: ["a"] }),
    jobModel("a"),
  ]],
  "the output of a step that comes later, or of itself": [
    [
      jobModel("a", {
        steps: [
          runStep({ name: "First", id: "first", env: reads("second") }),
          runStep({ name: "Second", id: "second", env: reads("second") }),
          runStep({ name: "Third", env: reads("first") }),
        ],
      }),
    ],
    ...["First", "Second"].map((name) =>
      `Job a: step "${name}": Cannot read "steps.second.outputs.x": no step before has the id "second"`
    ),
  ],
  "the output of a step of another job": [
    [PLAN, jobModel("b", { needs: ["plan"], outputs: { x: reads("plan").A } })],
    'Job b: Cannot read "steps.plan.outputs.x": no step before has the id "plan"',
  ],
  "an output that the needed job does not have": [
    [
      PLAN,
      jobModel("b", {
        needs: ["plan"],
        steps: ["lits", "toString"].map((name) =>
          runStep({ name: "S", env: { A: context("needs", "plan", "outputs", name) } })
        ),
      }),
    ],
    ...["lits", "toString"].map((name) =>
      `Job b: step "S": Cannot read "needs.plan.outputs.${name}": the job plan has no output "${name}"`
    ),
  ],
  "a job that is read and not needed": [
    [PLAN, jobModel("b", { if: context<string>("needs", "plan", "result").equals("success") })],
    'Job b: Cannot read "needs.plan.result": the job does not need plan',
  ],
  "secrets in conditions": [
    [
      jobModel("a", {
        if: secret("TOKEN").notEquals(""),
        steps: [runStep({ name: "S", if: secret("TOKEN").notEquals("") })],
      }),
    ],
    'Job a: Cannot read "secrets.TOKEN" in a job condition: only github, needs, vars',
    'Job a: step "S": Cannot read "secrets.TOKEN" in a step condition: only github, needs, vars, ' +
    "matrix, steps, job, runner",
  ],
  "status functions outside conditions": [
    [
      jobModel("a", {
        name: template`${cancelled().not()}`,
        steps: [
          runStep({ name: "S", env: { A: failure() } }),
          usesStep({ name: "S", with: { a: template`x ${always()}` } }),
        ],
        outputs: { x: call("success") },
      }),
    ],
    ...[["", "cancelled"], ['step "S": ', "failure"], ['step "S": ', "always"], ["", "success"]]
      .map(([place, name]) =>
        `Job a: ${place}Cannot call ${name}() here: only a condition can ask about the status`
      ),
  ],
  "functions that GitHub does not have": [
    ["includes", "Always", "x) || secrets.KEY || always("].map((name) =>
      jobModel(name, { steps: [runStep({ name: "S", env: { A: call(name, event) } })] })
    ),
    ...["includes", "Always", "x) || secrets.KEY || always("].map((name) =>
      `Job ${name}: step "S": Cannot call ${name}(): GitHub has only contains, startsWith, ` +
      "endsWith, format, join, toJSON, fromJSON, hashFiles, always, cancelled, failure, success"
    ),
  ],
  "expressions in plain text": [
    [
      jobModel("a", {
        name: SMUGGLED,
        steps: [
          runStep({ name: SMUGGLED }),
          runStep({ name: "S", env: { A: SMUGGLED } }),
          usesStep({ name: "S", with: { a: SMUGGLED } }),
        ],
      }),
    ],
    ...["", `step "${SMUGGLED}": `, 'step "S": ', 'step "S": '].map((place) =>
      `Job a: ${place}Cannot use the text "${SMUGGLED}": expected no "${OPEN}" in plain text`
    ),
  ],
};

for (const [what, [jobs, ...said]] of Object.entries(WRONG)) {
  Deno.test(`validateWorkflow() finds ${what}`, () => assert.deepEqual(problems(...jobs), said));
}

Deno.test("validateWorkflow() finds an expression in the text of a template", () => {
  const value = template`${event} ${SMUGGLED}`;
  const steps = [runStep({ env: { A: value } })];
  assert.equal(problems(jobModel("a", { steps })).length, 1);
  assert.equal(problems(jobModel("a", { name: template`${"$"}${"{{ x }}"}` })).length, 1);
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
