import assert from "node:assert/strict";
import { readRecord, writeRecord } from "../../src/ledger/deployments.ts";
import type { LedgerRecord, OwedUpgrade } from "../../src/ledger/ledger_record.ts";
import { connectTo } from "../github/connected.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";

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
