import assert from "node:assert/strict";
import { pushEvent } from "../../src/simulate/event.ts";
import { LocalApi, nothingKept } from "../../src/simulate/local_api.ts";
import type { StepRecord } from "../../src/simulate/record.ts";
import { readWorkflow } from "../../src/simulate/read_workflow.ts";
import type { Permissions } from "../../src/simulate/workflow_file.ts";
import type { ListedJob, Run, World } from "../../src/simulate/world.ts";
import { FACTS } from "./world.ts";

const COMMIT = "a".repeat(40);

/** An API that knows one commit, one merged pull request, and one run. */
async function withApi(
  listed: ListedJob[],
  test: (
    call: (
      of: Permissions,
      path: string,
      body?: unknown,
    ) => Promise<{ status: number; answer: Record<string, unknown> }>,
  ) => Promise<void>,
): Promise<void> {
  await using api = new LocalApi();
  const workflow = readWorkflow("w.yaml", "on: { push: {} }\njobs: {}\n");
  const event = pushEvent(FACTS, COMMIT, COMMIT, false);
  const run: Run = {
    ...{ world: {} as World, workflow, event, id: 7, number: 3, attempt: 2, listed },
    ...{ cancelled: false, conclusion: undefined },
  };
  const kept = nothingKept();
  kept.runs.set(7, run);
  kept.pullRequests.push({ number: 5, sha: COMMIT, merged: true, labels: ["x"] });
  const commitOf = (ref: string) => Promise.resolve(ref === COMMIT ? COMMIT : undefined);
  api.open({ ...kept, facts: FACTS, commitOf });
  await test(async (permissions, path, body) => {
    const response = await fetch(`${api.url}/repos/${FACTS.repository}/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${api.tokenFor(permissions)}` },
      ...body === undefined ? {} : { body: JSON.stringify(body) },
    });
    return { status: response.status, answer: await response.json() };
  });
}

const RECORD = {
  ...{ ref: COMMIT, task: "deploy:hubwright", environment: "hubs", payload: { a: 1 } },
  ...{ auto_merge: false, required_contexts: [], description: "one" },
};

Deno.test("LocalApi keeps deployments, and lists those that are asked for, newest first", async () => {
  await withApi([], async (call) => {
    const write = (more: object) => call({ deployments: "write" }, "deployments", more);
    assert.equal((await write(RECORD)).status, 201);
    await write({ ...RECORD, environment: "other" });
    await write({ ...RECORD, payload: { a: 2 } });
    const list = "deployments?environment=hubs&task=deploy:hubwright&per_page=";
    const read = async (count: number) =>
      (await call({ deployments: "read" }, list + count)).answer as unknown as {
        id: number;
        sha: string;
        payload: unknown;
      }[];
    assert.deepEqual(
      (await read(9)).map(({ id, sha, payload }) => [id, sha, payload]),
      [[3, COMMIT, { a: 2 }], [1, COMMIT, { a: 1 }]],
    );
    assert.deepEqual((await read(1)).map(({ id }) => id), [3]);
    const status = (id: number) =>
      call({ deployments: "write" }, `deployments/${id}/statuses`, { state: "success" });
    assert.deepEqual([(await status(3)).status, (await status(9)).status], [201, 404]);
  });
});

for (
  const [criterion, permissions, path, body, status] of [
    ["no record without permission", { contents: "write" }, "deployments", undefined, 403],
    ["no new record to who may read", { deployments: "read" }, "deployments", RECORD, 403],
    ["no run without permission", { deployments: "write" }, "actions/runs/7", undefined, 403],
    ["no jobs without permission", { contents: "read" }, "actions/runs/7/jobs", undefined, 403],
    ["no run that is not there", { actions: "read" }, "actions/runs/8", undefined, 404],
    [
      "no comment to who may read",
      { "pull-requests": "read" },
      "issues/5/comments",
      { body: "" },
      403,
    ],
    [
      "no record of an unknown commit",
      { deployments: "write" },
      "deployments",
      { ...RECORD, ref: "b" },
      422,
    ],
    [
      "no record that waits for checks",
      { deployments: "write" },
      "deployments",
      { ref: COMMIT },
      422,
    ],
  ] as const
) {
  Deno.test(`LocalApi gives ${criterion}`, async () => {
    await withApi([], async (call) => {
      assert.equal((await call(permissions, path, body)).status, status);
    });
  });
}

Deno.test("LocalApi lists the jobs of all attempts, also while the run goes on", async () => {
  const step = (name: string, conclusion: StepRecord["conclusion"]): StepRecord => ({
    ...{ name, outcome: conclusion, conclusion, log: "", deployments: [] },
  });
  const steps = [
    step("  in an action", "success"),
    step("Set up", "success"),
    step("Up", "failure"),
  ];
  const job = (more: Partial<ListedJob>) => ({
    ...{ name: "Canary (lake)", attempt: 1, taken: true, steps, end: undefined, ...more },
  });
  const listed: ListedJob[] = [
    job({ end: { result: "failure", lost: true } }),
    job({ name: "Prod hub", taken: false, steps: [], end: { result: "skipped", lost: false } }),
    job({ attempt: 2 }),
  ];
  await withApi(listed, async (call) => {
    const of = { actions: "read" } as const;
    const { answer } = await call(of, "actions/runs/7/jobs?filter=all&per_page=100");
    const jobs = answer.jobs as Record<string, unknown>[];
    const told = jobs.map(({ name, run_attempt, status, conclusion, runner_name, steps }) => [
      ...[name, run_attempt, status, conclusion, runner_name],
      (steps as Record<string, unknown>[]).map(({ name, conclusion }) => `${name}: ${conclusion}`),
    ]);
    assert.deepEqual(told, [
      ["Canary (lake)", 1, "completed", "failure", "simulated", ["Set up: success", "Up: null"]],
      ["Prod hub", 1, "completed", "skipped", "", []],
      ["Canary (lake)", 2, "in_progress", null, "simulated", ["Set up: success", "Up: failure"]],
    ]);
    const latest = await call(of, "actions/runs/7/jobs");
    assert.equal(latest.answer.total_count, 2);
    const { answer: run } = await call(of, "actions/runs/7");
    const { answer: runs } = await call(
      of,
      `actions/workflows/${run.workflow_id}/runs?branch=main`,
    );
    assert.deepEqual([run.run_number, run.status, run.conclusion], [3, "in_progress", null]);
    assert.deepEqual(runs.workflow_runs, [run]);
  });
});
