import assert from "node:assert/strict";
import { UnreadableLog } from "../../src/replay/unreadable_log.ts";

const wrong = (file: string, message = "Cannot parse it") => ({ file, message });

Deno.test("UnreadableLog says from when to when something could not be read", () => {
  const log = new UnreadableLog();
  log.add("1", [wrong("a")]);
  log.add("2", [wrong("b"), wrong("a")]);
  log.add("3", [wrong("b")]);
  log.add("4", []);
  assert.deepEqual(log.reports, [
    { ...wrong("a"), first: "1", last: "2", pushes: 2 },
    { ...wrong("b"), first: "2", last: "3", pushes: 2 },
  ]);
  assert.equal(log.pushes, 3);
});

Deno.test("UnreadableLog begins anew after a file was fixed, or is wrong in another way", () => {
  const log = new UnreadableLog();
  log.add("1", [wrong("a")]);
  log.add("2", []);
  log.add("3", [wrong("a")]);
  log.add("4", [wrong("a", "Cannot find it")]);
  assert.deepEqual(log.reports, [
    { ...wrong("a"), first: "1", last: "1", pushes: 1 },
    { ...wrong("a"), first: "3", last: "3", pushes: 1 },
    { ...wrong("a", "Cannot find it"), first: "4", last: "4", pushes: 1 },
  ]);
});
