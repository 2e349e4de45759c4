import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { bump } from "../cli/pinned_repository.ts";
import { ROOT, Sandbox } from "../cli/sandbox.ts";
import { runDeno } from "../run_program.ts";

const COMMIT = "b".repeat(40);
const CI = ".github/workflows/ci.yaml";
const EXAMPLE = "examples/infrastructure/.github/workflows";
const DEPLOY = `${EXAMPLE}/deploy-hubs.yaml`;
const LOCK = "actions.lock.json";

/** A copy of what scripts of this repository read. */
async function copyOfHubwright(): Promise<Sandbox> {
  const copy = await Sandbox.create();
  const paths = [
    ...[".github", LOCK, "deno.json", "deno.lock", "dist", "docs", "examples", "mod.ts"],
    ...["scripts", "src", "workflows"],
  ];
  for (const path of paths) {
    await cp(`${ROOT}/${path}`, copy.join(path), { recursive: true, verbatimSymlinks: true });
  }
  return copy;
}

/** Runs a script with the permissions of its task. */
const run = (cwd: string, script: "generate" | "pins", ...args: readonly string[]) =>
  runDeno(["run", `-P=${script}`, `scripts/own_${script}.ts`, ...args], { cwd });

Deno.test("deno task pins --adopt adopts what a dependency bot bumped", async (t) => {
  await using copy = await copyOfHubwright();
  const generated = Object.keys(await copy.snapshot())
    .filter((path) => /^examples\/[^/]+\/\.github\/workflows\/.*\.yaml$/.test(path));
  assert.ok(generated.includes(DEPLOY) && generated.length > 8);
  const files = [CI, LOCK, ...generated];
  const before = await Promise.all(files.map(async (path) => [path, await copy.read(path)]));
  const lock = await copy.read(LOCK);
  const bumpIn = async (path: string, name: string, to = `${COMMIT} # v90.0.0`) =>
    await copy.write(path, bump(await copy.read(path), name, to));
  const step = (what: string, test: () => Promise<void>) =>
    t.step(what, async () => {
      for (const [path = "", text = ""] of before) await copy.write(path, text);
      await test();
    });

  await step("in hubwright's own workflows and in those of the examples", async () => {
    for (const path of [CI, ...generated]) {
      for (const name of ["actions/checkout", "denoland/setup-deno"]) await bumpIn(path, name);
    }
    const drift = await run(copy.path, "generate", "--check");
    assert.equal(drift.code, 1);
    assert.match(drift.err, /ci\.yaml:\d+: .* run "deno task pins --adopt" to keep these/);
    const { code, out, err } = await run(copy.path, "pins", "--adopt");
    assert.equal(code, 0, err);
    assert.match(
      out,
      /^actions\/checkout: v\S+ -> v90\.0\.0 \(b+\)\ndenoland\/setup-deno: v\S+ -> v90/,
    );
    const adopted = JSON.parse(await copy.read(LOCK));
    assert.deepEqual(adopted["actions/checkout"], { version: "v90.0.0", commit: COMMIT });
    assert.deepEqual(Object.keys(adopted), Object.keys(JSON.parse(lock)));
    assert.equal((await run(copy.path, "generate", "--check")).code, 0);
  });

  await step("in its own CI alone, and says what follows", async () => {
    await bumpIn(CI, "actions/checkout");
    const { code, out, err } = await run(copy.path, "pins", "--adopt");
    assert.equal(code, 1);
    assert.match(out, /Wrote actions\.lock\.json\n/);
    assert.equal(err.includes("ci.yaml"), false, err);
    assert.match(err, /deploy-hubs\.yaml:\d+: Cannot accept it: .*; run "deno task generate"\n/);
    assert.equal((await run(copy.path, "generate")).code, 0);
    assert.match(await copy.read(DEPLOY), /checkout@b{40} # v90\.0\.0\n/);
  });

  await step("but not to different commits in two folders", async () => {
    await bumpIn(CI, "actions/checkout");
    for (const path of generated) {
      await bumpIn(path, "actions/checkout", `${"c".repeat(40)} # v91.0.0`);
    }
    const { code, err } = await run(copy.path, "pins", "--adopt");
    assert.equal(code, 1);
    assert.match(
      err,
      /Cannot adopt actions\/checkout at v91\.0\.0 .*: it is at v90\.0\.0 .* folder/,
    );
    assert.equal(await copy.read(LOCK), lock);
  });
});

Deno.test("deno task pins lists the actions of hubwright's own workflows and of the example's", async () => {
  const { code, out } = await run(ROOT, "pins");
  assert.equal(code, 0);
  for (const name of ["actions/checkout", "actions/upload-artifact", "denoland/setup-deno"]) {
    assert.match(out, new RegExp(`│ ${name} +│ v[\\d.]+ +│ [0-9a-f]{40} │ actions\\.lock\\.json`));
  }
});
