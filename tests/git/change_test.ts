import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import {
  type Change,
  changedFiles,
  readMergedChange,
  readPushedChange,
  WORKTREE,
} from "../../src/git/change.ts";
import { tempFolder } from "../temp_folder.ts";
import { evalWithGit, gitModule } from "./stand_in.ts";
import { type TempRepository, tempRepository } from "./temp_repository.ts";

const READERS = { "--before": readPushedChange, "--base": readMergedChange } as const;

/** The files that decide, sorted. */
function filesIn({ files }: Change): readonly string[] {
  assert.ok(!("everything" in files), JSON.stringify(files));
  return [...files].sort();
}

const filesOf = async (...args: Parameters<typeof readPushedChange>) =>
  filesIn(await readPushedChange(...args));

/** What is wrong, where git cannot tell what changed. */
async function problemOf(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(() => undefined, (error: unknown) => error);
  assert.ok(error instanceof UserError, Deno.inspect(error));
  assert.ok(!error.message.includes("\n"), error.message);
  return error.message;
}

const LONG = "many\nlines\nof\ntext\n".repeat(20);
const NAMES = [
  ...["with space", " leading", "trailing ", "a,b", "a;b", "it's", 'say "a"', "back\\slash"],
  ...["a\tb", "a\nb", "\n", "-leading", "--base", ":colon", "!a", "*", "[a]", "{a}", "$HOME"],
  ...["`id`", "#a", "é", "e\u0301", "日本", "😀", "a\u202eb", "a\u001b[31mb", "%20", "D", "M"],
  ...["A\tb", "..a"],
];

type Edits = Readonly<Record<string, string | null>>;

/** Two commits, and the files that decide between them. */
const CHANGES: Readonly<
  Record<string, { before: Edits; after: Edits; changed: readonly string[] }>
> = {
  "the files that were added or modified": {
    before: { "kept": "1", "deep/modified": "1", "deleted": "1" },
    after: { "deep/modified": "2", "deep/er/added": "1", "deleted": null },
    changed: ["deep/er/added", "deep/modified"],
  },
  "a rename and a copy as additions": {
    before: { "old": LONG, "copied": LONG },
    after: { "old": null, "new": LONG, "copy": LONG },
    changed: ["copy", "new"],
  },
  "nothing where nothing changed": { before: { "a": "1" }, after: {}, changed: [] },
  "every name as it is": {
    before: {},
    after: Object.fromEntries(NAMES.map((name) => [name, "1"])),
    changed: NAMES,
  },
};

for (const [option, readChange] of Object.entries(READERS)) {
  for (const [what, { before, after, changed }] of Object.entries(CHANGES)) {
    Deno.test(`${readChange.name}() gives ${what}`, async () => {
      await using repo = await tempRepository();
      const base = await repo.commit({ "x": "1", ...before });
      const head = await repo.commit(after);
      const change = await readChange(repo.path, base);
      assert.deepEqual(filesIn(change), [...changed].sort());
      assert.deepEqual([change.base, change.head, change.checkedOut], [base, head, true]);
      assert.deepEqual(
        change.deleted,
        Object.keys(after).filter((path) => after[path] === null),
      );
    });
  }

  Deno.test(`${readChange.name}() takes every name of a commit, none for an option`, async () => {
    await using repo = await tempRepository();
    const base = await repo.commit({ "a": "1" });
    await repo.git("tag", "--annotate", "--message=v1", "v1");
    await repo.git("branch", "before");
    await repo.git("update-ref", "refs/heads/-x", base);
    const head = await repo.commit({ "b": "1" });
    const names = [base, base.slice(0, 8), "v1", "before", "HEAD~1", "main@{1}", "-x"];
    for (const name of names) {
      const change = await readChange(repo.path, name, "main");
      assert.deepEqual([change.base, change.head, filesIn(change)], [base, head, ["b"]], name);
    }
    const wrong = [
      ...["nowhere", "c0ffee1", "HEAD:a", "HEAD^{tree}", "HEAD~7", "", "HEAD HEAD", "a\nb"],
      ...["--output=pwned", "-opwned", "--no-index", "--help", "HEAD~1..HEAD", "HEAD~1...HEAD"],
    ];
    for (const name of wrong) {
      for (const [from, to, said] of [[name, "HEAD", option], ["HEAD", name, "--head"]] as const) {
        assert.equal(
          await problemOf(readChange(repo.path, from, to)),
          `Cannot find the commit ${said} ${JSON.stringify(name)}: ` +
            "expected a branch, a tag or a commit that git knows",
        );
      }
    }
    assert.match(await problemOf(readChange(repo.path, "HEAD", "ab".repeat(20))), /--head "(?:ab)/);
    assert.doesNotMatch(await problemOf(readChange(repo.path, "a\u202eb\u001b[31m")), /\p{C}/u);
    assert.deepEqual([...Deno.readDirSync(repo.path)].map(({ name }) => name).sort(), [
      ...[".git", "a", "b"],
    ]);
  });

  Deno.test(`${readChange.name}() gives only what is below a subfolder, relative to it`, async () => {
    await using repo = await tempRepository();
    const base = await repo.commit({ "a": "1", "infra/a": "1" });
    await repo.commit({ "b": "1", "infra/deployer/b": "1", "infrastructure/c": "1" });
    assert.deepEqual(filesIn(await readChange(`${repo.path}/infra`, base)), ["deployer/b"]);
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

  Deno.test(`${readChange.name}() says whether the head is checked out`, async () => {
    await using repo = await tempRepository();
    const first = await repo.commit({ "a": "1" });
    const second = await repo.commit({ "b": "1" });
    await repo.commit({ "c": "1" });
    assert.equal((await readChange(repo.path, first, second)).checkedOut, false);
    assert.equal((await readChange(repo.path, second, "main")).checkedOut, true);
  });

  Deno.test(`${readChange.name}() answers the same whatever the user's settings of git`, async () => {
    await using repo = await tempRepository();
    await repo.commit({ ".gitattributes": "*.txt diff=odd\n" });
    const base = await repo.commit({ "old.txt": LONG, "a b.txt": "1", "é.txt": "1" });
    await repo.commit({ "old.txt": null, "new.txt": LONG, "a b.txt": "2", "é.txt": "2" });
    const expected = await readChange(repo.path, base);
    assert.deepEqual(expected.files, ["a b.txt", "new.txt", "é.txt"]);
    for (const [key, value] of Object.entries(SETTINGS)) await repo.git("config", key, value);
    const again = await readChange(repo.path, base);
    assert.deepEqual({ ...again, uncommitted: 0 }, { ...expected, uncommitted: 0 });
  });

  Deno.test(`${readChange.name}() says where git cannot be started`, async () => {
    const said = await evalWithGit(
      undefined,
      `const { ${readChange.name} } = await import(${gitModule("change.ts")});
       await ${readChange.name}(".", "HEAD").catch((error) => console.log(String(error)));`,
    );
    assert.equal(
      said,
      "UserError: Cannot start git: expected it on the PATH; install it, or give the changed files " +
        "with --changed-files or --changed-files-from\n",
    );
  });
}

/** Settings that change what `git diff` prints, or how. */
const SETTINGS: Readonly<Record<string, string>> = {
  "diff.noprefix": "true",
  "diff.mnemonicPrefix": "true",
  "diff.relative": "true",
  "diff.renames": "copies",
  "diff.external": "false",
  "diff.odd.command": "false",
  "diff.odd.textconv": "false",
  "diff.orderFile": "/dev/null",
  "diff.ignoreSubmodules": "all",
  "diff.algorithm": "patience",
  "color.ui": "always",
  "color.diff": "always",
  "core.quotePath": "true",
  "core.pager": "false",
  "core.precomposeUnicode": "false",
  "status.relativePaths": "true",
};

Deno.test("readPushedChange() gives a name that is not UTF-8 with replacement characters", async () => {
  await using repo = await tempRepository();
  const base = await repo.commit({});
  const touch = new Deno.Command("bash", {
    args: ["-c", String.raw`touch "$(printf 'a\377b.yaml')" "$(printf '\303\251.yaml')"`],
    cwd: repo.path,
  });
  assert.ok((await touch.output()).success);
  await repo.commit({});
  assert.deepEqual(await filesOf(repo.path, base), ["a\ufffdb.yaml", "é.yaml"]);
});

Deno.test("readPushedChange() gives links, modes and submodules that changed", async () => {
  await using library = await tempRepository();
  await library.commit({ "a.txt": "1" });
  await using repo = await tempRepository();
  await Deno.symlink("elsewhere", `${repo.path}/link`);
  await repo.git(
    ...["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.path, "sub"],
  );
  await repo.git("config", "--file", ".gitmodules", "submodule.sub.ignore", "all");
  const base = await repo.commit({ "file": "1", "same": "1", "run.sh": "1" });
  const newer = await library.commit({ "a.txt": "2" });
  await Promise.all(["link", "file"].map((name) => Deno.remove(`${repo.path}/${name}`)));
  await Deno.symlink("same", `${repo.path}/file`);
  await Deno.chmod(`${repo.path}/run.sh`, 0o755);
  await repo.commit({ "link": "1" });
  await repo.git("update-index", "--cacheinfo", `160000,${newer},sub`);
  await repo.git("commit", "--quiet", "--message=newer");
  await repo.git("config", "diff.ignoreSubmodules", "all");
  assert.deepEqual(await filesOf(repo.path, base), ["file", "link", "run.sh", "sub"]);
});

Deno.test("readPushedChange() gives a pull request's own files on its merge commit", async () => {
  await using repo = await forked();
  await repo.git("checkout", "--quiet", "main");
  await repo.git("merge", "--quiet", "--no-ff", "--message=merge", "feature");
  assert.deepEqual(await filesOf(repo.path, "HEAD^1"), ["feature"]);
});

Deno.test("readPushedChange() compares the two ends, also backwards", async () => {
  await using repo = await forked();
  const change = await readPushedChange(repo.path, "main");
  assert.deepEqual([filesIn(change), change.deleted], [["feature"], ["later", "meanwhile"]]);
  const first = await repo.commit({ "a": "1", "b": "1" });
  const second = await repo.commit({ "a": "2", "b": null });
  assert.deepEqual(await filesOf(repo.path, second, first), ["a", "b"]);
});

Deno.test("readPushedChange() and readMergedChange() say everything may have changed for a hash that is not here", async () => {
  await using repo = await tempRepository();
  const head = await repo.commit({ "a.txt": "1" });
  const tree = await repo.git("rev-parse", "HEAD^{tree}");
  const gone = ["c0ffee".repeat(6) + "c0ff", "ab".repeat(32), tree];
  for (const base of ["0".repeat(40), "0".repeat(64), ...gone]) {
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
  const known = "expected a branch, a tag or a commit that git knows";
  const said = async (name: string) => {
    const start = `Cannot find the commit --base ${JSON.stringify(name)}: ${known}`;
    const problem = await problemOf(readMergedChange(repo.path, name));
    assert.ok(problem.startsWith(start), problem);
    return problem.slice(start.length);
  };
  const local = '; there is no remote origin here, so try the local branch: "main"';
  assert.equal(await said("origin/main"), local);
  assert.equal(await said("feature/x"), "");
  await repo.git("remote", "add", "origin", ".");
  assert.equal(await said("origin/new"), '; run "git fetch origin" if the branch is new there');
});

/** A branch that changed `feature`, from a main that has moved on by two commits since. */
async function forked(): Promise<TempRepository> {
  const repo = await tempRepository();
  await repo.commit({ "a": "1" });
  await repo.git("branch", "feature");
  await repo.commit({ "meanwhile": "1" });
  await repo.commit({ "later": "1" });
  await repo.git("checkout", "--quiet", "feature");
  await repo.commit({ "feature": "1" });
  return repo;
}

Deno.test("readMergedChange() leaves out what the base has changed since, and says how much that is", async () => {
  await using repo = await forked();
  const change = await readMergedChange(repo.path, "main");
  assert.deepEqual([filesIn(change), change.deleted], [["feature"], []]);
  assert.equal(change.base, await repo.git("rev-parse", "feature^"));
  assert.match(
    change.movedOn ?? "",
    /^main has moved on by 2 commits since this change forked off:/,
  );
  const one = await readMergedChange(repo.path, "main^");
  assert.match(one.movedOn ?? "", /by 1 commit since/);
  assert.equal((await readMergedChange(repo.path, "feature^")).movedOn, undefined);
  const merged = await readMergedChange(repo.path, "main", "feature^");
  assert.deepEqual(filesIn(merged), []);
});

Deno.test("readMergedChange() says where two histories have no commit in common", async () => {
  await using repo = await forked();
  await repo.git("checkout", "--quiet", "--orphan", "other");
  await repo.commit({ "other": "1" });
  assert.equal(
    await problemOf(readMergedChange(repo.path, "main")),
    'Cannot find where "HEAD" forked off "main": expected a common ancestor; to compare the two ' +
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
  const first = await origin.commit({ "a.txt": "1" });
  const second = await origin.commit({ "b.txt": "1" });
  await origin.commit({ "c.txt": "1" });
  await using clone = await tempRepository(
    ...["clone", "--quiet", "--depth=2", `file://${origin.path}`, "."],
  );
  const { files } = await readPushedChange(clone.path, first);
  assert.ok("everything" in files && files.everything.includes("in a shallow clone"));
  for (const readChange of Object.values(READERS)) {
    assert.deepEqual(filesIn(await readChange(clone.path, second)), ["c.txt"]);
    const problem = await problemOf(readChange(clone.path, "HEAD~2"));
    assert.match(problem, /shallow: fetch more of its history\)$/);
  }
});

Deno.test("changedFiles() tells deletions from everything else, and names from statuses", () => {
  const fields = ["A", "M", "D", "T", "U", "X"].flatMap((status) => [status, `${status}.txt`]);
  assert.deepEqual(changedFiles([...fields, "M", "D", "D", "M"]), {
    files: ["A.txt", "M.txt", "T.txt", "U.txt", "X.txt", "D"],
    deleted: ["D.txt", "M"],
  });
});
