import assert from "node:assert/strict";
import { laterRun } from "../../src/github/later_run.ts";
import { failure } from "./calls.ts";
import { connectTo } from "./connected.ts";
import { FakeGitHub, type FakeRun, TOKEN } from "./fake_github.ts";

Deno.test.sanitizer({ ops: true, resources: true });

const OURS: FakeRun = { id: 50, run_number: 5 };
const LATER = { id: 60, run_number: 6 };

/** Other runs of the workflow, and which of them may have begun to deploy. */
const CASES: readonly (readonly [when: string, others: readonly FakeRun[], later?: number])[] = [
  ["there is none", []],
  ["it is earlier", [{ id: 40, run_number: 4 }]],
  ["it is over", [LATER], 60],
  ["it was cancelled", [{ ...LATER, status: "completed" }], 60],
  ["it is going on", [{ ...LATER, status: "in_progress" }], 60],
  ["it was started by hand", [{ ...LATER, event: "workflow_dispatch" }], 60],
  ["its time had come", [{ ...LATER, event: "schedule" }], 60],
  ["it waits for this one", [{ ...LATER, status: "pending" }]],
  ["it is queued", [{ ...LATER, status: "queued" }]],
  ["it is of a pull request", [{ ...LATER, event: "pull_request" }]],
  ["it is of another branch", [{ ...LATER, head_branch: "next" }]],
  ["several are", [LATER, { id: 70, run_number: 7, status: "queued" }], 60],
  [
    "it is far back among those of pull requests",
    [LATER, ...Array.from({ length: 98 }, (_, index) => pullRequest(index))],
    60,
  ],
];

/** A run for a fork's branch, which may have any name. */
function pullRequest(index: number): FakeRun {
  return { id: 100 + index, run_number: 100 + index, event: "pull_request" };
}

for (const [when, others, later] of CASES) {
  Deno.test(`laterRun() finds a run that may have deployed since where ${when}`, async () => {
    await using fake = new FakeGitHub();
    fake.runs.push(OURS, ...others);
    fake.tokens.set(TOKEN, new Set(["actions: read"]));
    assert.equal(await laterRun(connectTo(fake).github, OURS.id), later);
    assert.equal(fake.requests.length, 2);
  });
}

Deno.test("laterRun() finds none only where all later runs are listed", async () => {
  await using fake = new FakeGitHub();
  fake.runs.push(OURS, LATER, ...Array.from({ length: 100 }, (_, index) => pullRequest(index)));
  assert.match(
    await failure(laterRun(connectTo(fake).github, OURS.id)),
    /^Cannot tell whether a later run than 50 has begun to deploy: GitHub lists 100 later ones/,
  );
});

Deno.test("laterRun() says which permission is missing", async () => {
  await using fake = new FakeGitHub();
  fake.tokens.set(TOKEN, new Set(["deployments: read"]));
  assert.match(await failure(laterRun(connectTo(fake).github, 50)), /"actions: read"/);
});
