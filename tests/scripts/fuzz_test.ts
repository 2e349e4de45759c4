import assert from "node:assert/strict";
import { runDeno } from "../run_program.ts";

/** Runs the script with the permissions of its task. */
const fuzz = (...args: readonly string[]) =>
  runDeno(["run", "-P=fuzz", "--no-prompt", "scripts/fuzz.ts", ...args]);

Deno.test("fuzz.ts runs cases of every target in workers, with the permissions of its task", async () => {
  const { code, out, err } = await fuzz("--cases=20", "--seed=1", "--workers=1");
  assert.equal(code, 0, `${out}${err}`);
  const rows = out.match(/^│ .* │ +[1-9]\d* +│ +\d+ +│ +\d+ +│ +0 +│$/gm) ?? [];
  assert.ok(rows.length >= 10, out);
  assert.match(out, /\n\d+ cases, seed 1, 0 failures\n$/);
});

Deno.test("fuzz.ts comes back to one case", async () => {
  const { code, out } = await fuzz("--target=command lines", "--seed=5", "--path=3");
  assert.equal(code, 0, out);
  assert.match(out, /│ command lines +│ +1 +│/);
});

Deno.test("fuzz.ts answers a wrong command line", async () => {
  const { code, out } = await fuzz("--cases", "many");
  assert.equal(code, 2, out);
  assert.match(out, /^Cannot read the command line: expected a whole number, found "many"\n$/);
});
