import assert from "node:assert/strict";
import { UnreadableLog } from "../../src/replay/unreadable_log.ts";

Deno.test("UnreadableLog says from when to when something was wrong in the same way", () => {
  const log = new UnreadableLog();
  const wrong = (file: string, message = "Cannot parse it") => ({ file, message });
  log.add("1", [wrong("a")]);
  log.add("2", [wrong("b"), wrong("a")]);
  log.add("3", [wrong("b")]);
  log.add("4", []);
  log.add("5", [wrong("a")]);
  log.add("6", [wrong("a", "Cannot find it")]);
  assert.deepEqual(log.reports, [
    { ...wrong("a"), first: "1", last: "2", pushes: 2 },
    { ...wrong("b"), first: "2", last: "3", pushes: 2 },
    { ...wrong("a"), first: "5", last: "5", pushes: 1 },
    { ...wrong("a", "Cannot find it"), first: "6", last: "6", pushes: 1 },
  ]);
  assert.equal(log.pushes, 5);
});
