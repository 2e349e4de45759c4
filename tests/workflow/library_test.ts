/** Whole workflows: what must not compile, what is written, by its values, and that GitHub takes it. */
import assert from "node:assert/strict";
import { load } from "js-yaml";
import { callWorkflow } from "../../src/workflow/call_workflow.ts";
import { validateWorkflow } from "../../src/workflow/check_workflow.ts";
import { emitWorkflow } from "../../src/workflow/emit.ts";
import { secret } from "../../src/workflow/github_context.ts";
import { job } from "../../src/workflow/job.ts";
import type { WorkflowModel } from "../../src/workflow/model.ts";
import { script } from "../../src/workflow/script.ts";
import { outcomeOf, run } from "../../src/workflow/step.ts";
import { template } from "../../src/workflow/text.ts";
import { workflow } from "../../src/workflow/workflow.ts";
import { actionlint } from "./actionlint.ts";

const base = { name: "Name", comment: "Why.", permissions: {} } as const;
const timed = { ...base, timeoutMinutes: 5 } as const;

const called = workflow({
  file: ".github/workflows/called.yaml",
  name: "Called",
  on: {
    workflow_call: {
      inputs: {
        hub: { description: "The hub", type: "string", required: true },
        attempts: { description: "How often", type: "number", default: 3 },
        dry: { description: "Whether to only look", type: "boolean" },
      },
      secrets: { KEY: { description: "Access", required: true } },
    },
  },
  jobs: ({ inputs, secrets }) => {
    assert.equal(inputs.dry.equals(true).text, "inputs.dry == true");
    // @ts-expect-error: dry is not text
    assert.ok(inputs.dry.equals("true"));
    // @ts-expect-error: the input is called hub
    assert.equal(inputs.hubb, undefined);
    // @ts-expect-error: the secret is called KEY
    assert.equal(secrets.KYE, undefined);
    const check = run({
      name: "Check",
      id: "check",
      outputs: ["seconds"],
      env: { HUB: inputs.hub, ATTEMPTS: inputs.attempts, KEY: secrets.KEY },
      script: ({ HUB, ATTEMPTS }) => script`check ${HUB} ${ATTEMPTS}`,
    });
    return [job("check", {
      ...timed,
      runsOn: "ubuntu-22.04",
      services: { db: { image: `postgres@sha256:${"a".repeat(64)}` } },
      env: { REGION: "eu" },
      environment: { name: "checks", url: "https://example.org" },
      steps: ({ env }) => {
        // @ts-expect-error: the variable is called REGION
        assert.equal(env.REGOIN, undefined);
        return {
          steps: [
            check,
            run({
              name: "Say it",
              if: outcomeOf(check).equals("failure"),
              env: { REGION: env.REGION },
              script: ({ REGION }) => script`echo ${REGION}`,
            }),
          ],
          outputs: { seconds: check.outputs.seconds },
        };
      },
    })];
  },
  outputs: ({ jobs }) => {
    // @ts-expect-error: the output is called seconds
    assert.equal(jobs.check.outputs.second, undefined);
    // @ts-expect-error: the job is called check
    assert.equal(jobs.chekc, undefined);
    return { seconds: jobs.check.outputs.seconds };
  },
});

const MATRIX = {
  hub: ["a", "b"],
  attempts: [1, 2],
  include: [{ hub: "c", attempts: 3, slow: true }],
  exclude: [{ hub: "a", attempts: 2 }],
} as const;

const caller = workflow({
  file: ".github/workflows/caller.yaml",
  name: "Caller",
  on: {
    push: { branches: ["main"], tags: ["v*"], paths: ["images/**", "!**/*.md"] },
    release: { types: ["published"] },
    workflow_dispatch: {
      inputs: {
        level: { description: "How much", type: "choice", options: ["some", "all"] },
        dry: { description: "Whether to only look", type: "boolean" },
      },
    },
  },
  env: { TERM: "dumb" },
  runName: ({ inputs }) => template`Check ${inputs.level}`,
  concurrency: ({ inputs }) => ({ group: template`checks-${inputs.level}`, queue: "max" }),
  jobs: ({ inputs }) => {
    assert.equal(inputs.level.equals("all").text, "inputs.level == 'all'");
    // @ts-expect-error: the level is some or all
    assert.ok(inputs.level.equals("none"));
    const call = callWorkflow("call", {
      ...base,
      workflow: called,
      if: () => inputs.dry.not(),
      maxParallel: 2,
      failFast: true,
      matrix: () => MATRIX,
      with: ({ matrix }) => ({ hub: matrix.hub, attempts: matrix.attempts }),
      secrets: () => ({ KEY: secret("KEY") }),
    });
    return [
      call,
      job("after", {
        ...timed,
        needs: [call],
        steps: ({ needs }) => {
          // @ts-expect-error: the output is called seconds
          assert.equal(needs.call.outputs.second, undefined);
          return {
            steps: [run({
              name: "Say it",
              shell: "python",
              workingDirectory: "images",
              timeoutMinutes: 1,
              continueOnError: true,
              env: { SECONDS_TAKEN: needs.call.outputs.seconds },
              script: () => script`print('done')`,
            })],
          };
        },
      }),
    ];
  },
});

const written = (model: WorkflowModel) =>
  load(emitWorkflow(model)) as unknown as Record<string, Record<string, unknown>>;

Deno.test("emitWorkflow() writes what workflow() and callWorkflow() say", () => {
  assert.partialDeepStrictEqual(written(caller), {
    "run-name": "Check ${{ inputs.level }}",
    on: {
      push: { branches: ["main"], tags: ["v*"], paths: ["images/**", "!**/*.md"] },
      release: { types: ["published"] },
      workflow_dispatch: {
        inputs: {
          level: { type: "choice", options: ["some", "all"], default: "some" },
          dry: { description: "Whether to only look", type: "boolean", default: false },
        },
      },
    },
    env: { TERM: "dumb" },
    concurrency: { queue: "max" },
    jobs: {
      call: {
        if: "${{ !inputs.dry }}",
        permissions: {},
        strategy: { "fail-fast": true, "max-parallel": 2, matrix: MATRIX },
        uses: "./.github/workflows/called.yaml",
        with: { hub: "${{ matrix.hub }}", attempts: "${{ matrix.attempts }}" },
        secrets: { KEY: "${{ secrets.KEY }}" },
      },
    },
  });
  assert.deepEqual(written(called).on, {
    workflow_call: {
      inputs: {
        hub: { description: "The hub", type: "string", required: true },
        attempts: { description: "How often", type: "number", default: 3 },
        dry: { description: "Whether to only look", type: "boolean" },
      },
      secrets: { KEY: { description: "Access", required: true } },
      outputs: { seconds: { value: "${{ jobs.check.outputs.seconds }}" } },
    },
  });
});

Deno.test("emitWorkflow() writes what actionlint takes, whatever the library says", async () => {
  for (const model of [called, caller]) {
    assert.deepEqual(validateWorkflow(model).map(({ message }) => message), []);
    assert.deepEqual(await actionlint({ path: model.file, text: emitWorkflow(model) }), []);
  }
});

Deno.test("callWorkflow() does not compile with what the workflow does not take", () => {
  const secrets = () => ({ KEY: secret("KEY") });
  const given = { ...base, workflow: called };
  callWorkflow("call", { ...given, secrets, with: () => ({ hub: "a", dry: true }) });
  // @ts-expect-error: the hub is required
  callWorkflow("call", { ...given, secrets });
  // @ts-expect-error: the hub is required
  callWorkflow("call", { ...given, secrets, with: () => ({ dry: true }) });
  // @ts-expect-error: the secret is required
  callWorkflow("call", { ...given, with: () => ({ hub: "a" }) });
  // @ts-expect-error: dry is not text
  callWorkflow("call", { ...given, secrets, with: () => ({ hub: "a", dry: "yes" }) });
  // @ts-expect-error: the workflow has no such input
  callWorkflow("call", { ...given, secrets, with: () => ({ hub: "a", tag: "x" }) });
});

Deno.test("callWorkflow() knows a workflow of another repository by what is said of it", () => {
  const call = callWorkflow("call", {
    ...base,
    workflow: {
      uses: { kind: "locked", name: "a/b/.github/workflows/c.yaml" },
      on: { workflow_call: { inputs: { tag: { description: "T", type: "number" } } } },
      outputs: ["digest"],
    } as const,
    matrix: () => ({ os: ["a"] }),
    with: ({ matrix }) => {
      // @ts-expect-error: the matrix has os alone
      assert.equal(matrix.arch, undefined);
      return { tag: 1 };
    },
  });
  job("reader", {
    ...timed,
    needs: [call],
    steps: ({ needs }) => {
      assert.equal(needs.call.outputs.digest.text, "needs.call.outputs.digest");
      // @ts-expect-error: the output is called digest
      assert.equal(needs.call.outputs.tag, undefined);
      return { steps: [] };
    },
  });
});

Deno.test("job() does not compile with a value of a matrix that is not there, or is another", () => {
  job("vectors", {
    ...timed,
    matrix: () => MATRIX,
    steps: ({ matrix }) => {
      assert.equal(matrix.hub.equals("c").text, "matrix.hub == 'c'");
      assert.equal(matrix.attempts.equals(2).text, "matrix.attempts == 2");
      assert.equal(matrix.slow.equals(true).text, "matrix.slow == true");
      // @ts-expect-error: the names are hub, attempts and slow
      assert.equal(matrix.ruby, undefined);
      // @ts-expect-error: there is no leg for d
      assert.ok(matrix.hub.equals("d"));
      // @ts-expect-error: how often is a number
      assert.ok(matrix.attempts.equals("2"));
      return { steps: [] };
    },
  });
  job("legs", {
    ...timed,
    matrix: () => ({ include: [{ hub: "a" }, { hub: "b", slow: true }] }),
    steps: ({ matrix }) => {
      assert.equal(matrix.hub.equals("b").text, "matrix.hub == 'b'");
      assert.equal(matrix.slow.text, "matrix.slow");
      // @ts-expect-error: the names are hub and slow
      assert.equal(matrix.jobs, undefined);
      return { steps: [] };
    },
  });
});
