import assert from "node:assert/strict";
import { Progress } from "../../src/io/progress.ts";

/** A terminal, or none, and a clock that tests set. */
function output(terminal: boolean) {
  const written: string[] = [];
  const clock = { now: 0 };
  return {
    written,
    clock,
    start: () =>
      new Progress({ err: (text) => void written.push(text), terminal }, () => clock.now),
  };
}

Deno.test("Progress shows nothing in the first second, and leaves nothing then", () => {
  const { written, clock, start } = output(true);
  {
    using progress = start();
    clock.now = 999;
    progress.at("one");
  }
  assert.deepEqual(written, []);
});

Deno.test("Progress shows a line, the next in its place, and takes it away at the end", () => {
  const { written, clock, start } = output(true);
  {
    using progress = start();
    clock.now = 1000;
    progress.at("one");
    clock.now = 1100;
    progress.at("two");
  }
  assert.deepEqual(written, ["\r\x1b[Kone", "\r\x1b[Ktwo", "\r\x1b[K"]);
});

Deno.test("Progress shows at most ten lines a second", () => {
  const { written, clock, start } = output(true);
  {
    using progress = start();
    for (clock.now = 1000; clock.now < 2000; clock.now += 3) progress.at(`${clock.now}`);
  }
  assert.ok(written.length > 5 && written.length <= 11, `${written.length}`);
});

Deno.test("Progress takes the line away where the work fails", () => {
  const { written, clock, start } = output(true);
  assert.throws(() => {
    using progress = start();
    clock.now = 1000;
    progress.at("one");
    throw new Error("failed");
  });
  assert.deepEqual(written, ["\r\x1b[Kone", "\r\x1b[K"]);
});

Deno.test("Progress shows nothing where there is no terminal", () => {
  const { written, clock, start } = output(false);
  {
    using progress = start();
    clock.now = 5000;
    progress.at("one");
  }
  assert.deepEqual(written, []);
});
