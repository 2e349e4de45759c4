import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { bump } from "../cli/pinned_repository.ts";
import { ROOT, Sandbox } from "../cli/sandbox.ts";

const COMMIT = "b".repeat(40);
const CI = ".github/workflows/ci.yaml";
const EXAMPLE = "examples/infrastructure/.github/workflows";

/** A copy of this repository in which everything is generated. */
async function copyOfHubwright(): Promise<Sandbox> {
  const copy = await Sandbox.create();
  const paths = [
    ...[".github", "actions.lock.json", "deno.json", "deno.lock", "dist", "docs", "examples"],
    ...["mod.ts", "scripts", "src", "workflows"],
  ];
  for (const path of paths) {
    await cp(`${ROOT}/${path}`, copy.join(path), { recursive: true, verbatimSymlinks: true });
  }
  await task(copy.path, "generate");
  return copy;
}

async function task(cwd: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", ...args],
    cwd,
    env: { NO_COLOR: "1", GITHUB_ACTIONS: "" },
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out ?? "", err: err ?? "" };
}

async function bumpIn(copy: Sandbox, path: string, name: string): Promise<void> {
  await copy.write(path, bump(await copy.read(path), name, `${COMMIT} # v90.0.0`));
}

Deno.test("deno task pins --adopt adopts a bump of hubwright's own workflows and of the example's", async () => {
  await using copy = await copyOfHubwright();
  for (
    const path of [CI, `${EXAMPLE}/deploy-hubs.yaml`, `${EXAMPLE}/comment-deployment-plan-pr.yaml`]
  ) {
    await bumpIn(copy, path, "actions/checkout");
    await bumpIn(copy, path, "denoland/setup-deno");
  }
  const drift = await task(copy.path, "generate", "--check");
  assert.equal(drift.code, 1);
  assert.match(drift.err, /ci\.yaml:\d+: .* run "deno task pins --adopt" to keep these/);

  const { code, out, err } = await task(copy.path, "pins", "--adopt");
  assert.equal(code, 0, err);
  assert.match(
    out,
    /^actions\/checkout: v\S+ -> v90\.0\.0 \(b+\)\ndenoland\/setup-deno: v\S+ -> v90/,
  );
  const lock = JSON.parse(await copy.read("actions.lock.json"));
  assert.deepEqual(lock["actions/checkout"], { version: "v90.0.0", commit: COMMIT });
  assert.deepEqual(
    Object.keys(lock),
    Object.keys(JSON.parse(await Deno.readTextFile(`${ROOT}/actions.lock.json`))),
  );
  assert.equal((await task(copy.path, "generate", "--check")).code, 0);
});

Deno.test("deno task pins --adopt adopts a bump of hubwright's own CI alone, and says what follows", async () => {
  await using copy = await copyOfHubwright();
  await bumpIn(copy, CI, "actions/checkout");
  const { code, out, err } = await task(copy.path, "pins", "--adopt");
  assert.equal(code, 1);
  assert.match(out, /Wrote actions\.lock\.json\n/);
  assert.equal(err.includes("ci.yaml"), false, err);
  assert.match(err, /deploy-hubs\.yaml:\d+: Cannot accept it: .*; run "deno task generate"\n/);
  assert.equal((await task(copy.path, "generate")).code, 0);
  assert.equal((await task(copy.path, "generate", "--check")).code, 0);
  assert.match(await copy.read(`${EXAMPLE}/deploy-hubs.yaml`), /checkout@b{40} # v90\.0\.0\n/);
});

Deno.test("deno task pins --adopt refuses what is bumped differently in two folders", async () => {
  await using copy = await copyOfHubwright();
  await bumpIn(copy, CI, "actions/checkout");
  for (const name of ["deploy-hubs", "comment-deployment-plan-pr"]) {
    const path = `${EXAMPLE}/${name}.yaml`;
    const text = await copy.read(path);
    await copy.write(path, bump(text, "actions/checkout", `${"c".repeat(40)} # v91.0.0`));
  }
  const before = await copy.read("actions.lock.json");
  const { code, err } = await task(copy.path, "pins", "--adopt");
  assert.equal(code, 1);
  assert.match(err, /Cannot adopt actions\/checkout at v91\.0\.0 .*: it is at v90\.0\.0 .* folder/);
  assert.equal(await copy.read("actions.lock.json"), before);
});

Deno.test("deno task pins lists the actions of hubwright's own workflows and of the example's", async () => {
  const { code, out } = await task(ROOT, "pins");
  assert.equal(code, 0);
  for (const name of ["actions/checkout", "actions/upload-artifact", "denoland/setup-deno"]) {
    assert.match(out, new RegExp(`│ ${name} +│ v[\\d.]+ +│ [0-9a-f]{40} │ actions\\.lock\\.json`));
  }
});
