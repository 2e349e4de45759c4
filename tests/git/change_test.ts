import assert from "node:assert/strict";
import { changedFiles, readChange } from "../../src/git/change.ts";
import { UserError } from "../../src/errors.ts";
import { tempFolder } from "../temp_folder.ts";
import { tempRepository } from "./temp_repository.ts";

/** The files that decide between two commits, sorted. */
async function filesOf(...args: Parameters<typeof readChange>): Promise<readonly string[]> {
  const { files } = await readChange(...args);
  assert.ok(!("everything" in files), JSON.stringify(files));
  return [...files].sort();
}

/** What is wrong, where git cannot tell what changed. */
async function problemOf(...args: Parameters<typeof readChange>): Promise<string> {
  const error = await readChange(...args).then(() => undefined, (error: unknown) => error);
  assert.ok(error instanceof UserError, Deno.inspect(error));
  assert.ok(!error.message.includes("\n"), error.message);
  return error.message;
}

Deno.test("readChange() gives the files that were added or modified", async () => {
  await using repo = await tempRepository();
  const base = await repo.commit({ "kept.txt": "1", "deep/modified.txt": "1", "deleted.txt": "1" });
  const head = await repo.commit({
    "deep/modified.txt": "2",
    "deep/er/added.txt": "1",
    "deleted.txt": null,
  });
  assert.deepEqual(await filesOf(repo.path, base), ["deep/er/added.txt", "deep/modified.txt"]);
  const { files: _, ...rest } = await readChange(repo.path, base);
  assert.deepEqual(rest, { base, head, checkedOut: true, deleted: ["deleted.txt"] });
});

Deno.test("readChange() takes a rename for a deletion and an addition", async () => {
  await using repo = await tempRepository();
  const text = "many\nlines\nof\ntext\n".repeat(20);
  const base = await repo.commit({ "old.txt": text, "copied.txt": text });
  await repo.commit({ "old.txt": null, "new.txt": text, "copy.txt": text });
  assert.deepEqual(await filesOf(repo.path, base), ["copy.txt", "new.txt"]);
});

Deno.test("readChange() gives nothing between a commit and itself", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a.txt": "1" });
  assert.deepEqual(await filesOf(repo.path, "HEAD"), []);
});

Deno.test("readChange() leaves out what is not committed", async () => {
  await using repo = await tempRepository();
  const base = await repo.commit({ "a.txt": "1" });
  await repo.commit({ "b.txt": "1" });
  await Deno.writeTextFile(`${repo.path}/a.txt`, "2");
  await Deno.writeTextFile(`${repo.path}/c.txt`, "1");
  await repo.git("add", "c.txt");
  assert.deepEqual(await filesOf(repo.path, base), ["b.txt"]);
});

const NAMES = [
  ...[
    "with space",
    " leading",
    "trailing ",
    "a,b",
    "a;b",
    "it's",
    'say "a"',
    "back\\slash",
    "a\tb",
  ],
  ...["a\nb", "\n", "-leading", "--base", ":colon", "!a", "*", "[a]", "{a}", "$HOME", "`id`", "#a"],
  ...["é", "e\u0301", "日本", "😀", "a\u202eb", "a\u001b[31mb", "%20", "D", "M", "A\tb", "..a"],
];

Deno.test("readChange() gives every name as it is", async () => {
  await using repo = await tempRepository();
  const base = await repo.commit({});
  await repo.commit(Object.fromEntries(NAMES.map((name) => [name, "1"])));
  assert.deepEqual(await filesOf(repo.path, base), [...NAMES].sort());
});

Deno.test("readChange() gives a name that is no UTF-8 with replacement characters", async () => {
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

Deno.test("readChange() gives a file that became a symbolic link, and the other way round", async () => {
  await using repo = await tempRepository();
  await Deno.symlink("elsewhere", `${repo.path}/link`);
  const base = await repo.commit({ "file": "1", "same": "1" });
  await Promise.all(["link", "file"].map((name) => Deno.remove(`${repo.path}/${name}`)));
  await Deno.symlink("same", `${repo.path}/file`);
  await repo.commit({ "link": "1" });
  assert.deepEqual(await filesOf(repo.path, base), ["file", "link"]);
});

Deno.test("readChange() gives a file that became executable", async () => {
  await using repo = await tempRepository();
  const base = await repo.commit({ "run.sh": "1" });
  await Deno.chmod(`${repo.path}/run.sh`, 0o755);
  await repo.commit({});
  assert.deepEqual(await filesOf(repo.path, base), ["run.sh"]);
});

Deno.test("readChange() gives a submodule that points at another commit", async () => {
  await using library = await tempRepository();
  await library.commit({ "a.txt": "1" });
  await using repo = await tempRepository();
  await repo.git(
    ...["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.path, "sub"],
  );
  await repo.git("config", "--file", ".gitmodules", "submodule.sub.ignore", "all");
  const base = await repo.commit({});
  const newer = await library.commit({ "a.txt": "2" });
  await repo.git("update-index", "--cacheinfo", `160000,${newer},sub`);
  await repo.git("commit", "--quiet", "--message=newer");
  await repo.git("config", "diff.ignoreSubmodules", "all");
  assert.deepEqual(await filesOf(repo.path, base), ["sub"]);
});

Deno.test("readChange() gives a pull request's own files on its merge commit", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a.txt": "1" });
  await repo.git("checkout", "--quiet", "-b", "feature");
  await repo.commit({ "feature.txt": "1" });
  await repo.git("checkout", "--quiet", "main");
  await repo.commit({ "meanwhile.txt": "1" });
  await repo.git("merge", "--quiet", "--no-ff", "--message=merge", "feature");
  assert.deepEqual(await filesOf(repo.path, "HEAD^1"), ["feature.txt"]);
});

Deno.test("readChange() takes every name of a commit and gives its full hash", async () => {
  await using repo = await tempRepository();
  const base = await repo.commit({ "a.txt": "1" });
  await repo.git("tag", "--annotate", "--message=v1", "v1");
  await repo.git("branch", "before");
  const head = await repo.commit({ "b.txt": "1" });
  const names = [base, base.slice(0, 8), "v1", "before", "HEAD~1", "refs/heads/before", "main@{1}"];
  const changes = await Promise.all(names.map((name) => readChange(repo.path, name, "main")));
  for (const change of changes) {
    assert.deepEqual(change, { base, head, checkedOut: true, files: ["b.txt"], deleted: [] });
  }
});

Deno.test("readChange() takes a branch whose name begins with a dash", async () => {
  await using repo = await tempRepository();
  const base = await repo.commit({ "a.txt": "1" });
  await repo.git("update-ref", "refs/heads/-x", base);
  await repo.commit({ "b.txt": "1" });
  const change = await readChange(repo.path, "-x");
  assert.deepEqual([change.base, change.files], [base, ["b.txt"]]);
});

Deno.test("readChange() takes no name for an option", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a.txt": "1" });
  await Promise.all(["--output=pwned", "-opwned", "--no-index", "--help"].map(async (name) => {
    const base = await problemOf(repo.path, name);
    assert.ok(base.startsWith(`Cannot find the commit --base "${name}"`), base);
    const head = await problemOf(repo.path, "HEAD", name);
    assert.ok(head.startsWith(`Cannot find the commit --head "${name}"`), head);
  }));
  const names = [...Deno.readDirSync(repo.path)].map(({ name }) => name);
  assert.deepEqual(names.sort(), [".git", "a.txt"]);
});

for (const base of ["0".repeat(40), "0".repeat(64)]) {
  Deno.test(`readChange() says everything may have changed for ${base.length} zeros`, async () => {
    await using repo = await tempRepository();
    const head = await repo.commit({ "a.txt": "1" });
    const everything = "the branch is new, so there is no commit before it to compare with";
    assert.deepEqual(await readChange(repo.path, base), {
      base,
      head,
      checkedOut: true,
      files: { everything },
      deleted: [],
    });
  });
}

Deno.test("readChange() says everything may have changed where a hash is of no commit", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a.txt": "1" });
  const tree = await repo.git("rev-parse", "HEAD^{tree}");
  await Promise.all(["c0ffee".repeat(6) + "c0ff", "ab".repeat(32), tree].map(async (base) => {
    const { files } = await readChange(repo.path, base);
    assert.deepEqual(files, {
      everything:
        `the commit before, ${base.slice(0, 12)}, is not here: after a force push it is ` +
        "gone, in a shallow clone it was not fetched",
    });
  }));
});

Deno.test("readChange() refuses names that are no commit", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a.txt": "1" });
  const names = [
    "nowhere",
    "c0ffee1",
    "HEAD:a.txt",
    "HEAD^{tree}",
    "HEAD~7",
    "",
    "HEAD HEAD",
    "a\nb",
  ];
  await Promise.all(names.map(async (name) => {
    const said = (option: string) =>
      `Cannot find the commit ${option} ${JSON.stringify(name)}: ` +
      "expected a branch, a tag or a commit that git knows";
    assert.equal(await problemOf(repo.path, name), said("--base"));
    assert.equal(await problemOf(repo.path, "HEAD", name), said("--head"));
  }));
});

Deno.test("readChange() says what to do about a branch of a remote that is not here", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a.txt": "1" });
  const known = "expected a branch, a tag or a commit that git knows";
  const said = (name: string) => `Cannot find the commit --base ${JSON.stringify(name)}: ${known}`;
  assert.equal(
    await problemOf(repo.path, "origin/main"),
    `${said("origin/main")}; there is no remote origin here, so try the local branch: "main"`,
  );
  assert.equal(await problemOf(repo.path, "feature/x"), said("feature/x"));
  await repo.git("remote", "add", "origin", ".");
  assert.equal(
    await problemOf(repo.path, "origin/new"),
    `${said("origin/new")}; run "git fetch origin" if the branch is new there`,
  );
});

Deno.test("readChange() refuses a range of commits", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a.txt": "1" });
  await repo.commit({ "a.txt": "2" });
  assert.match(await problemOf(repo.path, "HEAD~1..HEAD"), /^Cannot find the commit --base /);
  assert.match(await problemOf(repo.path, "HEAD~1...HEAD"), /^Cannot find the commit --base /);
});

Deno.test("readChange() refuses a full hash that is no commit for the head", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a.txt": "1" });
  assert.match(await problemOf(repo.path, "HEAD", "ab".repeat(20)), /--head "(?:ab){20}"/);
});

Deno.test("readChange() refuses a repository without commits", async () => {
  await using repo = await tempRepository();
  assert.match(await problemOf(repo.path, "0".repeat(40)), /^Cannot find the commit --head "HEAD"/);
});

Deno.test("readChange() makes hidden characters of a name visible", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a.txt": "1" });
  assert.doesNotMatch(await problemOf(repo.path, "a\u202eb\u001b[31m"), /\p{C}/u);
});

for (const [what, below] of [["no git repository", ""], ["not there", "/nowhere"]]) {
  Deno.test(`readChange() says what to do where the folder is ${what}`, async () => {
    await using folder = await tempFolder();
    const repo = `${folder.path}${below}`;
    await Promise.all(["HEAD", "0".repeat(40), "ab".repeat(20)].map(async (base) => {
      const problem = await problemOf(repo, base);
      assert.ok(problem.startsWith(`Cannot ask git what changed in ${JSON.stringify(repo)}: `));
      assert.match(problem, /; run in a git repository, or give the changed files with --changed-/);
    }));
  });
}

Deno.test("readChange() gives paths relative to a subfolder, and only those below it", async () => {
  await using repo = await tempRepository();
  const base = await repo.commit({ "a.txt": "1", "infra/a.txt": "1" });
  await repo.commit({ "b.txt": "1", "infra/deployer/b.txt": "1", "infrastructure/c.txt": "1" });
  assert.deepEqual(await filesOf(`${repo.path}/infra`, base), ["deployer/b.txt"]);
});

Deno.test("readChange() says whether the head is checked out", async () => {
  await using repo = await tempRepository();
  const first = await repo.commit({ "a.txt": "1" });
  const second = await repo.commit({ "b.txt": "1" });
  const third = await repo.commit({ "c.txt": "1" });
  const past = await readChange(repo.path, first, second);
  assert.deepEqual(past, {
    base: first,
    head: second,
    checkedOut: false,
    files: ["b.txt"],
    deleted: [],
  });
  const present = await readChange(repo.path, second, "main");
  assert.deepEqual(present, {
    base: second,
    head: third,
    checkedOut: true,
    files: ["c.txt"],
    deleted: [],
  });
});

Deno.test("readChange() plans backwards where the base is newer", async () => {
  await using repo = await tempRepository();
  const first = await repo.commit({ "a.txt": "1", "b.txt": "1" });
  const second = await repo.commit({ "a.txt": "2", "b.txt": null });
  assert.deepEqual(await filesOf(repo.path, second, first), ["a.txt", "b.txt"]);
});

Deno.test("readChange() knows in a shallow clone what it may miss", async () => {
  await using origin = await tempRepository();
  const first = await origin.commit({ "a.txt": "1" });
  const second = await origin.commit({ "b.txt": "1" });
  await origin.commit({ "c.txt": "1" });
  await using clone = await tempRepository(
    ...["clone", "--quiet", "--depth=2", `file://${origin.path}`, "."],
  );
  assert.deepEqual(await filesOf(clone.path, second), ["c.txt"]);
  const { files } = await readChange(clone.path, first);
  assert.ok("everything" in files && files.everything.includes("in a shallow clone"));
  assert.match(await problemOf(clone.path, "HEAD~2"), /shallow: fetch more of its history\)$/);
});

/** Settings that change what `git diff` prints, or how. */
const SETTINGS: Readonly<Record<string, string>> = {
  "diff.noprefix": "true",
  "diff.mnemonicPrefix": "true",
  "diff.relative": "true",
  "diff.renames": "copies",
  "diff.external": "false",
  "diff.orderFile": "/dev/null",
  "diff.ignoreSubmodules": "all",
  "diff.wordRegex": ".",
  "diff.algorithm": "patience",
  "color.ui": "always",
  "color.diff": "always",
  "core.quotePath": "true",
  "core.pager": "false",
  "core.precomposeUnicode": "false",
  "status.relativePaths": "true",
};

Deno.test("readChange() answers the same whatever the user's settings of git", async () => {
  await using repo = await tempRepository();
  const text = "many\nlines\nof\ntext\n".repeat(20);
  await repo.commit({ ".gitattributes": "*.txt diff=odd\n" });
  const base = await repo.commit({ "old.txt": text, "a b.txt": "1", "é.txt": "1" });
  await repo.commit({ "old.txt": null, "new.txt": text, "a b.txt": "2", "é.txt": "2" });
  const expected = await readChange(repo.path, base);
  assert.deepEqual(expected.files, ["a b.txt", "new.txt", "é.txt"]);
  await repo.git("config", "diff.odd.command", "false");
  await repo.git("config", "diff.odd.textconv", "false");
  for (const [key, value] of Object.entries(SETTINGS)) {
    await repo.git("config", key, value);
  }
  assert.deepEqual(await readChange(repo.path, base), expected);
});

Deno.test("readChange() says where git cannot be started", async () => {
  const source = new URL("../../src/git/change.ts", import.meta.url).href;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `const { readChange } = await import(${JSON.stringify(source)});
       await readChange(".", "HEAD").catch((error) => console.log(error.name, error.message));`,
    ],
    env: { PATH: "/nowhere", NO_COLOR: "1" },
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  assert.equal(
    new TextDecoder().decode(stdout),
    "UserError Cannot start git: expected it on the PATH; install it, or give the changed files " +
      "with --changed-files or --changed-files-from\n",
  );
});

Deno.test("changedFiles() tells deletions from everything else, and names from statuses", () => {
  const fields = ["A", "M", "D", "T", "U", "X"].flatMap((status) => [status, `${status}.txt`]);
  assert.deepEqual(changedFiles([...fields, "M", "D", "D", "M"]), {
    files: ["A.txt", "M.txt", "T.txt", "U.txt", "X.txt", "D"],
    deleted: ["D.txt", "M"],
  });
});
