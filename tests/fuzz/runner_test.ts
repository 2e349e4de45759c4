import assert from "node:assert/strict";
import fc from "fast-check";
import { runChunks } from "./pool.ts";
import { type FuzzReport, runTarget } from "./run_target.ts";
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
    open: () => Promise.resolve({ check }),
  });
  return runTarget(numbers, { seed: 1, cases: 100, ...options });
}

Deno.test("runTarget() counts what is accepted and what is refused", async () => {
  const report = await fuzz((input) => Promise.resolve(input % 2 === 0 ? "accepted" : "refused"));
  assert.equal(report.failure, undefined);
  assert.equal(report.cases, 100);
  assert.equal(report.ended.accepted + report.ended.refused, 100);
  assert.ok(report.ended.accepted > 0 && report.ended.refused > 0);
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

Deno.test("runTarget() finds a case that blocks for too long", async () => {
  const { failure } = await fuzz(() => {
    const end = performance.now() + 20;
    while (performance.now() < end);
    return Promise.resolve("accepted");
  }, { limitMs: 5 });
  assert.match(failure?.error ?? "", /the case took \d+ ms/);
});

Deno.test("runTarget() finds a failing promise that nobody waits for", async () => {
  const { failure } = await fuzz(() => {
    Promise.reject(new Error("late"));
    return Promise.resolve("accepted");
  });
  assert.match(failure?.error ?? "", /nobody waited for Error: late/);
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

Deno.test("runChunks() stops a worker in an endless loop, and shows its case", async () => {
  const texts = target({
    name: "texts",
    share: 1,
    cases: fc.string(),
    open: () => Promise.reject(new Error("only the worker runs cases")),
  });
  const started: number[] = [];
  const [report] = await runChunks([{ target: "texts", seed: 5, cases: 10 }], {
    targets: [texts],
    workers: 1,
    module: new URL("./hanging_worker.ts", import.meta.url),
    silenceMs: 5_000,
    onCase: () => started.push(started.length),
  });
  assert.deepEqual(started, [0, 1, 2, 3]);
  assert.match(report?.failure?.error ?? "", /no sign of life/);
  const seen: string[] = [];
  await fc.check(
    fc.asyncProperty(fc.string(), (text) => Promise.resolve(void seen.push(fc.stringify(text)))),
    { seed: 5, numRuns: 10 },
  );
  assert.deepEqual([report?.failure?.path, report?.failure?.counterexample], ["3", seen[3]]);
});
