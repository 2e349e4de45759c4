/** A git that is missing, too old, killed or at odds with its repository. */
import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { runHubwright } from "../cli/process.ts";
import { committedRepository, earth } from "../cli/repository.ts";
import { Sandbox } from "../cli/sandbox.ts";

const PROD = earth("prod.values.yaml");

/** The end of the message where the repository is not at fault. */
const INSTEAD = /, or give the changed files with --changed-files or --changed-files-from\n$/;

/** Plans a push, as in a workflow. It has to end with one line, and leave no output and no plan. */
async function complaint(
  repo: string,
  { base, path }: { readonly base: string; readonly path?: string },
): Promise<string> {
  await using step = await Sandbox.create({ output: "", summary: "" });
  const args = ["plan", "--base", base, "--head=HEAD", "--plan-file", step.join("plan.json")];
  const env = { GITHUB_OUTPUT: step.join("output"), GITHUB_STEP_SUMMARY: step.join("summary") };
  const { code, out, err } = path === undefined
    ? await hubwright([...args, "--repo", repo], { env })
    : await runHubwright({ cwd: repo, args, env: { ...env, PATH: path } });
  assert.deepEqual({ code, out }, { code: 1, out: "" }, err);
  assert.equal(err.trimEnd().split("\n").length, 1, err);
  assert.deepEqual(await step.snapshot(), { output: "", summary: "" });
  return err;
}

/**
 * A folder for the PATH whose git is a script, with the real one behind it. The PATH of this process is
 * that of all tests, so it goes to a process of its own.
 */
async function fakeGit(script: string): Promise<Sandbox> {
  const path = Deno.env.get("PATH");
  const text = `#!/bin/bash\nPATH=${path}\n${script}\nexec git "$@"\n`;
  const folder = await Sandbox.create({ git: text });
  await Deno.chmod(folder.join("git"), 0o755);
  return folder;
}

const search = (folder: Sandbox) => `${folder.path}:${Deno.env.get("PATH")}`;

/** What git 2.20 says to what it does not know. */
const OLD = 'for word; do case "$word" in\nversion) echo git version 2.20.1; exit 0;;\n' +
  '--end-of-options) echo "error: invalid option: $word" >&2; exit 129;;\nesac; done';
const TOO_OLD = /expected git 2\.30 or newer, found 2\.20\.1: install a newer one/;
const KILLED = /^Cannot ask git what changed in ".*": SIGKILL ended it; /;

/** What git does, the commit before the change, and what is said. */
const FAILING: Readonly<Record<string, readonly [script: string, base: string, says: RegExp]>> = {
  "is too old for a new branch": [OLD, "0".repeat(40), TOO_OLD],
  "is killed while it compares": ['[[ " $* " != *" diff "* ]] || kill -KILL $$', "HEAD^", KILLED],
  "is killed while it looks for a commit": [
    '[[ " $* " != *" rev-parse "* ]] || kill -KILL $$',
    "HEAD^",
    KILLED,
  ],
  "fails and says nothing": [
    '[[ " $* " != *" diff "* ]] || exit 3',
    "HEAD^",
    /^Cannot ask git what changed in ".*": it ended with exit code 3; look for damage with "git /,
  ],
};

for (const [what, [script, base, says]] of Object.entries(FAILING)) {
  Deno.test(`plan plans nothing where git ${what}`, async () => {
    await using folder = await committedRepository(PROD);
    await using git = await fakeGit(script);
    const line = await complaint(folder.path, { base, path: search(git) });
    assert.match(line, says);
    assert.match(line, INSTEAD);
  });
}

Deno.test("plan says where there is no git", async () => {
  await using folder = await committedRepository(PROD);
  const line = await complaint(folder.path, { base: "HEAD^", path: "/nowhere" });
  assert.match(line, /^Cannot start git: expected it on the PATH; install it/);
  assert.match(line, INSTEAD);
});

for (const line of ["explain earth --base=HEAD^", "replay", "simulate --base=HEAD^"]) {
  Deno.test(`${line} ends with one line wherever git is killed`, async () => {
    await using folder = await committedRepository(PROD);
    await using counter = await Sandbox.create();
    const [count, most] = [counter.join("count"), counter.join("most")];
    await using git = await fakeGit(
      `printf x >> "${count}"; read most < "${most}"\n` +
        `(( $(wc -c < "${count}") <= most )) || kill -KILL $$`,
    );
    // From the first one on, the second or fourth, and so on, until a run has fewer.
    const step = line.startsWith("simulate") ? 3 : 1;
    let killed = 0;
    for (; killed < 30; killed += step) {
      await Deno.writeTextFile(count, "");
      await Deno.writeTextFile(most, `${killed}\n`);
      const env = { PATH: search(git) };
      const { code, err } = await runHubwright({ cwd: folder.path, args: line.split(" "), env });
      if ((await Deno.readTextFile(count)).length <= killed) break;
      assert.ok(code < 2, err);
      if (code === 1) assert.doesNotMatch(err, /This is a bug|^ {4}at /m);
    }
    assert.ok(killed > 3, `git was run ${killed} times`);
  });
}

/** An object whose file is replaced, or deleted where there is no text for it. */
const DAMAGE: Readonly<Record<string, readonly [object: string, text?: string]>> = {
  "a tree is missing": ["HEAD^:config"],
  "a tree is empty": ["HEAD^:config", ""],
  "the commit before is damaged": ["HEAD^", "no object"],
  "the commit before is empty": ["HEAD^", ""],
};

for (const [what, [object, text]] of Object.entries(DAMAGE)) {
  Deno.test(`plan plans nothing, rather than everything, where ${what}`, async () => {
    await using folder = await committedRepository(PROD);
    const { before } = folder;
    const id = await folder.git("rev-parse", object);
    const file = folder.join(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`);
    await Deno.remove(file);
    if (text !== undefined) await Deno.writeTextFile(file, text);
    const line = await complaint(folder.path, { base: before });
    assert.match(line, /^Cannot ask git what changed in ".*": .*; look for damage with "git fsck"/);
    assert.match(line, INSTEAD);
  });
}

Deno.test("plan says what a clone lacks that is too shallow", async () => {
  await using folder = await committedRepository(PROD);
  const { before } = folder;
  await using clone = await Sandbox.create();
  await clone.git("clone", "--quiet", "--depth=1", `file://${folder.path}`, "clone");
  const repo = clone.join("clone");
  assert.match(
    await complaint(repo, { base: "HEAD^1" }),
    /^Cannot find the commit --base "HEAD\^1": .*\(this clone is shallow: fetch more of its history\)/,
  );
  // What was there before a push may be gone for good: everything is planned.
  const { code, out, err } = await hubwright([
    ...["plan", "--repo", repo, "--base", before, "--format=json"],
  ]);
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  const plan = JSON.parse(out);
  assert.equal(plan.prod.length, 2);
  assert.match(plan.prod[0].reason, /in a shallow clone it was not fetched/);
});

Deno.test("plan says how to trust a repository of another user", {
  ignore: Deno.build.os === "windows" || Deno.uid() !== 0,
}, async () => {
  await using folder = await committedRepository(PROD);
  const { before } = folder;
  for (const path of ["", ".git"]) await Deno.chown(folder.join(path), 65_534, 65_534);
  assert.equal(
    await complaint(folder.path, { base: before }),
    `Cannot ask git what changed in "${folder.path}": detected dubious ownership in repository ` +
      `at '${folder.path}'; if you trust its owner, run "git config --global --add ` +
      `safe.directory ${folder.path}"\n`,
  );
});

Deno.test("plan looks at the repository that it is told to, whatever a git hook has set", async () => {
  await using folder = await committedRepository(PROD);
  await using other = await committedRepository("README.md");
  const { code, out, err } = await runHubwright({
    cwd: other.path,
    args: ["plan", "--repo", folder.path, "--base", "HEAD^", "--format", "json"],
    env: {
      GIT_DIR: other.join(".git"),
      GIT_WORK_TREE: other.path,
      GIT_INDEX_FILE: other.join(".git/index"),
      GIT_PREFIX: "config/",
    },
  });
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assert.equal(JSON.parse(out).prod.length, 1);
});
