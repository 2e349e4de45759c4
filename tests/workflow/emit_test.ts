import assert from "node:assert/strict";
import { parse } from "yaml";
import { context } from "../../src/workflow/expression.ts";
import { emitWorkflow } from "../../src/workflow/emit.ts";
import type { Concurrency, Container, JobModel, Runner } from "../../src/workflow/model.ts";
import { secret } from "../../src/workflow/github_context.ts";
import { jobModel, runStep, usesStep, workflowModel } from "./models.ts";

// How comments, blank lines and blocks look is in the workflows of the examples.

/** A job as GitHub reads it. */
function emittedJob(more: Partial<JobModel>) {
  return parse(emitWorkflow(workflowModel(jobModel("a", more)))).jobs.a;
}

const legs = context<never>("vars", "X");
const LEGS = "${{ vars.X }}";

Deno.test("emitWorkflow() writes what a job runs on, as text, as a list or as a group", () => {
  const runners: readonly (readonly [Runner, unknown])[] = [
    ["gpu", "gpu"],
    [legs, LEGS],
    [["self-hosted", legs], ["self-hosted", LEGS]],
    [{ group: "large" }, { group: "large" }],
    [{ group: "large", labels: "gpu" }, { group: "large", labels: "gpu" }],
    [{ group: "large", labels: ["a", "b"] }, { group: "large", labels: ["a", "b"] }],
  ];
  for (const [runsOn, written] of runners) {
    assert.deepEqual(emittedJob({ runsOn })["runs-on"], written);
  }
});

Deno.test("emitWorkflow() writes containers, an environment, a shell, variables and limits of a job", () => {
  const container: Container = {
    image: "debian:12",
    credentials: { username: "me", password: secret("KEY") },
    env: { A: 1 },
    ports: [80, "8080:80"],
    volumes: ["/a:/b"],
    options: "--cpus 1",
  };
  const written = { ...container, credentials: { username: "me", password: "${{ secrets.KEY }}" } };
  const job = emittedJob({
    container: { image: "debian:12" },
    services: { database: container },
    environment: { name: "prod", url: legs, deployment: false },
    shell: "sh",
    env: { B: legs },
    timeoutMinutes: legs,
    continueOnError: true,
    matrix: legs,
    maxParallel: 3,
  });
  assert.deepEqual(job, {
    ...emittedJob({}),
    container: { image: "debian:12" },
    services: { database: written },
    environment: { name: "prod", url: LEGS, deployment: false },
    defaults: { run: { shell: "sh" } },
    env: { B: LEGS },
    "timeout-minutes": LEGS,
    "continue-on-error": true,
    strategy: { "fail-fast": false, "max-parallel": 3, matrix: { jobs: LEGS } },
  });
  assert.equal(emittedJob({ environment: { name: "prod" } }).environment, "prod");
});

Deno.test("emitWorkflow() writes the shell, the folder and the limits of a step", () => {
  const limits = { continueOnError: legs, timeoutMinutes: 2 };
  const { steps } = emittedJob({
    steps: [runStep({ ...limits, shell: "python", workingDirectory: legs }), usesStep(limits)],
  });
  const written = { "continue-on-error": LEGS, "timeout-minutes": 2 };
  assert.deepEqual(steps, [
    { name: "Run", ...written, shell: "python", "working-directory": LEGS, run: "true" },
    { name: "Use", ...written, uses: "./action" },
  ]);
});

Deno.test("emitWorkflow() writes which runs wait, and what a server needs to know of it alone", () => {
  const cases: readonly (readonly [Omit<Concurrency, "group">, object])[] = [
    [{}, { "cancel-in-progress": false, queue: "max" }],
    [{ queue: "max" }, { "cancel-in-progress": false, queue: "max" }],
    [{ queue: "single" }, { "cancel-in-progress": false }],
    [{ cancelInProgress: true }, { "cancel-in-progress": true }],
    [{ cancelInProgress: legs }, { "cancel-in-progress": LEGS }],
  ];
  for (const [more, written] of cases) {
    const concurrency = { group: "x", ...more };
    const text = emitWorkflow({ ...workflowModel(jobModel("a")), concurrency });
    assert.deepEqual(parse(text).concurrency, { group: "x", ...written });
  }
});
