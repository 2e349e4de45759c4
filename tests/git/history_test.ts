import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { type Push, readPushes } from "../../src/git/history.ts";
import { type TempRepository, tempRepository } from "./temp_repository.ts";

/** The pushes of a repository's history. */
async function pushesOf(
  { path }: Pick<TempRepository, "path">,
  range: { readonly from?: string; readonly to?: string } = {},
): Promise<readonly Push[]> {
  return await Array.fromAsync(readPushes(path, { to: "HEAD", ...range }));
}

/** What each push did, in few words: `-` deleted, `+` anything else. */
function inShort(pushes: readonly Push[]): readonly string[] {
  return pushes.map(({ files }) =>
    files.map(({ path, id }) => `${id === undefined ? "-" : "+"}${path}`).sort().join(" ")
  );
}

Deno.test("readPushes() gives every push with its files and their blobs, oldest first", async () => {
  await using repo = await tempRepository();
  const first = await repo.commit({
    "kept.txt": "1",
    "deep/modified.txt": "1",
    "deleted.txt": "1",
  });
  const second = await repo.commit({
    "deep/modified.txt": "2",
    "added.txt": "1",
    "deleted.txt": null,
  });
  const pushes = await pushesOf(repo);
  assert.deepEqual(pushes.map(({ commit }) => commit), [first, second]);
  assert.deepEqual(pushes.map(({ parent }) => parent), [undefined, first]);
  assert.deepEqual(inShort(pushes), [
    "+deep/modified.txt +deleted.txt +kept.txt",
    "+added.txt +deep/modified.txt -deleted.txt",
  ]);
  for (const { commit, files } of pushes) {
    const id = await repo.git("rev-parse", `${commit}:deep/modified.txt`);
    const modified = files.find(({ path }) => path === "deep/modified.txt");
    assert.deepEqual(modified, { path: "deep/modified.txt", id, mode: "100644" });
  }
  assert.deepEqual(pushes.map(({ date, subject }) => [date, subject]), [
    ["2026-01-01T00:00:00+00:00", "change"],
    ["2026-01-01T00:00:00+00:00", "change"],
  ]);
});

Deno.test("readPushes() begins behind the commit that it is given", async () => {
  await using repo = await tempRepository();
  const [first, second, third] = [
    await repo.commit({ "a": "1" }),
    await repo.commit({ "b": "1" }),
    await repo.commit({ "c": "1" }),
  ];
  assert.deepEqual(inShort(await pushesOf(repo, { from: first })), ["+b", "+c"]);
  assert.deepEqual(inShort(await pushesOf(repo, { from: first, to: second })), ["+b"]);
  assert.deepEqual(await pushesOf(repo, { from: third, to: third }), []);
});

Deno.test("readPushes() gives a merge as one push, and nothing of the branch", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a": "1", "both": "1\n2\n3\n4\n5\n" });
  await repo.git("checkout", "--quiet", "-b", "feature");
  await repo.commit({ "feature": "1" });
  await repo.commit({ "feature": "2", "both": "1\n2\n3\n4\nfeature\n" });
  await repo.git("checkout", "--quiet", "main");
  await repo.commit({ "meanwhile": "1", "both": "main\n2\n3\n4\n5\n" });
  await repo.git("merge", "--quiet", "--no-ff", "--message=merge", "feature");
  assert.deepEqual(inShort(await pushesOf(repo)), [
    "+a +both",
    "+both +meanwhile",
    "+both +feature",
  ]);
});

Deno.test("readPushes() gives an octopus merge against its first parent", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a": "1" });
  for (const branch of ["one", "two"]) {
    await repo.git("checkout", "--quiet", "-b", branch, "main");
    await repo.commit({ [branch]: "1" });
  }
  await repo.git("checkout", "--quiet", "main");
  await repo.commit({ "meanwhile": "1" });
  await repo.git("merge", "--quiet", "--no-ff", "--message=merge", "one", "two");
  assert.deepEqual(inShort(await pushesOf(repo)), ["+a", "+meanwhile", "+one +two"]);
});

Deno.test("readPushes() gives pushes that changed nothing", async () => {
  await using repo = await tempRepository();
  await repo.commit({});
  await repo.commit({ "a": "1" });
  await repo.commit({});
  await repo.commit({ "a": null });
  await repo.commit({});
  assert.deepEqual(inShort(await pushesOf(repo)), ["", "+a", "", "-a", ""]);
});

Deno.test("readPushes() takes a rename and a copy for deletions and additions", async () => {
  await using repo = await tempRepository();
  const text = "many\nlines\nof\ntext\n".repeat(20);
  await repo.commit({ "old.txt": text, "copied.txt": text });
  await repo.commit({ "old.txt": null, "new.txt": text, "copy.txt": text });
  assert.deepEqual(inShort(await pushesOf(repo))[1], "+copy.txt +new.txt -old.txt");
});

Deno.test("readPushes() gives a changed mode and a changed type", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "run.sh": "1", "file": "elsewhere" });
  await Deno.chmod(`${repo.path}/run.sh`, 0o755);
  await Deno.remove(`${repo.path}/file`);
  await Deno.symlink("elsewhere", `${repo.path}/file`);
  await repo.commit({});
  assert.deepEqual(inShort(await pushesOf(repo))[1], "+file +run.sh");
});

const NAMES = [
  ...["with space", " leading", "trailing ", "a,b", 'say "a"', "back\\slash", "a\tb", "a\nb", "\n"],
  ...["-leading", ":colon", ":100644 100644 a b M", "\n:100644 000000 a b D", "é", "日本", "😀"],
  ...["a\u202eb", "a\u001b[31mb", "c0ffee 2026-01-01T00:00:00+00:00 "],
];

Deno.test("readPushes() gives every name as it is", async () => {
  await using repo = await tempRepository();
  await repo.commit(Object.fromEntries(NAMES.map((name) => [name, "1"])));
  await repo.commit(Object.fromEntries(NAMES.map((name) => [name, null])));
  for (const { files } of await pushesOf(repo)) {
    assert.deepEqual(files.map(({ path }) => path).sort(), [...NAMES].sort());
  }
});

Deno.test("readPushes() gives a name that is no UTF-8 with replacement characters", async () => {
  await using repo = await tempRepository();
  const touch = new Deno.Command("bash", {
    args: ["-c", String.raw`touch "$(printf 'a\377b.yaml')" "$(printf '\303\251.yaml')"`],
    cwd: repo.path,
  });
  assert.ok((await touch.output()).success);
  await repo.commit({});
  await repo.commit({ "after": "1" });
  assert.deepEqual(inShort(await pushesOf(repo)), ["+a\ufffdb.yaml +é.yaml", "+after"]);
});

const SUBJECTS = ["", "-x", "é 😀", "a\tb", ":100644 100644 a b M", "%H%x00", '=1+1 "a", b'];

Deno.test("readPushes() gives every first line of a message as it is", async () => {
  await using repo = await tempRepository();
  for (const subject of SUBJECTS) {
    const message = `${subject}\n\nMore.`;
    await repo.git(
      ...["commit", "--quiet", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim"],
      `--message=${subject === "" ? "" : message}`,
    );
  }
  assert.deepEqual((await pushesOf(repo)).map(({ subject }) => subject), SUBJECTS);
});

Deno.test("readPushes() gives paths relative to a subfolder, and only those below it", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a": "1", "infra/a": "1", "infrastructure/c": "1" });
  await repo.commit({ "b": "1" });
  await repo.commit({ "b": "2", "infra/deployer/b": "1" });
  const pushes = await pushesOf({ path: `${repo.path}/infra` });
  assert.deepEqual(inShort(pushes), ["+a", "", "+deployer/b"]);
});

Deno.test("readPushes() takes the end of a shallow clone for a first commit", async () => {
  await using origin = await tempRepository();
  await origin.commit({ "a": "1" });
  const second = await origin.commit({ "b": "1" });
  await origin.commit({ "c": "1" });
  await using clone = await tempRepository(
    ...["clone", "--quiet", "--depth=2", `file://${origin.path}`, "."],
  );
  const pushes = await pushesOf(clone);
  assert.deepEqual(inShort(pushes), ["+a +b", "+c"]);
  assert.deepEqual(pushes.map(({ parent }) => parent), [undefined, second]);
});

/** Settings that change what `git log` prints, or how. */
const SETTINGS: Readonly<Record<string, string>> = {
  "color.ui": "always",
  "color.diff": "always",
  "core.quotePath": "true",
  "core.pager": "false",
  "core.abbrev": "7",
  "diff.external": "false",
  "diff.ignoreSubmodules": "all",
  "diff.mnemonicPrefix": "true",
  "diff.noprefix": "true",
  "diff.orderFile": "/dev/null",
  "diff.relative": "true",
  "diff.renames": "copies",
  "format.pretty": "oneline",
  "format.notes": "*",
  "i18n.logOutputEncoding": "UTF-16",
  "log.abbrevCommit": "true",
  "log.date": "raw",
  "log.decorate": "full",
  "log.diffMerges": "combined",
  "log.follow": "true",
  "log.mailmap": "true",
  "log.showRoot": "false",
  "log.showSignature": "true",
  "log.graphColors": "red",
  "notes.displayRef": "refs/notes/*",
};

Deno.test("readPushes() answers the same whatever the user's settings of git", async () => {
  await using repo = await tempRepository();
  const text = "many\nlines\nof\ntext\n".repeat(20);
  await repo.commit({ ".gitattributes": "*.txt diff=odd\n", "old.txt": text });
  await repo.git("checkout", "--quiet", "-b", "feature");
  await repo.commit({ "old.txt": null, "é.txt": text });
  await repo.git("checkout", "--quiet", "main");
  await repo.commit({ "main.txt": "1" });
  await repo.git("merge", "--quiet", "--no-ff", "--message=merge é", "feature");
  await repo.git("notes", "add", "--message=a note");
  const expected = await pushesOf(repo);
  assert.deepEqual(inShort(expected), [
    "+.gitattributes +old.txt",
    "+main.txt",
    "+é.txt -old.txt",
  ]);
  await repo.git("config", "diff.odd.command", "false");
  for (const [key, value] of Object.entries(SETTINGS)) {
    await repo.git("config", key, value);
  }
  assert.deepEqual(await pushesOf(repo), expected);
});

Deno.test("readPushes() stops git where nobody asks for more", async () => {
  await using repo = await tempRepository();
  for (let index = 0; index < 3; index++) await repo.commit({ [`f${index}`]: "1" });
  const seen: string[] = [];
  for await (const { subject } of readPushes(repo.path, { to: "HEAD" })) {
    seen.push(subject);
    if (seen.length === 2) break;
  }
  assert.equal(seen.length, 2);
});

Deno.test("readPushes() says where git cannot tell", async () => {
  await using repo = await tempRepository();
  await repo.commit({ "a": "1" });
  await assert.rejects(pushesOf(repo, { to: "ab".repeat(20) }), (error: unknown) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /^Cannot read the history: bad object (?:ab){20}/);
    return true;
  });
});
