import assert from "node:assert/strict";
import fc from "fast-check";
import { Lane } from "./lane.ts";
import { type FuzzOptions, runTarget, write } from "./run_target.ts";
import { type Check, target } from "./target.ts";

function fuzz(check: Check<number>, options: Partial<FuzzOptions> = {}) {
  const numbers = { name: "numbers", share: 1, cases: fc.nat(100_000), open: () => check };
  return runTarget(target(numbers), { seed: 1, cases: 100, ...options });
}

Deno.test("runTarget() counts what is accepted and what is refused", async () => {
  const { failure, cases, ended } = await fuzz((input) =>
    Promise.resolve(input % 2 === 0 ? "accepted" : "refused")
  );
  assert.deepEqual([failure, cases, ended.accepted + ended.refused], [undefined, 100, 100]);
  assert.ok(ended.accepted > 0 && ended.refused > 0);
});

Deno.test("runTarget() finds the smallest case that fails, and comes back to it", async () => {
  const check: Check<number> = (input) =>
    input >= 1_234 ? Promise.reject(new Error("too large")) : Promise.resolve("refused");
  const { failure } = await fuzz(check);
  assert.equal(failure?.counterexample, "1234");
  assert.match(failure?.error ?? "", /too large/);
  const again = await fuzz(check, { path: failure?.path ?? "" });
  assert.equal(again.failure?.counterexample, "1234");
});

const prototype = Object.prototype as { polluted?: number };

const FAILING: readonly (readonly [what: string, check: Check<number>, error: RegExp])[] = [
  ["a case that never ends", () => new Promise(() => {}), /no end within 5 ms/],
  ["a failing promise that nothing waits for", () => {
    Promise.reject(new Error("late"));
    return Promise.resolve("accepted");
  }, /nothing waited for Error: late/],
  ["a case that changes what every object has", () => {
    prototype.polluted = 1;
    return Promise.resolve("accepted");
  }, /Object\.prototype has polluted/],
];

for (const [what, check, error] of FAILING) {
  Deno.test(`runTarget() finds ${what}`, async () => {
    const limitMs = what.includes("ends") ? 5 : 60_000;
    const { failure } = await fuzz(check, { limitMs }).finally(() => delete prototype.polluted);
    assert.match(failure?.error ?? "", error);
  });
}

Deno.test("Lane.run() stops a worker in an endless loop, and shows its case", async () => {
  const open = () => assert.fail("only the worker runs cases");
  const texts = target({ name: "texts", share: 1, cases: fc.string(), open });
  using lane = new Lane({
    module: new URL("./hanging_worker.ts", import.meta.url),
    // Until it is in its loop it has all the time that a busy machine takes.
    silenceMs: (begun) => begun < 4 ? 60_000 : 50,
  });
  const { failure, cases } = await lane.run(texts, { seed: 5, cases: 10 });
  assert.match(failure?.error ?? "", /no sign of life/);
  const [, , , fourth] = fc.sample(fc.string(), { seed: 5, numRuns: 4 });
  assert.deepEqual([cases, failure?.path, failure?.counterexample], [4, "3", write(fourth)]);
});
