import assert from "node:assert/strict";
import fc from "fast-check";
import { Lane } from "./lane.ts";
import { type FuzzReport, runTarget, write } from "./run_target.ts";
import { type Ended, target } from "./target.ts";

/** Runs cases of whole numbers. */
function fuzz(
  check: (input: number) => Promise<Ended>,
  options: { readonly path?: string; readonly limitMs?: number } = {},
): Promise<FuzzReport> {
  const numbers = target({
    name: "numbers",
    share: 1,
    cases: fc.nat(100_000),
    open: () => check,
  });
  return runTarget(numbers, { seed: 1, cases: 100, ...options });
}

Deno.test("runTarget() counts what is accepted and what is refused", async () => {
  const { failure, cases, ended } = await fuzz((input) =>
    Promise.resolve(input % 2 === 0 ? "accepted" : "refused")
  );
  assert.deepEqual([failure, cases, ended.accepted + ended.refused], [undefined, 100, 100]);
  assert.ok(ended.accepted > 0 && ended.refused > 0);
});

Deno.test("runTarget() finds the smallest case that fails, and comes back to it", async () => {
  const check = (input: number) =>
    input >= 1_234 ? Promise.reject(new Error("too large")) : Promise.resolve("refused" as const);
  const { failure } = await fuzz(check);
  assert.equal(failure?.counterexample, "1234");
  assert.match(failure?.error ?? "", /too large/);
  const again = await fuzz(check, { path: failure?.path ?? "" });
  assert.equal(again.failure?.counterexample, "1234");
});

Deno.test("runTarget() finds a case that never ends", async () => {
  const { failure } = await fuzz(() => new Promise(() => {}), { limitMs: 5 });
  assert.match(failure?.error ?? "", /no end within 5 ms/);
});

Deno.test("runTarget() finds a failing promise that nothing waits for", async () => {
  const { failure } = await fuzz(() => {
    Promise.reject(new Error("late"));
    return Promise.resolve("accepted");
  });
  assert.match(failure?.error ?? "", /nothing waited for Error: late/);
});

Deno.test("runTarget() finds a case that changes what every object has", async () => {
  const prototype = Object.prototype as { polluted?: number };
  try {
    const { failure } = await fuzz(() => {
      prototype.polluted = 1;
      return Promise.resolve("accepted");
    });
    assert.match(failure?.error ?? "", /Object\.prototype has polluted/);
  } finally {
    delete prototype.polluted;
  }
});

Deno.test("Lane.run() stops a worker in an endless loop, and shows its case", async () => {
  const texts = target({
    name: "texts",
    share: 1,
    cases: fc.string(),
    open: () => assert.fail("only the worker runs cases"),
  });
  let started = 0;
  using lane = new Lane({
    module: new URL("./hanging_worker.ts", import.meta.url),
    onCase: () => started++,
    // Until it is in its loop it has all the time that a busy machine takes.
    get silenceMs() {
      return started < 4 ? 60_000 : 50;
    },
  });
  const { failure, cases } = await lane.run(texts, { seed: 5, cases: 10 });
  assert.match(failure?.error ?? "", /no sign of life/);
  const [, , , fourth] = fc.sample(fc.string(), { seed: 5, numRuns: 4 });
  assert.deepEqual([cases, failure?.path, failure?.counterexample], [4, "3", write(fourth)]);
});
