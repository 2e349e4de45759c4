import assert from "node:assert/strict";
import { readRecord, readRecords, writeRecord } from "../../src/ledger/deployments.ts";
import type { LedgerRecord, OwedUpgrade } from "../../src/ledger/ledger_record.ts";
import { failure } from "../github/calls.ts";
import { connectTo } from "../github/connected.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { errorFault, rateLimit } from "../github/fault.ts";
import { wrongAnswer } from "../github/published_api.ts";

Deno.test.sanitizer({ ops: true, resources: true });

const [A, B] = ["a".repeat(40), "b".repeat(40)] as const;
const OWED: OwedUpgrade = {
  cluster: "lake",
  release: "plankton",
  base: A,
  outcome: "failed",
  run: 9_123_456_789,
  attempt: 2,
};
const RECORD: LedgerRecord = {
  version: 1,
  as_of: B,
  owed: [OWED],
  deployed: { [B]: ["lake/staging", "lake/support chart"] },
};
const HUBS = { environment: "hubs" };
const NEW = {
  ...HUBS,
  record: RECORD,
  success: false,
  logUrl: "https://github.com/octo/infrastructure/actions/runs/9123456789",
  description: "2 deployed, 1 owed",
};

/** What is wrong with what is read or written. */
const readFailure = (fake: FakeGitHub) => failure(readRecord(connectTo(fake).github, HUBS));
const writeFailure = (fake: FakeGitHub, more: Partial<typeof NEW> = {}) =>
  failure(writeRecord(connectTo(fake).github, { ...NEW, ...more }));

Deno.test("readRecord() finds nothing where there is no record yet", async () => {
  await using fake = new FakeGitHub();
  fake.deployments.add({}, { environment: "production" });
  fake.deployments.add(RECORD, { task: "deploy" });
  assert.equal(await readRecord(connectTo(fake).github, HUBS), undefined);
});

for (const payload of [RECORD, JSON.stringify(RECORD)]) {
  Deno.test(`readRecord() reads the newest, with one request: ${typeof payload}`, async () => {
    await using fake = new FakeGitHub();
    fake.deployments.add({ version: 1, as_of: A, owed: [] });
    const { id, created_at } = fake.deployments.add(payload, { sha: B });
    fake.tokens.set(TOKEN, new Set(["deployments: read"]));
    assert.deepEqual(await readRecord(connectTo(fake).github, HUBS), {
      id,
      writtenAt: created_at,
      writtenBy: undefined,
      record: RECORD,
    });
    assert.deepEqual(fake.requests.map(({ query }) => query), [
      "?environment=hubs&task=deploy%3Ahubwright&per_page=1",
    ]);
  });
}

Deno.test("writeRecord() writes what readRecord() reads, with two requests", async () => {
  await using fake = new FakeGitHub();
  const { github } = connectTo(fake);
  const id = await writeRecord(github, NEW);
  assert.equal(fake.requests.length, 2);
  assert.equal((await readRecord(github, HUBS))?.id, id);
  assert.deepEqual((await readRecord(github, HUBS))?.record, RECORD);
  assert.deepEqual(fake.deployments.all.at(-1)?.statuses, [{
    state: "failure",
    log_url: NEW.logUrl,
    description: NEW.description,
    auto_inactive: false,
  }]);
});

/** Payloads that are not records, and what the line has to say of each. */
const FOREIGN: readonly (readonly [payload: unknown, line: RegExp])[] = [
  [{}, /"version": expected 1, found nothing/],
  [null, /expected a mapping, found nothing/],
  ["", /its payload: expected JSON, found ""/],
  ["deploy \u202e main", /its payload: expected JSON, found "deploy \\u\{202e\} main"/],
  ['"{}"', /expected a mapping, found the text "\{\}"/],
  [[RECORD], /expected a mapping, found a list/],
  [{ ...RECORD, version: 3 }, /"version": expected 1, found the number 3/],
  [
    {
      ...{ version: 2, as_of: B },
      owed: [{ base: A, outcome: "lost", run: 1, attempt: 1, releases: { lake: ["a", "a"] } }],
    },
    /"owed": expected each release once/,
  ],
  [{ ...RECORD, version: "1" }, /"version": expected 1, found the text "1"/],
  [{ ...RECORD, as_of: "main" }, /"as_of": expected the hash of a commit.*, found the text "main"/],
  [{ ...RECORD, owed: [OWED, OWED] }, /"owed": expected each release once/],
  [{ ...RECORD, owed: [{ ...OWED, outcome: "flaky" }] }, /"owed\[0\]\.outcome": expected "failed"/],
  [{ ...RECORD, owed: [{ ...OWED, base: A.slice(1) }] }, /"owed\[0\]\.base": expected the hash/],
  [{ ...RECORD, owed: [{ ...OWED, run: 1.5 }] }, /"owed\[0\]\.run"/],
  [{ ...RECORD, owed: [{ ...OWED, attempt: 0 }] }, /"owed\[0\]\.attempt"/],
  [{ ...RECORD, note: "by hand" }, /unknown key "note"/],
  [
    { ...RECORD, deployed: { main: [] } },
    /"deployed": expected the hash.* for every key, .*"main"/,
  ],
];

for (const [payload, line] of FOREIGN) {
  Deno.test(`readRecord() refuses a payload: ${line.source}`, async () => {
    await using fake = new FakeGitHub();
    fake.deployments.add({ version: 1, as_of: A, owed: [] });
    const { id } = fake.deployments.add(payload, { sha: B });
    for (const read of [readRecord, readRecords]) {
      const message = await failure(read(connectTo(fake).github, HUBS));
      assert(
        message.startsWith(
          `Cannot read the ledger's newest record, deployment ${id} in the environment "hubs": `,
        ),
        message,
      );
      assert.match(message, line);
      assert.match(message, /; write a right one with "gh api", as docs\/ledger\.md shows: .+$/);
    }
  });
}

Deno.test("readRecord() refuses a record about another commit than its deployment", async () => {
  await using fake = new FakeGitHub();
  fake.deployments.add(RECORD, { sha: A });
  assert.match(
    await readFailure(fake),
    new RegExp(`"as_of": expected the deployment's commit, ${A}, found ${B}; `),
  );
});

Deno.test("readRecord() names a few of many mistakes, and counts the rest", async () => {
  await using fake = new FakeGitHub();
  const owed = Array.from({ length: 1_000 }, (_, run) => ({ ...OWED, release: `${run}`, base: 1 }));
  fake.deployments.add({ ...RECORD, owed });
  assert.match(await readFailure(fake), /"owed\[4\]\.base": .+; 995 more mistakes; write a right/);
});

Deno.test("readRecords() reads the newest 100, but for older ones that a newer one corrected", async () => {
  await using fake = new FakeGitHub();
  for (let count = 0; count < 150; count++) fake.deployments.add(RECORD);
  fake.deployments.add("what another tool wrote");
  const newest = fake.deployments.add(RECORD);
  const records = await readRecords(connectTo(fake).github, HUBS);
  assert.deepEqual([records[0]?.id, records.length], [newest.id, 99]);
  assert.deepEqual(fake.requests.map(({ query }) => query), [
    "?environment=hubs&task=deploy%3Ahubwright&per_page=100",
  ]);
});

/** A deployment as GitHub gives it. */
const DEPLOYMENT = {
  id: 7,
  sha: B,
  task: "deploy:hubwright",
  environment: "hubs",
  payload: RECORD,
  created_at: "2026-11-22T12:00:00Z",
  creator: { login: "github-actions[bot]" },
};

Deno.test("readRecord() says who wrote the record, and when", async () => {
  await using fake = new FakeGitHub();
  fake.fail({ fault: { kind: "answer", body: JSON.stringify([DEPLOYMENT]) } });
  assert.deepEqual(await readRecord(connectTo(fake).github, HUBS), {
    id: 7,
    writtenAt: "2026-11-22T12:00:00Z",
    writtenBy: "github-actions[bot]",
    record: RECORD,
  });
});

/** What GitHub does not answer, and what the line has to say. */
const LIES: readonly (readonly [answer: unknown, line: RegExp])[] = [
  [{}, /expected a list, found a mapping/],
  [[{ ...DEPLOYMENT, id: "7" }], /"\[0\]\.id": expected a number/],
  [[{ ...DEPLOYMENT, sha: "main" }], /"\[0\]\.sha": expected the hash of a commit/],
  [[{ ...DEPLOYMENT, created_at: "yesterday" }], /"\[0\]\.created_at": expected a date/],
  [[{ ...DEPLOYMENT, task: "deploy" }], /found deployment 7 in "hubs" with the task "deploy"/],
  [[{ ...DEPLOYMENT, environment: "\u202e" }], /found deployment 7 in "\\u\{202e\}" with/],
];

for (const [answer, line] of LIES) {
  Deno.test(`readRecord() does not believe GitHub: ${line.source}`, async () => {
    await using fake = new FakeGitHub();
    fake.fail({ fault: { kind: "answer", body: JSON.stringify(answer) } });
    const message = await readFailure(fake);
    assert.match(message, /^Cannot read the ledger of octo\/infrastructure: /);
    assert.match(message, line);
    assert.match(message, /; check that GITHUB_API_URL is the address of GitHub's API/);
  });
}

Deno.test("readRecord() does not take a repository that it cannot see for one without a record", async () => {
  await using fake = new FakeGitHub();
  const { github } = connectTo(fake, { repository: "octo/secret" });
  assert.match(
    await failure(readRecord(github, HUBS)),
    /^Cannot read the ledger of octo\/secret: GitHub answered 404 .* "deployments: read" under/,
  );
});

Deno.test("readRecord() and writeRecord() name the permission that the token lacks", async () => {
  await using fake = new FakeGitHub();
  const { github } = connectTo(fake);
  fake.tokens.set(TOKEN, new Set(["actions: read"]));
  assert.match(
    await failure(readRecord(github, HUBS)),
    /answered 403 .*; give the job "deployments: read" under "permissions", or a token of/,
  );
  fake.tokens.set(TOKEN, new Set(["deployments: read"]));
  assert.match(
    await failure(writeRecord(github, NEW)),
    /^Cannot write the ledger .* answered 403 .*; give the job "deployments: write" under/,
  );
  assert.equal(fake.deployments.all.length, 0);
});

Deno.test("writeRecord() tries again after errors and rate limits", async () => {
  await using fake = new FakeGitHub();
  fake.fail({ fault: errorFault(502) });
  fake.fail({ fault: rateLimit(fake.clock, 5) });
  const { github, lines } = connectTo(fake);
  await writeRecord(github, NEW);
  assert.equal(lines.length, 2);
  assert.equal(fake.deployments.all.length, 1);
});

Deno.test("writeRecord() writes the same twice where GitHub took what it reported as failed", async () => {
  await using fake = new FakeGitHub();
  fake.fail({ fault: errorFault(502), applied: true });
  const { github } = connectTo(fake);
  const id = await writeRecord(github, NEW);
  assert.deepEqual(fake.deployments.all.map(({ payload }) => payload), [RECORD, RECORD]);
  assert.equal((await readRecord(github, HUBS))?.id, id);
});

Deno.test("writeRecord() says that the record is written where only its state is not", async () => {
  await using fake = new FakeGitHub();
  fake.before("POST", () => {
    fake.before("POST", () => fake.tokens.set(TOKEN, new Set()));
  });
  assert.match(
    await writeFailure(fake),
    /^Cannot say how the run ended on deployment \d+, which holds the written record: .* 403/,
  );
  assert.equal(fake.deployments.all.length, 1);
});

Deno.test("writeRecord() says where the repository has no such commit", async () => {
  await using fake = new FakeGitHub();
  fake.deployments.commits.add(A);
  assert.match(
    await writeFailure(fake),
    new RegExp(`answered 422 .*; expected a commit of octo/infrastructure, found ${B}$`),
  );
});

Deno.test("writeRecord() does not believe that another commit was deployed", async () => {
  await using fake = new FakeGitHub();
  fake.fail({ fault: { kind: "answer", status: 201, body: JSON.stringify({ id: 7, sha: A }) } });
  assert.match(
    await writeFailure(fake),
    new RegExp(`unknown answer \\(Cannot read "sha": expected "${B}", found the text "${A}"\\)`),
  );
});

/** A record in which so many releases are owed. */
const owing = (count: number): LedgerRecord => ({
  ...RECORD,
  owed: Array.from({ length: count }, (_, hub) => ({ ...OWED, release: `hub-${hub}` })),
});

Deno.test("writeRecord() cuts a description at GitHub's limit, and leaves out what is for people where a payload is too large", async () => {
  await using fake = new FakeGitHub();
  const { github } = connectTo(fake);
  const large = { ...owing(100), deployed: { [A]: Array<string>(5_000).fill("lake/plankton") } };
  await writeRecord(github, { ...NEW, record: { ...RECORD, deployed: undefined } });
  await writeRecord(github, { ...NEW, record: large, description: "hub, ".repeat(99) });
  const [nothing, cut] = fake.deployments.all;
  assert.deepEqual(nothing?.payload, { ...RECORD, deployed: {} });
  assert.deepEqual(cut?.payload, { version: 1, as_of: B, owed: large.owed });
  assert.equal(cut?.description?.length, 140);
});

Deno.test("writeRecord() packs a record that is too large, and readRecord() reads it", async () => {
  await using fake = new FakeGitHub();
  const { github } = connectTo(fake);
  const record = owing(1_500);
  const [, ...others] = record.owed;
  const asked = { ...OWED, release: "hub-0", base: A, outcome: "blocked", asked: true } as const;
  await writeRecord(github, { ...NEW, record: { ...record, owed: [asked, ...others] } });
  const [stored] = fake.deployments.all;
  assert.equal(Object(stored?.payload).version, 2);
  const read = await readRecord(github, { environment: "hubs" });
  assert.deepEqual(read?.record, { version: 1, as_of: B, owed: [asked, ...others] });
});

Deno.test("writeRecord() writes nothing where that is too large still", async () => {
  await using fake = new FakeGitHub();
  assert.match(
    await writeFailure(fake, { record: owing(9_000) }),
    /^Cannot write the ledger .*: its 9000 owed releases take \d+ bytes, expected at most 60000; nothing is written, so the record before holds/,
  );
  assert.equal(fake.requests.length, 0);
});

Deno.test("the fake's deployments are what GitHub describes", async () => {
  await using fake = new FakeGitHub();
  await writeRecord(connectTo(fake).github, NEW);
  const headers = { authorization: `Bearer ${TOKEN}` };
  const root = `/repos/${fake.repository}/deployments`;
  for (
    const [method, path, body] of [
      ["GET", root, null],
      ["POST", root, { ref: A, payload: "text", description: "by hand" }],
      ["POST", `${root}/301/statuses`, { state: "success", log_url: NEW.logUrl }],
    ] as const
  ) {
    const init = { method, headers, body: body && JSON.stringify(body) };
    const response = await fetch(`${fake.url}${path}`, init);
    const { status } = response;
    assert.equal(wrongAnswer({ method, path, status, answer: await response.json() }), undefined);
  }
});
