import assert from "node:assert/strict";
import { call, context, type Expression } from "../../src/workflow/expression.ts";
import { always, cancelled, failure } from "../../src/workflow/functions.ts";
import { secret } from "../../src/workflow/github_context.ts";
import type { Container, JobModel, StepBase } from "../../src/workflow/model.ts";
import { template, type Value } from "../../src/workflow/text.ts";
import { validateWorkflow } from "../../src/workflow/check_workflow.ts";
import { jobModel, PLAN, runStep, usesStep, workflowModel } from "./models.ts";

const event = context<string>("github", "event_name");
const OPEN = "$" + "{{";
const SMUGGLED = `a ${OPEN} github.actor }}`;
const reads = (id: string) => ({ A: context<string>("steps", id, "outputs", "x") });

/** What is wrong with a workflow of these jobs. */
function problems(...jobs: readonly JobModel[]): readonly string[] {
  const inputs = { x: { description: "X", type: "string" } } as const;
  const on = { push: {}, workflow_dispatch: { inputs } };
  return validateWorkflow({ ...workflowModel(...jobs), on }).map(({ file, message }) => {
    assert.equal(file, ".github/workflows/x.yaml");
    return message;
  });
}

/** What is wrong with values of a job that needs another and is a matrix. */
function problemsIn(more: Partial<JobModel>): readonly string[] {
  const job = jobModel("a", { needs: ["plan"], matrix: context("vars", "LEGS"), ...more });
  return problems(PLAN, job).filter((message) => !message.includes(" [")).map((message) =>
    message.slice(message.indexOf("Cannot "))
  );
}

const inStep = (...values: readonly Value[]) =>
  problemsIn({ steps: values.map((A) => runStep({ env: { A } })) });

/** Jobs in which something is wrong, and all that is said of them. */
const WRONG: Readonly<Record<string, readonly [jobs: readonly JobModel[], ...string[]]>> = {
  "a job id that is there three times": [
    [jobModel("a"), jobModel("b"), jobModel("a"), jobModel("a")],
    'Cannot use the job id "a" twice: give each job an id of its own',
  ],
  "no jobs": [[], "Cannot write a workflow without jobs: add one"],
  "an id that no expression could read": [
    [jobModel("a b")],
    'Job a b: Cannot use it as an id: expected letters, digits, "_" and "-", no digit first',
  ],
  "ids that differ in case alone": [
    [jobModel("a"), jobModel("A")],
    'Cannot use the job id "A" twice: give each job an id of its own',
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
    [["a", "c"], ["b", "a"], ["c", "b"], ["waits", "a"]]
      .map(([id = "", need = ""]) => jobModel(id, { needs: [need] })),
    "Cannot order the jobs a, b, c: they need each other; drop one of the needs",
  ],
  "a job that needs itself": [
    [jobModel("a", { needs: ["a"] })],
    "Cannot order the jobs a: they need each other; drop one of the needs",
  ],
  "no cycle where needs are in any order": [
    [["d", "c", "b"], ["c", "a", "b"], ["b", "a"], ["a"]]
      .map(([id = "", ...needs]) => jobModel(id, { needs })),
  ],
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
  "a matrix where there is none": [
    [jobModel("a", {
      steps: [runStep({ name: "S", env: { A: context("matrix", "jobs", "x") } })],
    })],
    'Job a: step "S": Cannot read "matrix.jobs.x": the job has no matrix',
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

Deno.test("validateWorkflow() finds a time that is none", () => {
  const schedule = [{ cron: "0 5 * * *" }, { cron: "0 25 * * *" }];
  assert.deepEqual(
    validateWorkflow({ ...workflowModel(jobModel("a")), on: { schedule } })
      .map(({ message }) => message),
    [
      'Cannot start at "0 25 * * *": expected five fields as cron has them, for instance ' +
      '"17 4 * * *"',
    ],
  );
});

Deno.test("validateWorkflow() finds functions that GitHub does not have", () => {
  for (const name of ["includes", "Always", "x) || secrets.KEY || always("]) {
    assert.deepEqual(inStep(call(name, event)), [
      `Cannot call ${name}(): GitHub has only contains, startsWith, endsWith, format, join, ` +
      "toJSON, fromJSON, hashFiles, always, cancelled, failure, success",
    ]);
  }
});

const READS: Readonly<Record<string, Expression<never>>> = {
  github: context("github", "event", "pull_request", "number"),
  needs: context("needs", "plan", "outputs", "list"),
  vars: context("vars", "X"),
  matrix: context("matrix", "jobs", "cluster_name"),
  steps: context("steps", "earlier", "outputs", "x"),
  job: context("job", "status"),
  runner: context("runner", "temp"),
  secrets: context("secrets", "TOKEN"),
  inputs: context("inputs", "x"),
  strategy: context("strategy", "job-index"),
  env: context("env", "X"),
  gihtub: context("gihtub", "x"),
};

const before = runStep({ id: "earlier" });

/** What GitHub offers where, of what hubwright's workflows read. */
const JOB = "github, inputs, vars, needs";
const LEG = `${JOB}, strategy, matrix`;
const STEP = `${LEG}, job, runner, env, steps`;
const AVAILABLE = {
  "job condition": JOB,
  "strategy": JOB,
  "job": LEG,
  "job variable": `${LEG}, secrets`,
  "container secret": `${LEG}, env, secrets`,
  "container variable": `${LEG}, job, runner, env, secrets`,
  "environment URL": STEP,
  "step condition": STEP,
  "step": `${STEP}, secrets`,
} as const;

type Places = Record<keyof typeof AVAILABLE, readonly Partial<JobModel>[]>;

/** Every place of a job in which a value can be. */
const PLACES = (value: Expression<never>): Places => {
  const image = "debian:12";
  const inContainer = (container: Omit<Container, "image">) => [
    { container: { image, ...container } },
    { services: { database: { image, ...container } } },
  ];
  const inStep = (more: Partial<StepBase>) => [
    { steps: [before, runStep(more)] },
    { steps: [before, usesStep(more)] },
  ];
  return {
    "job condition": [{ if: value.notEquals("" as never) }],
    "strategy": [{ matrix: value }, { maxParallel: value }],
    "job": [
      { name: value },
      { runsOn: value },
      { runsOn: ["a", value] },
      { runsOn: { group: value } },
      { runsOn: { group: "a", labels: value } },
      { runsOn: { group: "a", labels: ["b", value] } },
      { timeoutMinutes: value },
      { continueOnError: value },
      { environment: { name: value } },
      { container: { image: value } },
      { services: { database: { image: value } } },
      ...inContainer({ options: value }),
      ...inContainer({ ports: [1, value] }),
      ...inContainer({ volumes: ["/a", value] }),
    ],
    "job variable": [{ env: { A: value } }],
    "container secret": [
      ...inContainer({ credentials: { username: "x", password: value } }),
      ...inContainer({ credentials: { username: value, password: "x" } }),
    ],
    "container variable": inContainer({ env: { A: value } }),
    "environment URL": [{
      environment: { name: "x", url: value },
      steps: [before],
    }],
    "step condition": inStep({ if: value.notEquals("" as never) }),
    "step": [
      ...inStep({ env: { A: value } }),
      ...inStep({ continueOnError: value }),
      ...inStep({ timeoutMinutes: value }),
      { steps: [before, usesStep({ with: { a: value } })] },
      { steps: [before, runStep({ workingDirectory: value })] },
      { steps: [before], outputs: { x: value } },
    ],
  };
};

Deno.test("validateWorkflow() knows what is in reach of each part of a job", () => {
  for (const [name, value] of Object.entries(READS)) {
    for (const [part, contexts] of Object.entries(AVAILABLE)) {
      const said = `Cannot read "${value.text}" in a ${part}: only ${contexts}`;
      const expected = contexts.split(", ").includes(name) ? [] : [said];
      for (const place of PLACES(value)[part as keyof typeof AVAILABLE]) {
        assert.deepEqual(problemsIn(place), expected, Deno.inspect(place, { depth: 9 }));
      }
    }
  }
});

Deno.test("validateWorkflow() looks at the group in which runs wait for each other", () => {
  const wrong = [`x ${OPEN} github.ref }}`, secret("TOKEN"), context("matrix", "jobs", "x")];
  const cases: readonly (readonly [group: Value, problems: number])[] = [
    ...[READS.github ?? "", template`x-${READS.vars ?? ""}`].map((group) => [group, 0] as const),
    ...wrong.map((group) => [group, 1] as const),
  ];
  const workflow = workflowModel(jobModel("a"));
  for (const [group, problems] of cases) {
    assert.equal(validateWorkflow({ ...workflow, concurrency: { group } }).length, problems);
  }
  const cancelInProgress = context<boolean>("needs", "plan", "result");
  const concurrency = { group: "x", cancelInProgress };
  const onPullRequest = { ...workflow, on: { pull_request: {} }, concurrency };
  assert.equal(validateWorkflow(onPullRequest).length, 1);
});

const wrong = context<string>("needs", "other", "result");
const right = context<string>("github", "ref");

Deno.test("validateWorkflow() looks at every part of an expression", () => {
  const values = [
    wrong.not(),
    right.equals(wrong),
    wrong.and(right),
    right.or(right.and(wrong.notEquals("x"))),
    call("format", "{0} {1}", right, call("toJSON", wrong)),
    template`${right} and ${wrong}`,
  ] as const;
  const said = 'Cannot read "needs.other.result": the job does not need other';
  assert.deepEqual(inStep(...values), values.map(() => said));
});

/** Jobs with text that GitHub would read as an expression, and with two mistakes in one text. */
const SMUGGLING: readonly (readonly [Partial<JobModel>, problems: number])[] = [
  [{ shell: SMUGGLED }, 1],
  [{ steps: [runStep({ shell: SMUGGLED })] }, 1],
  [{ steps: [runStep({ env: { A: template`${event} ${SMUGGLED}` } })] }, 1],
  [{ name: template`${"$"}${"{{ x }}"}` }, 1],
  [{ steps: [runStep({ env: { A: template`${wrong} and ${right} and ${wrong}` } })] }, 2],
];

Deno.test("validateWorkflow() looks at every part of a text", () => {
  for (const [job, problems] of SMUGGLING) assert.equal(problemsIn(job).length, problems);
});

Deno.test("validateWorkflow() knows the needed jobs and their outputs", () => {
  assert.deepEqual(inStep(context("needs", "plan", "result")), []);
  for (const name of ["lits", "toString"]) {
    assert.deepEqual(inStep(context("needs", "plan", "outputs", name)), [
      `Cannot read "needs.plan.outputs.${name}": the job plan has no output "${name}"`,
    ]);
  }
});
