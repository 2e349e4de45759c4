/** A git that is missing, too old, killed or at odds with its repository. */
import assert from "node:assert/strict";
import { runHubwright } from "../cli/process.ts";
import { committedRepository, earth } from "../cli/repository.ts";
import { Sandbox } from "../cli/sandbox.ts";

const PROD = earth("prod.values.yaml");

/** A planned step that a fault of git's meets. */
interface Fault {
  /** The repository; its last commit changes one hub. */
  readonly folder: Pick<Sandbox, "path">;
  readonly before: string;
  readonly after: string;
}

/** The end of the message where the repository is not at fault. */
const INSTEAD = /, or give the changed files with --changed-files or --changed-files-from\n$/;

/** Plans a push, as in a workflow. It has to end with one line, and leave no output and no plan. */
async function complaint(
  { folder, before, after }: Fault,
  { base = before, head = after, path = "" }: {
    readonly base?: string;
    readonly head?: string;
    readonly path?: string;
  } = {},
): Promise<string> {
  await using step = await Sandbox.create({ output: "", summary: "" });
  const { code, out, err } = await runHubwright({
    cwd: folder.path,
    args: [
      "plan",
      ...["--base", base, "--head", head, "--plan-file", step.join("plan.json")],
    ],
    env: {
      GITHUB_OUTPUT: step.join("output"),
      GITHUB_STEP_SUMMARY: step.join("summary"),
      ...(path === "" ? {} : { PATH: path }),
    },
  });
  assert.deepEqual({ code, out }, { code: 1, out: "" }, err);
  assert.equal(err.trimEnd().split("\n").length, 1, err);
  assert.deepEqual(await step.snapshot(), { output: "", summary: "" });
  return err;
}

/** A folder for the PATH whose git is a script, with the real one behind it. */
async function fakeGit(script: string): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await Sandbox.create();
  await folder.write(
    "git",
    `#!/bin/bash\nPATH=${Deno.env.get("PATH")}\n${script}\nexec git "$@"\n`,
  );
  await Deno.chmod(folder.join("git"), 0o755);
  return {
    path: `${folder.path}:${Deno.env.get("PATH")}`,
    [Symbol.asyncDispose]: () => Promise.resolve(folder[Symbol.asyncDispose]()),
  };
}

/** Deletes or damages the file of an object. */
async function damage(folder: Sandbox, name: string, text?: string): Promise<void> {
  const id = await folder.git("rev-parse", name);
  const file = folder.join(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`);
  await Deno.remove(file);
  if (text !== undefined) await Deno.writeTextFile(file, text);
}

Deno.test("plan says where there is no git", async () => {
  const fault = await committedRepository(PROD);
  await using _ = fault.folder;
  assert.match(
    await complaint(fault, { path: "/nowhere" }),
    /^Cannot start git: expected it on the PATH; install it, or give the changed files /,
  );
});

Deno.test("plan says where git is too old", async () => {
  const fault = await committedRepository(PROD);
  await using _ = fault.folder;
  // What git 2.20 says to what it does not know.
  await using old = await fakeGit(
    'for word; do case "$word" in\n' +
      "version) echo git version 2.20.1; exit 0;;\n" +
      '--end-of-options) echo "error: invalid option: $word" >&2; exit 129;;\nesac; done',
  );
  for (const base of [fault.before, "0".repeat(40), "HEAD^"]) {
    const line = await complaint(fault, { base, path: old.path });
    assert.match(line, /expected git 2\.30 or newer, found 2\.20\.1: install a newer one/);
    assert.match(line, INSTEAD);
  }
});

for (const command of ["diff", "rev-parse"]) {
  Deno.test(`plan plans nothing where git ${command} is killed`, async () => {
    const fault = await committedRepository(PROD);
    await using _ = fault.folder;
    await using killed = await fakeGit(`[[ " $* " != *" ${command} "* ]] || kill -KILL $$`);
    const line = await complaint(fault, { path: killed.path });
    assert.match(line, /^Cannot ask git what changed in "\.": SIGKILL ended it; /);
  });
}

Deno.test("plan plans nothing where git fails and says nothing", async () => {
  const fault = await committedRepository(PROD);
  await using _ = fault.folder;
  await using failing = await fakeGit('[[ " $* " != *" diff "* ]] || exit 3');
  assert.match(
    await complaint(fault, { path: failing.path }),
    /^Cannot ask git what changed in "\.": it ended with exit code 3; look for damage with "git /,
  );
});

/** An object whose file is replaced, or deleted where there is no text for it. */
const DAMAGE: Readonly<Record<string, readonly [object: string, text?: string]>> = {
  "a tree is missing": ["HEAD^:config"],
  "a tree is empty": ["HEAD^:config", ""],
  "the commit before is damaged": ["HEAD^", "no object"],
  "the commit before is empty": ["HEAD^", ""],
};

for (const [what, [object, text]] of Object.entries(DAMAGE)) {
  Deno.test(`plan plans nothing, rather than everything, where ${what}`, async () => {
    const fault = await committedRepository(PROD);
    await using _ = fault.folder;
    await damage(fault.folder, object, text);
    const line = await complaint(fault);
    assert.match(line, /^Cannot ask git what changed in "\.": .*; look for damage with "git fsck"/);
    assert.match(line, INSTEAD);
  });
}

Deno.test("plan says what a clone lacks that is too shallow for a pull request", async () => {
  const { folder, after } = await committedRepository(PROD);
  await using _ = folder;
  await using clone = await Sandbox.create();
  await clone.git("clone", "--quiet", "--depth=1", `file://${folder.path}`, "clone");
  assert.match(
    await complaint({ folder: { path: clone.join("clone") }, before: "HEAD^1", after }),
    /^Cannot find the commit --base "HEAD\^1": .*\(this clone is shallow: fetch more of its history\)/,
  );
});

Deno.test("plan plans everything, and says why, where a shallow clone lacks the commit before a push", async () => {
  const { folder, before } = await committedRepository(PROD);
  await using _ = folder;
  await using clone = await Sandbox.create();
  await clone.git("clone", "--quiet", "--depth=1", `file://${folder.path}`, "clone");
  const { code, out, err } = await runHubwright({
    cwd: clone.join("clone"),
    args: ["plan", "--base", before, "--format", "json"],
  });
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  const plan = JSON.parse(out);
  assert.equal(plan.prod.length, 2);
  assert.match(plan.prod[0].reason, /in a shallow clone it was not fetched/);
});

Deno.test("plan says how to trust a repository of another user", {
  ignore: Deno.build.os === "windows" || Deno.uid() !== 0,
}, async () => {
  const fault = await committedRepository(PROD);
  await using _ = fault.folder;
  for (const path of ["", ".git"]) await Deno.chown(fault.folder.join(path), 65_534, 65_534);
  assert.equal(
    await complaint(fault),
    'Cannot ask git what changed in ".": detected dubious ownership in repository at ' +
      `'${fault.folder.path}'; if you trust its owner, run "git config --global --add ` +
      `safe.directory ${fault.folder.path}"\n`,
  );
});
