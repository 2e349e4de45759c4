import assert from "node:assert/strict";
import { type Change, readMergedChange, readPushedChange, WORKTREE } from "../../src/git/change.ts";
import { tempFolder } from "../temp_folder.ts";
import { userError } from "../user_error.ts";
import { fastImport, type FileChange } from "./fast_import.ts";
import { evalWithGit, gitModule } from "./stand_in.ts";
import { addOddSettings, AFTER, BEFORE, PATHS } from "./steps.ts";
import { type TempRepository, tempRepository } from "./temp_repository.ts";

const READERS = { "--before": readPushedChange, "--base": readMergedChange } as const;

/** The files that decide, sorted. */
function filesIn({ files }: Change): readonly string[] {
  assert.ok(!("everything" in files), JSON.stringify(files));
  return [...files].sort();
}

/** What is wrong, where git cannot tell what changed. */
async function problemOf(reading: Promise<unknown>): Promise<string> {
  const { message } = await userError(reading);
  assert.ok(!message.includes("\n"), message);
  return message;
}

/** Makes a commit for each of some changes on `main`, and gives their hashes. */
async function imported(repo: TempRepository, ...commits: readonly Iterable<FileChange>[]) {
  await fastImport(repo.path, commits.map((changes) => ({ branch: "main", changes })));
  return (await repo.git("rev-list", "--reverse", "main")).split("\n");
}

const files = (...paths: readonly string[]) => paths.map((path) => ({ path }));

for (const [option, readChange] of Object.entries(READERS)) {
  Deno.test(`${readChange.name}() gives the files that were added or modified, whatever their names and the user's settings`, async () => {
    await using repo = await tempRepository();
    const [base = "", head = ""] = await imported(repo, BEFORE, AFTER);
    const expected = [base, head, true, PATHS.changed, PATHS.deleted];
    for (const odd of [false, true]) {
      if (odd) await addOddSettings(repo.path);
      const change = await readChange(repo.path, base);
      const { checkedOut, deleted } = change;
      const said = [change.base, change.head, checkedOut, filesIn(change), [...deleted].sort()];
      assert.deepEqual(said, expected);
    }
    const none = await readChange(repo.path, "HEAD");
    assert.deepEqual([none.files, none.deleted], [[], []]);
  });

  Deno.test(`${readChange.name}() takes every name of a commit, none for an option`, async () => {
    await using repo = await tempRepository();
    const base = await repo.commit({ "a": "1" });
    await repo.git("tag", "--annotate", "--message=v1", "v1");
    await repo.git("update-ref", "refs/heads/-x", base);
    const head = await repo.commit({ "b": "1" });
    for (const name of [base, base.slice(0, 8), "v1", "main@{1}", "-x"]) {
      const change = await readChange(repo.path, name, "main");
      assert.deepEqual([change.base, change.head, filesIn(change)], [base, head, ["b"]], name);
    }
    const wrong = [
      ...["nowhere", "HEAD^{tree}", "", "a\nb", "--output=pwned", "HEAD~1..HEAD"],
    ];
    const asked = [
      ...wrong.map((name) => [name, "HEAD", option, name] as const),
      ...["", "^v1"].map((name) => ["HEAD", name, "--head", name] as const),
    ];
    await Promise.all(asked.map(async ([from, to, said, name]) => {
      assert.equal(
        await problemOf(readChange(repo.path, from, to)),
        `Cannot find the commit ${said} ${JSON.stringify(name)}: ` +
          "expected a branch, a tag or a commit that git knows",
      );
    }));
    assert.match(await problemOf(readChange(repo.path, "HEAD", "ab".repeat(20))), /--head "(?:ab)/);
    assert.doesNotMatch(await problemOf(readChange(repo.path, "a\u202eb\u001b[31m")), /\p{C}/u);
    const there = [...Deno.readDirSync(repo.path)].map(({ name }) => name);
    assert.deepEqual(there.sort(), [".git", "a", "b"]);
  });

  Deno.test(`${readChange.name}() gives only what is below a subfolder, and says what is checked out`, async () => {
    await using repo = await tempRepository();
    const [first = "", second = ""] = await imported(
      ...[repo, files("a", "infra/a"), files("b", "infra/deployer/b", "infrastructure/c")],
      files("infra/d"),
    );
    await Deno.mkdir(`${repo.path}/infra`);
    const change = await readChange(`${repo.path}/infra`, first, second);
    assert.deepEqual([filesIn(change), change.checkedOut], [["deployer/b"], false]);
  });

  Deno.test(`${readChange.name}() says what to do where there is no repository, or no commit`, async () => {
    await using folder = await tempFolder();
    for (const repo of [folder.path, `${folder.path}/nowhere`]) {
      const problem = await problemOf(readChange(repo, "0".repeat(40)));
      assert.ok(problem.startsWith(`Cannot ask git what changed in ${JSON.stringify(repo)}: `));
      assert.match(problem, /; run in a git repository, or give the changed files with --changed-/);
    }
    await using repo = await tempRepository();
    assert.match(await problemOf(readChange(repo.path, "HEAD")), /Cannot find the commit --/);
  });
}

Deno.test("readPushedChange() and readMergedChange() say where git cannot be started", async () => {
  const said = await evalWithGit(
    undefined,
    `const { readPushedChange, readMergedChange } = await import(${gitModule("change.ts")});
     for (const readChange of [readPushedChange, readMergedChange]) {
       await readChange(".", "HEAD").catch((error) => console.log(String(error)));
     }`,
  );
  const line = "UserError: Cannot start git: expected it on the PATH; install it, or give the " +
    "changed files with --changed-files or --changed-files-from\n";
  assert.equal(said, line + line);
});

/** A branch that changed `feature`, from a main that has moved on by two commits since. */
async function forked(): Promise<TempRepository> {
  const repo = await tempRepository();
  await fastImport(repo.path, [
    { branch: "main", changes: files("a") },
    { branch: "feature", from: "main", changes: files("feature") },
    { branch: "main", changes: files("meanwhile") },
    { branch: "main", changes: files("later") },
    { branch: "merged", from: "main", merges: ["feature"], changes: files("feature") },
    { branch: "other", changes: files("other") },
  ]);
  await repo.git("checkout", "--quiet", "feature");
  return repo;
}

Deno.test("readPushedChange() compares the two ends, also backwards, and a merge with its first parent", async () => {
  await using repo = await forked();
  const change = await readPushedChange(repo.path, "main");
  assert.deepEqual([filesIn(change), change.deleted], [["feature"], ["later", "meanwhile"]]);
  const back = await readPushedChange(repo.path, "feature", "main");
  assert.deepEqual([filesIn(back), back.deleted], [["later", "meanwhile"], ["feature"]]);
  assert.deepEqual(filesIn(await readPushedChange(repo.path, "merged^1", "merged")), ["feature"]);
});

Deno.test("readPushedChange() and readMergedChange() say everything may have changed for a hash that is not here", async () => {
  await using repo = await tempRepository();
  const head = await repo.commit({ "a.txt": "1" });
  const tree = await repo.git("rev-parse", "HEAD^{tree}");
  for (const base of ["0".repeat(40), "0".repeat(64), "ab".repeat(20), "ab".repeat(32), tree]) {
    const everything = base.startsWith("00")
      ? "the branch is new, so there is no commit before it to compare with"
      : `the commit before, ${base.slice(0, 12)}, is not here: after a force push it is gone, in ` +
        "a shallow clone it was not fetched";
    for (const readChange of Object.values(READERS)) {
      const change = await readChange(repo.path, base);
      assert.deepEqual([change.base, change.head, change.checkedOut], [base, head, true]);
      assert.deepEqual([change.files, change.deleted], [{ everything }, []]);
    }
  }
});

Deno.test("readMergedChange() says what to do about a branch of a remote that is not here", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a.txt": "1" });
  const advice = async (name: string) => {
    const problem = await problemOf(readMergedChange(repo.path, name));
    return problem.slice(problem.indexOf(";"));
  };
  const local = '; there is no remote origin here, so try the local branch: "main"';
  assert.equal(await advice("origin/main"), local);
  assert.doesNotMatch(await problemOf(readMergedChange(repo.path, "feature/x")), /;/);
  await repo.git("remote", "add", "origin", ".");
  assert.equal(await advice("origin/new"), '; run "git fetch origin" if the branch is new there');
});

Deno.test("readMergedChange() leaves out what the base has changed since, and says how much that is", async () => {
  await using repo = await forked();
  const change = await readMergedChange(repo.path, "main");
  assert.deepEqual([filesIn(change), change.deleted], [["feature"], []]);
  assert.equal(change.base, await repo.git("rev-parse", "feature^"));
  assert.match(
    change.movedOn ?? "",
    /^main has moved on by 2 commits since this change forked off/,
  );
  assert.match((await readMergedChange(repo.path, "main^")).movedOn ?? "", /by 1 commit since/);
  assert.equal((await readMergedChange(repo.path, "feature^")).movedOn, undefined);
  const merged = await readMergedChange(repo.path, "main", "feature^");
  assert.deepEqual(filesIn(merged), []);
});

Deno.test("readMergedChange() says where two histories have no commit in common", async () => {
  await using repo = await forked();
  assert.equal(
    await problemOf(readMergedChange(repo.path, "main", "other")),
    'Cannot find where "other" forked off "main": expected a common ancestor; to compare the two ' +
      "commits themselves, use --before",
  );
  await using clone = await tempRepository(
    ...["clone", "--quiet", "--depth=1", "--no-single-branch", `file://${repo.path}`, "."],
  );
  assert.match(
    await problemOf(readMergedChange(clone.path, "origin/main", "origin/feature")),
    /, use --before \(this clone is shallow: fetch more of its history\)$/,
  );
});

Deno.test("readMergedChange() leaves out what is not committed, or includes it", async () => {
  await using repo = await forked();
  await Deno.mkdir(`${repo.path}/.git/info`);
  await Deno.writeTextFile(`${repo.path}/.git/info/exclude`, "ignored\n");
  const files = { "a": "2", "feature": "2", "new": "1", "staged": "1", "ignored": "1" };
  for (const [path, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${repo.path}/${path}`, text);
  }
  await repo.git("add", "staged");
  const committed = await readMergedChange(repo.path, "main");
  assert.deepEqual(filesIn(committed), ["feature"]);
  const uncommitted = await committed.uncommitted ?? [];
  assert.deepEqual([...uncommitted].sort(), ["a", "feature", "new", "staged"]);
  const onDisk = await readMergedChange(repo.path, "main", WORKTREE);
  assert.deepEqual(filesIn(onDisk), ["a", "feature", "new", "staged"]);
  assert.deepEqual([onDisk.head, onDisk.checkedOut], [WORKTREE, true]);
  assert.equal(onDisk.uncommitted, undefined);
  await Deno.remove(`${repo.path}/a`);
  assert.deepEqual((await readMergedChange(repo.path, "main", WORKTREE)).deleted, ["a"]);
  assert.equal((await readMergedChange(repo.path, "feature^", "main")).uncommitted, undefined);
});

Deno.test("readPushedChange() and readMergedChange() know in a shallow clone what they may miss", async () => {
  await using origin = await tempRepository();
  const [first = "", second = ""] = await imported(origin, files("a"), files("b"), files("c"));
  await using clone = await tempRepository(
    ...["clone", "--quiet", "--depth=2", `file://${origin.path}`, "."],
  );
  const everything = await readPushedChange(clone.path, first);
  assert.match(JSON.stringify(everything.files), /"everything":.* in a shallow clone/);
  for (const readChange of Object.values(READERS)) {
    assert.deepEqual(filesIn(await readChange(clone.path, second)), ["c"]);
    const problem = await problemOf(readChange(clone.path, "HEAD~2"));
    assert.match(problem, /shallow: fetch more of its history\)$/);
  }
});
