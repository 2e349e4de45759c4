/** `report` and `guard`: the last job of a run, and what stops a leg that is run again. */
import assert from "node:assert/strict";
import { OUTCOME_MARKER } from "../../src/github/comment_marker.ts";
import { TOKEN } from "../github/fake_github.ts";
import { commit, owedUpgrade } from "../ledger/fleets.ts";
import { DeployedFleet, readLedger, writeLedger } from "./deployed_fleet.ts";
import { earth } from "./repository.ts";

const PROD = earth("prod.values.yaml");
const ROVER = "config/clusters/azure.mars/rover.values.yaml";
const RUN_URL = "https://github.com/octo/infrastructure/actions/runs/50";

/** A fleet after the plan of a push that upgrades staging, prod and rover; run 50 is that push's. */
async function planned() {
  const fleet = await DeployedFleet.create();
  const before = fleet.head;
  const id = fleet.record(before);
  const head = await fleet.push({ [PROD]: "a: 1\n", [ROVER]: "a: 1\n" });
  fleet.github.runs.push({ id: 50, run_number: 5 });
  const { ledger } = await fleet.plan({ before });
  fleet.takeCalls();
  return Object.assign(fleet, { before, head, id, ledger });
}

const owes = (fleet: DeployedFleet) =>
  fleet.recorded?.owed.map(({ cluster, release, outcome, run, attempt }) =>
    `${cluster}/${release} ${outcome} ${run}.${attempt}`
  );

const comments = ({ github }: DeployedFleet) => github.comments.map(({ body }) => body);

Deno.test("report writes the record, the summary and the comment where all is deployed", async () => {
  await using fleet = await planned();
  const { head, ledger } = fleet;
  fleet.deploy(ledger);
  fleet.github.tokens.set(
    TOKEN,
    new Set(["actions: read", "deployments: write", "pull-requests: write"]),
  );
  const { code, out, err, message, summary } = await fleet.report(ledger);
  assert.deepEqual([code, err, message], [0, "", ""]);
  assert.deepEqual(fleet.recorded, {
    version: 1,
    as_of: head,
    owed: [],
    deployed: { [head]: ["azure.mars/rover", "earth/prod", "earth/staging"] },
  });
  assert.deepEqual(fleet.takeCalls(), [
    "GET actions/runs/50/jobs",
    "GET deployments",
    "POST deployments",
    `POST deployments/${fleet.id + 1}/statuses`,
    `GET commits/${head}/pulls`,
    "GET issues/1/comments",
    "POST issues/1/comments",
    "GET issues/1/comments",
  ]);
  const { description, statuses: [status] } = fleet.github.deployments.all.at(-1) ?? assert.fail();
  assert.equal(description, `deployed 3 releases at ${head.slice(0, 7)}`);
  assert.deepEqual([status?.state, status?.log_url], ["success", RUN_URL]);
  assert.match(out, /Deployed 3 releases[^]*The outcome is on pull request 1\.\n$/);
  assert.match(summary, /^## Deployment\n\nDeployed 3 releases at /);
  const [body = ""] = comments(fleet);
  assert.ok(body.startsWith(`${OUTCOME_MARKER}\n## Deployment\n`));
  assert.ok(body.includes(`(${RUN_URL}) deployed it.`), body);
});

Deno.test("report owes what did not succeed, which the next run makes up", async () => {
  await using fleet = await planned();
  const { before, ledger } = fleet;
  fleet.deploy(ledger, {
    "earth/staging": "failure",
    "earth/prod": "blocked",
    "azure.mars/rover": "lost",
  });
  const { code, message, summary } = await fleet.report(ledger);
  assert.equal(code, 0);
  assert.deepEqual(owes(fleet), [
    "azure.mars/rover lost 50.1",
    "earth/prod blocked 50.1",
    "earth/staging failed 50.1",
  ]);
  assert.ok(fleet.recorded?.owed.every(({ base }) => base === before));
  assert.equal(fleet.github.deployments.all.at(-1)?.statuses[0]?.state, "failure");
  assert.match(JSON.parse(message ?? "").text, /earth\/staging \(failed\).*\n<\S+\|The run>$/);
  assert.match(summary, /### Not deployed, and owed/);
  assert.ok(comments(fleet)[0]?.includes("/actions/runs/50/job/1"));
  const next = fleet.head;
  await fleet.push({ "README.md": "Hello\n" });
  const { releases } = await fleet.planned({ before: next });
  assert.deepEqual(releases, ["earth/staging", "azure.mars/rover", "earth/prod"]);
});

Deno.test("report settles what an earlier attempt left, and says so in the same comment", async () => {
  await using fleet = await planned();
  const { ledger } = fleet;
  fleet.deploy(ledger, { "earth/prod": "failure" });
  assert.equal((await fleet.report(ledger)).code, 0);
  assert.deepEqual(owes(fleet), ["earth/prod failed 50.1"]);
  fleet.deploy(ledger, {}, 2);
  assert.equal((await fleet.report(ledger, { attempt: 2 })).code, 0);
  assert.deepEqual(owes(fleet), []);
  const [body = "", ...others] = comments(fleet);
  assert.deepEqual([others, body.includes("owed")], [[], false]);
});

Deno.test("report of an attempt in which nothing was begun leaves what the one before found", async () => {
  await using fleet = await planned();
  const { ledger } = fleet;
  fleet.deploy(ledger, { "earth/prod": "failure" });
  fleet.deploy(ledger, { "earth/prod": "blocked", "earth/staging": "blocked" }, 2);
  assert.equal((await fleet.report(ledger, { attempt: 2 })).code, 0);
  assert.deepEqual(owes(fleet), ["earth/prod failed 50.2"]);
});

Deno.test("report of a run without anything to say writes the record, and no comment", async () => {
  await using fleet = await planned();
  fleet.record(fleet.head);
  await fleet.push({ "README.md": "Hello\n" });
  const { ledger } = await fleet.plan({ before: fleet.recorded?.as_of ?? "" });
  assert.equal((await fleet.report(ledger)).code, 0);
  assert.equal(fleet.recorded?.as_of, fleet.head);
  assert.deepEqual(comments(fleet), []);
  // Where the record says it already, as on most nights, it stays.
  const count = fleet.github.deployments.all.length;
  const again = await fleet.plan({ event: "schedule" });
  assert.equal((await fleet.report(again.ledger, { run: 51 })).code, 0);
  assert.equal(fleet.github.deployments.all.length, count);
});

Deno.test("report forgets nothing of a lost run whose commit was replaced, whatever holds it up", async () => {
  await using fleet = await planned();
  const { before, head: lost } = fleet;
  await fleet.repository.git("reset", "--quiet", "--hard", before);
  const head = await fleet.push({ "README.md": "Hello\n" });
  const { ledger } = await fleet.plan({ before: lost });
  fleet.deploy(ledger, { "earth/staging": "failure", "earth/prod": "blocked" });
  await fleet.report(ledger);
  assert.deepEqual(owes(fleet), ["earth/prod blocked 50.1", "earth/staging failed 50.1"]);
  await fleet.push({ "README.md": "Hello again\n" });
  const { releases } = await fleet.planned({ before: head });
  assert.deepEqual(releases, ["earth/staging", "earth/prod"]);
});

Deno.test("report says on no pull request what came without one", async () => {
  await using fleet = await planned();
  fleet.github.pullRequests.clear();
  fleet.github.commits.add(fleet.head);
  fleet.deploy(fleet.ledger);
  const { code, out } = await fleet.report(fleet.ledger);
  assert.deepEqual([code, out.includes("pull request"), comments(fleet)], [0, false, []]);
});

/** The job that wrote the record in an attempt. */
const reported = (run_attempt: number) =>
  ({ name: "Report the deployment", run_attempt, conclusion: "success" }) as const;

Deno.test("report of a re-run forgets nothing of a later run of the same commit", async () => {
  await using fleet = await planned();
  const { head, ledger } = fleet;
  fleet.deploy(ledger, { "azure.mars/rover": "failure" });
  await fleet.report(ledger);
  fleet.github.jobs.push(reported(1));
  const said = comments(fleet);
  // A run by hand makes rover up, and fails to upgrade prod.
  fleet.github.runs.push({ id: 60, run_number: 6, event: "workflow_dispatch" });
  const later = [owedUpgrade("earth/prod", "failed", { base: head, run: 60 })];
  fleet.record(head, later);
  const count = fleet.github.deployments.all.length;
  const { code, err } = await fleet.report(ledger, { attempt: 2 });
  assert.equal(code, 0);
  assert.match(err, /^Warning: Another run has written the record, or has begun to deploy, since/);
  assert.deepEqual(fleet.recorded?.owed, later);
  assert.equal(fleet.github.deployments.all.length, count);
  assert.deepEqual(comments(fleet), said);
});

Deno.test("report of a re-run keeps what someone has corrected since the attempt before", async () => {
  await using fleet = await planned();
  const { head, ledger } = fleet;
  fleet.deploy(ledger, { "azure.mars/rover": "failure" });
  await fleet.report(ledger);
  fleet.github.jobs.push(reported(1));
  const broken = ["earth/prod", "earth/support chart"].map((key) => owedUpgrade(key));
  fleet.record(head, [...fleet.recorded?.owed ?? [], ...broken]);
  const { prod, ...rest } = readLedger(ledger);
  const failed = prod.filter(({ hub_name }) => hub_name === "rover");
  fleet.deploy(writeLedger({ ...rest, canaries: [], prod: failed }), {}, 2);
  // The plan had found the support chart up to date.
  const settled = [{ cluster: "earth", release: "support chart" }];
  await fleet.report(writeLedger({ ...rest, prod, settled }), { attempt: 2 });
  assert.deepEqual(fleet.recorded?.owed, broken);
});

Deno.test("report keeps what someone has written of the same commit while the run was under way", async () => {
  await using fleet = await planned();
  fleet.record(fleet.head);
  const args = ["--releases=earth/prod", "--phase=prod"];
  const { ledger } = await fleet.plan({ event: "workflow_dispatch", args });
  fleet.record(fleet.head, [owedUpgrade("earth/staging")]);
  fleet.deploy(ledger);
  assert.match((await fleet.report(ledger)).err, /^Warning: Another run has written the record/);
  assert.deepEqual(owes(fleet), ["earth/prod lost 50.1", "earth/staging failed 456.1"]);
});

Deno.test("report owes again what a run has begun that a later one overtook", async () => {
  await using fleet = await planned();
  const { before, ledger } = fleet;
  fleet.deploy(ledger, { "earth/prod": "failure", "azure.mars/rover": "blocked" });
  // The report of the first attempt was lost, and so was that of the later run.
  fleet.github.runs.push({ id: 60, run_number: 6 });
  const { code, err, summary } = await fleet.report(ledger, { attempt: 2 });
  assert.deepEqual([code, /^Warning: Another run/.test(err)], [0, true]);
  assert.match(summary, /\| lost: its runner stopped, or a later run overtook it \|/);
  assert.deepEqual(owes(fleet), ["earth/prod lost 50.2", "earth/staging lost 50.2"]);
  assert.equal(fleet.recorded?.as_of, before);
});

for (const attempt of [1, 2]) {
  Deno.test(`report keeps what someone else has written since the plan, in attempt ${attempt}`, async () => {
    await using fleet = await planned();
    const { ledger } = fleet;
    fleet.deploy(ledger);
    const other = await fleet.push({ "README.md": "Hello\n" });
    fleet.record(other, [owedUpgrade("earth/support chart", "blocked")]);
    assert.equal((await fleet.report(ledger, { attempt })).code, 0);
    assert.equal(fleet.recorded?.as_of, other);
    assert.deepEqual(owes(fleet), [
      ...["azure.mars/rover", "earth/prod", "earth/staging"].map((key) =>
        `${key} lost 50.${attempt}`
      ),
      "earth/support chart blocked 456.1",
    ]);
  });
}

/** Where no record may be written, and what the line says. */
const UNWRITTEN: readonly (readonly [
  when: string,
  arrange: (fleet: Awaited<ReturnType<typeof planned>>) => string | void,
  line: RegExp,
])[] = [
  [
    "the record is gone",
    ({ github }) => void (github.deployments.all.length = 0),
    /^Cannot write the record of this run: deployment \d+ in the environment "hubs", .*, is gone/,
  ],
  [
    "the record cannot be read any more",
    ({ github }) => void github.deployments.add("deploy main"),
    /^Cannot read the ledger's newest record/,
  ],
  [
    "the token may not write it",
    ({ github }) =>
      void github.tokens.set(
        TOKEN,
        new Set(["actions: read", "deployments: read", "pull-requests: write"]),
      ),
    /^Cannot write the ledger .*"deployments: write"/,
  ],
  [
    "it is too large",
    ({ ledger }) => {
      const held = Array.from({ length: 600 }, (_, index) => ({
        cluster: "earth",
        release: `${"hub".repeat(50)}-${index}`,
        why: "paused" as const,
      }));
      return writeLedger({ ...readLedger(ledger), held });
    },
    /owed releases take \d+ bytes, expected at most 60000; nothing is written/,
  ],
];

for (const [when, arrange, line] of UNWRITTEN) {
  Deno.test(`report is red and says the outcome all the same where ${when}`, async () => {
    await using fleet = await planned();
    fleet.deploy(fleet.ledger, { "earth/prod": "failure" });
    const ledger = arrange(fleet) ?? fleet.ledger;
    const count = fleet.github.deployments.all.length;
    const { code, err, summary } = await fleet.report(ledger);
    assert.equal(code, 1);
    assert.match(err, line);
    assert.equal(fleet.github.deployments.all.length, count);
    assert.match(summary, /failed: its upgrade or its health check/);
    assert.equal(comments(fleet).length, 1);
  });
}

Deno.test("report writes nothing where GitHub does not say how the legs ended", async () => {
  await using fleet = await planned();
  fleet.github.tokens.set(TOKEN, new Set(["deployments: write", "pull-requests: write"]));
  const { code, err } = await fleet.report(fleet.ledger);
  assert.equal(code, 1);
  assert.match(err, /^Cannot read the jobs of run 50: .*"actions: read"/);
  assert.equal(fleet.recorded?.as_of, fleet.before);
  assert.deepEqual(comments(fleet), []);
});

Deno.test("report does not believe a text that is not what plan says", async () => {
  await using fleet = await planned();
  for (const wrong of ["", "{}", "null", '{"head":"$(touch x)"}', `${fleet.ledger}x`]) {
    const { code, err } = await fleet.report(wrong);
    assert.equal(code, 1);
    assert.match(err, /^Cannot read "LEDGER/);
  }
  assert.deepEqual(fleet.takeCalls(), []);
});

/** What is there when a leg is run again, and why it does not go on, where it does not. */
const GUARDED: readonly (readonly [
  when: string,
  arrange: (fleet: Awaited<ReturnType<typeof planned>>) => unknown,
  stopped?: RegExp,
])[] = [
  ["nothing was written since the plan", () => {}],
  ["the attempt before wrote the record", (fleet) => fleet.record(fleet.head)],
  [
    "a later run waits for it",
    ({ github }) => github.runs.push({ id: 60, run_number: 6, status: "pending" }),
  ],
  [
    "a later run has begun",
    ({ github }) => github.runs.push({ id: 60, run_number: 6 }),
    /^Cannot deploy [0-9a-f]{12} again: run 60 may have deployed since, and this would go back; .*push\n$/,
  ],
  [
    "the record is about another commit",
    (fleet) => fleet.record(commit("d")),
    /the record is about dddddddddddd by now/,
  ],
  [
    "the record cannot be read",
    ({ github }) => github.deployments.add("deploy main"),
    /^Cannot read the ledger's newest record/,
  ],
  [
    "GitHub does not say which runs there are",
    ({ github }) => github.tokens.set(TOKEN, new Set(["deployments: read"])),
    /^Cannot tell whether a later run than 50 has begun to deploy: .*"actions: read"/,
  ],
];

for (const [when, arrange, stopped] of GUARDED) {
  Deno.test(`guard ${stopped === undefined ? "lets a leg go on" : "stops a leg"} where ${when}`, async () => {
    await using fleet = await planned();
    fleet.github.tokens.set(TOKEN, new Set(["actions: read", "deployments: read"]));
    await arrange(fleet);
    const { code, err } = await fleet.guard(fleet.ledger);
    assert.equal(code, stopped === undefined ? 0 : 1, err);
    assert.match(err, stopped ?? /^$/);
    assert.deepEqual(fleet.github.writes(), []);
  });
}
