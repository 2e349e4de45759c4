import assert from "node:assert/strict";
import { loadLock, parseLock, readLock } from "../../src/config/lock_file.ts";
import { findPin } from "../../src/workflow/lock.ts";
import { OWN_PINS } from "../../src/workflow/own_lock.ts";
import { Sandbox } from "../cli/sandbox.ts";

const COMMIT = "c".repeat(40);
const LOCK = JSON.stringify({
  "actions/checkout": { version: "v9.0.0", commit: COMMIT },
  "owner/name": { version: "v1", commit: COMMIT },
});

Deno.test("loadLock() lets the repository's lock win over hubwright's, action by action", async () => {
  await using folder = await Sandbox.create({ "actions.lock.json": LOCK });
  const lock = await loadLock(folder.path);
  assert.deepEqual(findPin(lock, "actions/checkout"), {
    version: "v9.0.0",
    commit: COMMIT,
    source: "repository",
  });
  assert.equal(findPin(lock, "owner/name")?.source, "repository");
  assert.deepEqual(findPin(lock, "denoland/setup-deno"), {
    ...OWN_PINS.get("denoland/setup-deno"),
    source: "hubwright",
  });
  for (const name of ["owner/other", "toString", "__proto__", "Actions/Checkout"]) {
    assert.equal(findPin(lock, name), undefined);
  }
});

Deno.test("loadLock() takes hubwright's lock where the repository has none", async () => {
  await using folder = await Sandbox.create();
  assert.equal(await readLock(folder.path), undefined);
  const lock = await loadLock(folder.path);
  assert.deepEqual(lock, parseLock(undefined));
  assert.deepEqual(lock.hubwright, OWN_PINS);
  assert.equal(lock.repository.size, 0);
});

Deno.test("loadLock() says where the lock is wrong, or cannot be read", async () => {
  await using folder = await Sandbox.create({ "actions.lock.json": "{\n  oops\n}" });
  await assert.rejects(loadLock(folder.path), {
    name: "UserError",
    message: "actions.lock.json:2:3: Cannot parse it as JSON: expected property name or '}', " +
      'found "o"',
  });
  await Deno.remove(folder.join("actions.lock.json"));
  await Deno.mkdir(folder.join("actions.lock.json"));
  await assert.rejects(loadLock(folder.path), {
    name: "UserError",
    message: /^actions\.lock\.json: Cannot read it: [^\n]+$/,
  });
});
