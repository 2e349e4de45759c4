/**
 * What must not compile between a command and the workflow that calls it. Each `@ts-expect-error`
 * is checked by `deno check`: where the line below it compiles after all, the check fails. The
 * assertions beside them hold that the right spelling does what it should.
 */
import assert from "node:assert/strict";
import { command, type OutputValues, type VariableValues } from "../../src/contract/command.ts";
import { commentCommand } from "../../src/contract/comment.ts";
import { filterCommand } from "../../src/contract/filter.ts";
import { planCommand } from "../../src/contract/plan.ts";
import { optionalText, prodLegs, text } from "../../src/contract/schemas.ts";
import { commandStep } from "../../src/contract/step.ts";
import { context } from "../../src/workflow/expression.ts";
import { fromJSON } from "../../src/workflow/functions.ts";
import { github } from "../../src/workflow/github_context.ts";
import { job } from "../../src/workflow/job.ts";

const env = { GITHUB_TOKEN: github.token };
const props = { name: "A", id: "a", runtime: ["hubwright"] };
const base = { comment: "Why.", permissions: {}, timeoutMinutes: 1 } as const;

const planStep = commandStep(planCommand, { ...props, id: "plan", env });
const planJob = job("plan", {
  ...base,
  name: "Plan",
  steps: () => ({ steps: [planStep], outputs: planStep.outputs }),
});

const commentEnv = { PLAN_ARTIFACT: "pr", RUN_HEAD_SHA: github.sha, RUN_URL: "u", ...env };
const filterEnv = { PROD_HUB_MATRIX_JOBS: "[]", CANARY_CLUSTERS: "[]", CANARY_RESULT: "x", ...env };

Deno.test("commandStep() does not compile with an option that the command does not have", () => {
  const options = { "plan-file": "plan.json" };
  const { model } = commandStep(planCommand, { ...props, options, env });
  assert.equal(model.kind === "run" && model.run.text, "hubwright plan --plan-file=plan.json");
  // @ts-expect-error: the option is called plan-file
  commandStep(planCommand, { ...props, options: { "plan-fil": "plan.json" }, env });
  // @ts-expect-error: only plan has a base
  commandStep(commentCommand, { ...props, options: { base: "HEAD^" }, env: commentEnv });
});

Deno.test("commandStep() does not compile with a variable too many, too few, or of the runner's", () => {
  assert.deepEqual(Object.keys(planStep.model.env ?? {}), ["GITHUB_TOKEN"]);
  assert.equal(planCommand.variables.GITHUB_OUTPUT.from, "runner");
  // @ts-expect-error: the variable is called GITHUB_TOKEN
  commandStep(planCommand, { ...props, env: { ...env, GITHUB_TOKN: github.token } });
  // @ts-expect-error: the runner sets GITHUB_OUTPUT
  commandStep(planCommand, { ...props, env: { ...env, GITHUB_OUTPUT: "output" } });
  // @ts-expect-error: the token is missing
  commandStep(planCommand, { ...props });
  // @ts-expect-error: CANARY_OUTPUTS is missing
  commandStep(filterCommand, { ...props, env: filterEnv });
});

Deno.test("commandStep() does not compile with an output that the command does not write", () => {
  const legs = planStep.outputs["prod-hub-matrix-jobs"];
  assert.equal(legs.text, "steps.plan.outputs.prod-hub-matrix-jobs");
  // @ts-expect-error: the output is called prod-hub-matrix-jobs
  assert.equal(planStep.outputs["prod-hubs-matrix-jobs"], undefined);
  const { outputs } = commandStep(commentCommand, { ...props, env: commentEnv });
  // @ts-expect-error: comment writes no outputs
  assert.equal(outputs["prod-hub-matrix-jobs"], undefined);
  assert.equal(fromJSON(legs).text, "fromJSON(steps.plan.outputs.prod-hub-matrix-jobs)");
  // @ts-expect-error: nothing says that the output of another step is JSON
  assert.ok(fromJSON(context<string>("steps", "plan", "outputs", "prod-hub-matrix-jobs")));
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
  assert.deepEqual(Object.keys(defined.options), ["a", "repo", "config", "help"]);
});

Deno.test("OutputValues, VariableValues do not compile with a misspelt field or name", () => {
  type Outputs = OutputValues<typeof filterCommand["outputs"]>;
  const leg = { cluster_name: "a", provider: "gcp" };
  const right: Outputs = {
    "prod-hub-matrix-jobs": [{ ...leg, hub_name: "b" }],
    shards: [[{ ...leg, hub_name: "b" }]],
  };
  assert.equal(right["prod-hub-matrix-jobs"].length, 1);
  // @ts-expect-error: the field is called hub_name
  const field: Outputs = { "prod-hub-matrix-jobs": [{ ...leg, hub: "b" }], shards: [] };
  // @ts-expect-error: filter writes no such output
  const name: Outputs = { "prod-hub-matrix-jobs": [], shards: [], "canary-clusters": [] };
  assert.ok(field && name);
  const variables = {} as VariableValues<typeof filterCommand["variables"]>;
  assert.equal(variables.CANARY_RESULT, undefined);
  // @ts-expect-error: the variable is called CANARY_RESULT
  assert.equal(variables.CANARY_RESULTS, undefined);
});

Deno.test("job() does not compile with a field that is not in the matrix that plan writes", () => {
  job("canary", {
    ...base,
    name: "Canary",
    needs: [planJob],
    matrix: ({ needs }) => fromJSON(needs.plan.outputs["support-and-staging-matrix-jobs"]),
    steps: ({ matrix }) => {
      assert.equal(matrix.jobs.staging_hubs.text, "matrix.jobs.staging_hubs");
      // @ts-expect-error: the field is called cluster_name
      assert.equal(matrix.jobs.cluster_nme.text, "matrix.jobs.cluster_nme");
      // @ts-expect-error: a canary leg has no hub of its own
      assert.equal(matrix.jobs.hub_name.text, "matrix.jobs.hub_name");
      return { steps: [] };
    },
  });
  job("prod", {
    ...base,
    name: "Prod",
    needs: [planJob],
    matrix: ({ needs }) => fromJSON(needs.plan.outputs["prod-hub-matrix-jobs"]),
    steps: ({ matrix }) => {
      assert.equal(matrix.jobs.hub_name.text, "matrix.jobs.hub_name");
      // @ts-expect-error: a prod leg has no staging hubs
      assert.equal(matrix.jobs.staging_hubs.text, "matrix.jobs.staging_hubs");
      // @ts-expect-error: reasons are in the plan file only
      assert.equal(matrix.jobs.reason.text, "matrix.jobs.reason");
      return { steps: [] };
    },
  });
});
