import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url).pathname;

/** Runs the script with the permissions of its task. */
async function fuzz(...args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-P=fuzz", "--no-prompt", "scripts/fuzz.ts", ...args],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

Deno.test("fuzz.ts runs cases of every target in workers, with the permissions of its task", async () => {
  const { code, out, err } = await fuzz("--cases", "60", "--seed", "1", "--workers=2");
  assert.equal(code, 0, `${out}${err}`);
  assert.match(out, /^\d+ cases, seed 1, 2 workers\n/);
  const rows = out.split("\n").filter((line) =>
    / │ +[1-9]\d* +│ +\d+ +│ +\d+ +│ +0 +│ /.test(line)
  );
  assert.ok(rows.length >= 11, out);
  assert.match(out, /\n\d+ cases in \d+ s, 0 failures\n$/);
});

Deno.test("fuzz.ts comes back to one case", async () => {
  const { code, out } = await fuzz("--target=labels, for plan", "--seed=5", "--path=3");
  assert.equal(code, 0, out);
  assert.match(out, /│ labels, for plan +│ 1 +│/);
});

Deno.test("fuzz.ts answers a wrong command line", async () => {
  const answers = await Promise.all([fuzz("--cases", "many"), fuzz("--target", "nothing")]);
  for (const { code, out } of answers) {
    assert.equal(code, 2, out);
    assert.match(out, /^Cannot /);
  }
});
