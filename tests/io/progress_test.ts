import assert from "node:assert/strict";
import { Progress } from "../../src/io/progress.ts";

/** What is written while a clock goes on and lines come; the work fails where `fails` says so. */
function written(
  lines: readonly (readonly [now: number, line: string])[],
  { terminal = true, fails = false } = {},
): string[] {
  const found: string[] = [];
  let clock = 0;
  try {
    using progress = new Progress(
      { err: (text) => void found.push(text), terminal },
      () => clock,
    );
    for (const [now, line] of lines) {
      clock = now;
      progress.at(line);
    }
    if (fails) throw new Error("failed");
  } catch (error) {
    assert.ok(fails, String(error));
  }
  return found;
}

Deno.test("Progress shows a line after a second, the next in its place, and takes it away at the end", () => {
  const lines = [[999, "none"], [1000, "one"], [1100, "two"]] as const;
  for (const fails of [false, true]) {
    assert.deepEqual(written(lines, { fails }), ["\r\x1b[Kone", "\r\x1b[Ktwo", "\r\x1b[K"]);
  }
  assert.deepEqual(written(lines.slice(0, 1)), []);
  assert.deepEqual(written(lines, { terminal: false }), []);
});

Deno.test("Progress shows at most ten lines a second", () => {
  const lines = Array.from({ length: 333 }, (_, index) => [1000 + 3 * index, "line"] as const);
  const { length } = written(lines);
  assert.ok(length > 5 && length <= 11, `${length}`);
});
