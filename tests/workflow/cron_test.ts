import assert from "node:assert/strict";
import { isCron } from "../../src/workflow/cron.ts";

Deno.test("isCron() accepts the times that GitHub does", () => {
  const right = [
    "17 4 * * *",
    "*/15 0-6,12 1 JAN-mar MON,5",
    "0-59/5 0 31 12 6",
    "5/15 00 01 1 0",
  ];
  assert.deepEqual(right.filter((text) => !isCron(text)), []);
});

Deno.test("isCron() refuses times that are none", () => {
  const wrong = [
    "daily",
    "* * * *",
    "* * * * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * 7",
    "*/0 * * * *",
    "5-1 * * * *",
    "1-2-3 * * * *",
    ", * * * *",
    "FOO * * * *",
    "JAN * * * *",
    "* * * JAN- *",
    " * * * *",
  ];
  assert.deepEqual(wrong.filter(isCron), []);
});
