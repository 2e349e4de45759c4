import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { type Push, readPushes } from "../../src/git/history.ts";
import { type Commit, fastImport, type FileChange } from "./fast_import.ts";
import { configText, tempRepository } from "./temp_repository.ts";

/** The pushes of a repository's history. */
async function pushesOf(
  path: string,
  range: { readonly from?: string; readonly to?: string } = {},
): Promise<readonly Push[]> {
  return await Array.fromAsync(readPushes(path, { to: "HEAD", ...range }));
}

/** What a push did, in few words: `-` deleted, `+` anything else. */
function inShort({ files }: Push): string {
  return files.map(({ path, id }) => `${id === undefined ? "-" : "+"}${path}`).sort().join(" ");
}

const LONG = "many\nlines\nof\ntext\n".repeat(20);
const NAMES = [
  ...["with space", " leading", "trailing ", "a,b", 'say "a"', "back\\slash", "a\tb", "a\nb", "\n"],
  ...["-leading", ":colon", ":100644 100644 a b M", "\n:100644 000000 a b D", "é", "日本", "😀"],
  ...["a\u202eb", "a\u001b[31mb", "c0ffee 2026-01-01T00:00:00+00:00 "],
];

const named = (kind: "file" | "gone"): readonly FileChange[] =>
  NAMES.map((path) => ({ path, kind }));
const said = (sign: string) => NAMES.map((name) => `${sign}${name}`).sort().join(" ");
const gone = (path: string) => ({ path, kind: "gone" } as const);
const branch = (name: string): Omit<Commit, "changes"> => ({ branch: name, from: "main" });

/** What commits do, each with what the push is in short, where it is one of main. */
const HISTORY: readonly (readonly [
  criterion: string,
  changes: readonly FileChange[],
  pushed: string | undefined,
  on?: Omit<Commit, "changes">,
])[] = [
  ["nothing at first", [], ""],
  [
    "added files",
    [
      { path: "deep/modified" },
      { path: "run.sh" },
      { path: "file" },
      { path: "old", text: LONG },
      { path: "copied", text: LONG },
    ],
    "+copied +deep/modified +file +old +run.sh",
  ],
  [
    "a modified and a deleted file",
    [{ path: "deep/modified", text: "2" }, gone("file")],
    "+deep/modified -file",
  ],
  ["nothing in between", [], ""],
  [
    "a rename and a copy as deletions and additions",
    [gone("old"), { path: "new", text: LONG }, { path: "copy", text: LONG }],
    "+copy +new -old",
  ],
  [
    "a changed mode and a changed type, and a submodule",
    [
      { path: "run.sh", kind: "executable" },
      { path: "copy", kind: "link", text: "new" },
      { path: "sub", kind: "submodule" },
    ],
    "+copy +run.sh +sub",
  ],
  ["every name as it is", named("file"), said("+")],
  ["every name that is gone", named("gone"), said("-")],
  [
    "a name that is not UTF-8 with replacement characters",
    [{ path: new Uint8Array([0x61, 0xff, 0x62]) }],
    "+a\ufffdb",
  ],
  ["nothing of a branch", [{ path: "one" }], undefined, branch("one")],
  ["nothing of another branch", [{ path: "two" }], undefined, branch("two")],
  ["what happened meanwhile", [{ path: "meanwhile" }], "+meanwhile"],
  [
    "an octopus merge against its first parent",
    [{ path: "one" }, { path: "two" }],
    "+one +two",
    { branch: "main", merges: ["one", "two"] },
  ],
];

const SUBJECTS = [
  ...["", "-x", "é 😀", "a\tb", ":100644 100644 a b M", "%H%x00", '=1+1 "a", b', "\ufeffx"],
];

Deno.test("readPushes() gives every push with its files and their blobs, oldest first", async () => {
  await using repo = await tempRepository();
  const message = (index: number) => {
    const subject = SUBJECTS[index % SUBJECTS.length];
    return subject === "" ? "" : `${subject}\n\nMore.\n`;
  };
  const commits = HISTORY.map(([, changes, , on = { branch: "main" }], index) => ({
    ...{ changes, message: message(index), time: 1_700_000_000 + index },
    ...on,
  }));
  await fastImport(repo.path, commits);
  const pushes = await pushesOf(repo.path);
  const expected = HISTORY.map((row, index) => ({ row, index }))
    .filter(({ row: [, , pushed] }) => pushed !== undefined);
  assert.equal(pushes.length, expected.length);
  for (const [at, { row: [criterion, , pushed], index }] of expected.entries()) {
    const push = pushes[at] ?? assert.fail();
    assert.equal(inShort(push), pushed, criterion);
    assert.equal(push.subject, SUBJECTS[index % SUBJECTS.length]);
    assert.equal(push.parent, pushes[at - 1]?.commit);
    assert.equal(Date.parse(push.date), 1000 * (1_700_000_000 + index));
  }
  const listed = await repo.git("rev-list", "--first-parent", "--reverse", "HEAD");
  assert.deepEqual(pushes.map(({ commit }) => commit), listed.split("\n"));
  const [, added, modified] = pushes;
  const id = await repo.git("rev-parse", `${modified?.commit}:deep/modified`);
  const path = "deep/modified";
  assert.deepEqual(modified?.files.find((file) => file.path === path), {
    ...{ path, id, mode: "100644" },
  });
  const range = { from: added?.commit ?? "", to: pushes[3]?.commit ?? "" };
  assert.deepEqual(await pushesOf(repo.path, range), pushes.slice(2, 4));
  assert.deepEqual(await pushesOf(repo.path, { ...range, from: range.to }), []);
});

Deno.test("readPushes() gives paths relative to a subfolder, and only those below it", async () => {
  await using repo = await tempRepository();
  const pushes = [["a", "infra/a", "infrastructure/c"], ["b"], ["b", "infra/deployer/b"]];
  await fastImport(
    repo.path,
    pushes.map((paths, index) => ({
      branch: "main",
      changes: paths.map((path) => ({ path, text: String(index) })),
    })),
  );
  await Deno.mkdir(`${repo.path}/infra`);
  const below = await pushesOf(`${repo.path}/infra`);
  assert.deepEqual(below.map(inShort), ["+a", "", "+deployer/b"]);
  await using clone = await tempRepository(
    ...["clone", "--quiet", "--depth=2", `file://${repo.path}`, "."],
  );
  const shallow = await pushesOf(clone.path);
  // The end of a shallow clone looks like a first commit.
  assert.equal(shallow.map(inShort)[0], "+a +b +infra/a +infrastructure/c");
  assert.deepEqual(shallow.map(({ parent }) => parent), [undefined, below[1]?.commit]);
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
  "diff.odd.command": "false",
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
  await fastImport(repo.path, [
    {
      branch: "main",
      changes: [{ path: ".gitattributes", text: "*.txt diff=odd\n" }, {
        path: "old.txt",
        text: LONG,
      }],
    },
    { ...branch("feature"), changes: [gone("old.txt"), { path: "é.txt", text: LONG }] },
    { branch: "main", changes: [{ path: "main.txt" }] },
    {
      ...{ branch: "main", merges: ["feature"], message: "merge é" },
      changes: [gone("old.txt"), { path: "é.txt", text: LONG }],
    },
  ]);
  await repo.git("notes", "add", "--message=a note");
  const expected = await pushesOf(repo.path);
  const pushed = ["+.gitattributes +old.txt", "+main.txt", "+é.txt -old.txt"];
  assert.deepEqual(expected.map(inShort), pushed);
  await Deno.writeTextFile(`${repo.path}/.git/config`, configText(SETTINGS), { append: true });
  assert.deepEqual(await pushesOf(repo.path), expected);
});

Deno.test("readPushes() stops git where a consumer stops, and says where git cannot tell", async () => {
  await using repo = await tempRepository();
  const commits = Array.from({ length: 3 }, () => ({ branch: "main", changes: [] }));
  await fastImport(repo.path, commits);
  let seen = 0;
  for await (const _ of readPushes(repo.path, { to: "HEAD" })) {
    if (++seen === 2) break;
  }
  assert.equal(seen, 2);
  await assert.rejects(pushesOf(repo.path, { to: "ab".repeat(20) }), (error: unknown) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /^Cannot read the history: bad object (?:ab){20}/);
    return true;
  });
});
