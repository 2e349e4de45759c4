/**
 * What must not compile between a command and the workflow that calls it. Each `@ts-expect-error`
 * is checked by `deno check`: where the line below it compiles after all, the check fails. The
 * assertions beside them hold that the right spelling does what it should.
 */
import assert from "node:assert/strict";
import type { OutputValues, VariableValues } from "../../src/contract/command.ts";
import { command } from "../../src/contract/command.ts";
import { optionalText, prodLegs, text } from "../../src/contract/schemas.ts";
import { commentCommand } from "../../src/contract/comment.ts";
import { filterCommand } from "../../src/contract/filter.ts";
import { planCommand } from "../../src/contract/plan.ts";
import { commandStep } from "../../src/contract/step.ts";
import { context } from "../../src/workflow/expression.ts";
import { fromJSON } from "../../src/workflow/functions.ts";
import { github } from "../../src/workflow/github_context.ts";
import { job } from "../../src/workflow/job.ts";
import type { StepModel } from "../../src/workflow/model.ts";

const runtime = ["hubwright"];
const env = { GITHUB_TOKEN: github.token };
const base = { comment: "Why.", permissions: {}, timeoutMinutes: 1 } as const;

const planStep = commandStep(planCommand, { name: "Plan", id: "plan", runtime, env });
const planJob = job("plan", {
  ...base,
  name: "Plan",
  steps: () => ({ steps: [planStep], outputs: planStep.outputs }),
});
const otherJob = job("other", { ...base, name: "Other", steps: () => ({ steps: [] }) });

function scriptOf(model: StepModel): string {
  return model.kind === "run" ? model.run.text : "";
}

Deno.test("commandStep() does not compile with a misspelt option", () => {
  const right = commandStep(planCommand, {
    name: "Plan",
    runtime,
    options: { "plan-file": "plan.json" },
    env,
    id: "plan",
  });
  assert.equal(scriptOf(right.model), "hubwright plan --plan-file=plan.json");
  commandStep(planCommand, {
    name: "Plan",
    runtime,
    options: {
      // @ts-expect-error: the option is called plan-file
      "plan-fil": "plan.json",
    },
    env,
    id: "plan",
  });
});

Deno.test("commandStep() does not compile with an option of another command", () => {
  commandStep(commentCommand, {
    name: "Comment",
    runtime,
    options: {
      repo: ".",
      // @ts-expect-error: only plan has a base
      base: "HEAD^",
    },
    env: { PLAN_ARTIFACT: "pr", RUN_HEAD_SHA: github.sha, RUN_URL: "u", GITHUB_TOKEN: "t" },
  });
});

Deno.test("commandStep() does not compile with a misspelt environment variable", () => {
  const right = commandStep(planCommand, { name: "Plan", id: "plan", runtime, env });
  assert.deepEqual(Object.keys(right.model.env ?? {}), ["GITHUB_TOKEN"]);
  commandStep(planCommand, {
    name: "Plan",
    id: "plan",
    runtime,
    env: {
      ...env,
      // @ts-expect-error: the variable is called GITHUB_TOKEN
      GITHUB_TOKN: github.token,
    },
  });
});

Deno.test("commandStep() does not compile without a variable that the command reads", () => {
  commandStep(filterCommand, {
    name: "Filter",
    id: "filter",
    runtime,
    // @ts-expect-error: CANARY_OUTPUTS is missing
    env: {
      PROD_HUB_MATRIX_JOBS: "[]",
      CANARY_CLUSTERS: "[]",
      CANARY_RESULT: "success",
      GITHUB_TOKEN: github.token,
    },
  });
  // @ts-expect-error: the token is missing
  commandStep(planCommand, { name: "Plan", id: "plan", runtime });
});

Deno.test("commandStep() does not compile with a variable that the runner sets", () => {
  assert.equal(planCommand.variables.GITHUB_OUTPUT.from, "runner");
  commandStep(planCommand, {
    name: "Plan",
    id: "plan",
    runtime,
    env: {
      ...env,
      // @ts-expect-error: the runner sets GITHUB_OUTPUT
      GITHUB_OUTPUT: "output",
    },
  });
});

Deno.test("commandStep() does not compile with a misspelt output of the plan step", () => {
  assert.equal(
    planStep.outputs["prod-hub-matrix-jobs"].text,
    "steps.plan.outputs.prod-hub-matrix-jobs",
  );
  // @ts-expect-error: the output is called prod-hub-matrix-jobs
  assert.equal(planStep.outputs["prod-hubs-matrix-jobs"], undefined);
});

Deno.test("commandStep() does not compile with an output of a command that has none", () => {
  const { outputs } = commandStep(commentCommand, {
    name: "Comment",
    runtime,
    env: { PLAN_ARTIFACT: "pr", RUN_HEAD_SHA: github.sha, RUN_URL: "u", GITHUB_TOKEN: "t" },
  });
  // @ts-expect-error: comment writes no outputs
  assert.equal(outputs["prod-hub-matrix-jobs"], undefined);
});

Deno.test("command() does not compile where it runs with what it does not define", () => {
  const defined = command({
    ...{ name: "x", summary: "X", examples: [] },
    access: { read: [], write: [], run: [], api: false },
    options: { a: { help: "A", value: "A", schema: text } },
    variables: { B: { help: "B", from: "step", schema: optionalText } },
    outputs: { c: { help: "C", schema: prodLegs } },
    run({ options, variables, formatOutputs }) {
      const right = [options.a, variables.B, formatOutputs({ c: [] })];
      // @ts-expect-error: the option is called a
      const option = options.b;
      // @ts-expect-error: the variable is called B
      const variable = variables.A;
      // @ts-expect-error: the output is called c
      const output = formatOutputs({ d: [] });
      return Promise.resolve([right, option, variable, output].length);
    },
  });
  assert.deepEqual(Object.keys(defined.options), ["a"]);
});

Deno.test("OutputValues does not compile with a misspelt field or output", () => {
  const right: OutputValues<typeof filterCommand["outputs"]> = {
    "prod-hub-matrix-jobs": [{ cluster_name: "a", provider: "gcp", hub_name: "b" }],
  };
  assert.equal(right["prod-hub-matrix-jobs"].length, 1);
  const wrongField: OutputValues<typeof filterCommand["outputs"]> = {
    // @ts-expect-error: the field is called hub_name
    "prod-hub-matrix-jobs": [{ cluster_name: "a", provider: "gcp", hub: "b" }],
  };
  const wrongName: OutputValues<typeof filterCommand["outputs"]> = {
    "prod-hub-matrix-jobs": [],
    // @ts-expect-error: filter writes no such output
    "support-and-staging-matrix-jobs": [],
  };
  assert.ok(wrongField && wrongName);
});

Deno.test("VariableValues does not compile with a misspelt variable", () => {
  const variables = { CANARY_RESULT: "success" } as VariableValues<
    typeof filterCommand["variables"]
  >;
  assert.equal(variables.CANARY_RESULT, "success");
  // @ts-expect-error: the variable is called CANARY_RESULT
  assert.equal(variables.CANARY_RESULTS, undefined);
});

Deno.test("job() does not compile with a misspelt field of the matrix that plan writes", () => {
  job("canary", {
    ...base,
    needs: [planJob],
    matrix: ({ needs }) => fromJSON(needs.plan.outputs["support-and-staging-matrix-jobs"]),
    name: ({ matrix }) => matrix.jobs.cluster_name,
    steps: ({ matrix }) => {
      assert.equal(matrix.jobs.cluster_name.text, "matrix.jobs.cluster_name");
      // @ts-expect-error: the field is called cluster_name
      assert.equal(matrix.jobs.cluster_nme.text, "matrix.jobs.cluster_nme");
      assert.equal(matrix.jobs.staging_hubs.text, "matrix.jobs.staging_hubs");
      // @ts-expect-error: a canary leg has no hub of its own
      assert.equal(matrix.jobs.hub_name.text, "matrix.jobs.hub_name");
      return { steps: [] };
    },
  });
});

Deno.test("job() does not compile with a field of the other matrix that plan writes", () => {
  job("prod", {
    ...base,
    name: "Prod",
    needs: [planJob],
    matrix: ({ needs }) => fromJSON(needs.plan.outputs["prod-hub-matrix-jobs"]),
    steps: ({ matrix }) => {
      assert.equal(matrix.jobs.hub_name.text, "matrix.jobs.hub_name");
      // @ts-expect-error: a prod leg has no staging hubs
      assert.equal(matrix.jobs.staging_hubs.text, "matrix.jobs.staging_hubs");
      return { steps: [] };
    },
  });
});

Deno.test("job() does not compile with a reason, which stays out of the matrix", () => {
  job("prod", {
    ...base,
    name: "Prod",
    needs: [planJob],
    matrix: ({ needs }) => fromJSON(needs.plan.outputs["prod-hub-matrix-jobs"]),
    steps: ({ matrix }) => {
      // @ts-expect-error: reasons are in the plan file only
      assert.equal(matrix.jobs.reason.text, "matrix.jobs.reason");
      return { steps: [] };
    },
  });
});

Deno.test("job() does not compile with a misspelt output of the job that plans", () => {
  job("canary", {
    ...base,
    name: "Canary",
    needs: [planJob],
    steps: ({ needs }) => {
      assert.equal(
        needs.plan.outputs["prod-hub-matrix-jobs"].text,
        "needs.plan.outputs.prod-hub-matrix-jobs",
      );
      // @ts-expect-error: the output is called prod-hub-matrix-jobs
      assert.equal(needs.plan.outputs["prod-matrix-jobs"], undefined);
      return { steps: [] };
    },
  });
});

Deno.test("job() does not compile with an output of a job that plans and is not needed", () => {
  assert.throws(() =>
    job("canary", {
      ...base,
      name: "Canary",
      needs: [otherJob],
      // @ts-expect-error: plan is not needed
      matrix: ({ needs }) => fromJSON(needs.plan.outputs["prod-hub-matrix-jobs"]),
      steps: () => ({ steps: [] }),
    }), TypeError);
});

Deno.test("job() does not compile with a misspelt need", () => {
  job("canary", {
    ...base,
    name: "Canary",
    needs: [planJob],
    if: ({ needs }) => needs.plan.result.equals("success"),
    steps: () => ({ steps: [] }),
  });
  assert.throws(() =>
    job("canary", {
      ...base,
      name: "Canary",
      needs: [planJob],
      // @ts-expect-error: the job is called plan
      if: ({ needs }) => needs.plann.result.equals("success"),
      steps: () => ({ steps: [] }),
    }), TypeError);
});

Deno.test("commandStep() does not compile with text where an output of JSON is read", () => {
  const legs = planStep.outputs["prod-hub-matrix-jobs"];
  assert.equal(fromJSON(legs).text, "fromJSON(steps.plan.outputs.prod-hub-matrix-jobs)");
  // @ts-expect-error: nobody says that the output of another step is JSON
  assert.ok(fromJSON(context<string>("steps", "plan", "outputs", "prod-hub-matrix-jobs")));
});
