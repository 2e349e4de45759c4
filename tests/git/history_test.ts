import assert from "node:assert/strict";
import { type Push, readPushes } from "../../src/git/history.ts";
import { userError } from "../user_error.ts";
import { type Commit, fastImport } from "./fast_import.ts";
import { addOddSettings, AFTER, BEFORE, PATHS } from "./steps.ts";
import { tempRepository } from "./temp_repository.ts";

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

const said = (sign: string, paths: readonly string[]) => paths.map((path) => `${sign}${path}`);
const files = (...paths: readonly string[]) => paths.map((path) => ({ path }));

/** What commits do, and what the push is in short, where the commit is one of main. */
const HISTORY: readonly (Omit<Commit, "branch"> & { branch?: string; pushed?: string })[] = [
  { changes: [], pushed: "" },
  { changes: BEFORE, pushed: said("+", PATHS.before).sort().join(" ") },
  { changes: [], pushed: "" },
  {
    changes: AFTER,
    pushed: [...said("+", PATHS.changed), ...said("-", PATHS.deleted)].sort().join(" "),
  },
  { changes: files("one"), branch: "one", from: "main" },
  { changes: files("two"), branch: "two", from: "main" },
  { changes: files("meanwhile"), pushed: "+meanwhile" },
  { changes: files("one", "two"), merges: ["one", "two"], pushed: "+one +two" },
  { changes: [{ path: "one", kind: "gone" }], pushed: "-one" },
];

const SUBJECTS = [
  ...["", "-x", "é 😀", "a\tb", ":100644 100644 a b M", "%H%x00", '=1+1 "a", b', "\ufeffx"],
];

Deno.test("readPushes() gives every push, whatever its files and message, and the user's settings", async () => {
  await using repo = await tempRepository();
  const commits = HISTORY.map((commit, index) => {
    const subject = SUBJECTS[index % SUBJECTS.length] ?? "";
    const message = subject === "" ? "" : `${subject}\n\nMore.\n`;
    return { branch: "main", message, subject, time: 1_700_000_000 + index, ...commit };
  });
  await fastImport(repo.path, commits);
  await repo.git("notes", "add", "--message=a note");
  const expected = commits.filter(({ pushed }) => pushed !== undefined);
  const listed = await repo.git("rev-list", "--first-parent", "--reverse", "HEAD");
  for (const odd of [false, true]) {
    if (odd) await addOddSettings(repo.path);
    const pushes = await pushesOf(repo.path);
    assert.deepEqual(pushes.map(inShort), expected.map(({ pushed }) => pushed));
    assert.deepEqual(pushes.map(({ subject }) => subject), expected.map(({ subject }) => subject));
    assert.deepEqual(pushes.map(({ commit }) => commit), listed.split("\n"));
    assert.deepEqual(pushes.map(({ parent }) => parent), [
      undefined,
      ...listed.split("\n").slice(0, -1),
    ]);
    assert.deepEqual(
      pushes.map(({ date }) => Date.parse(date)),
      expected.map(({ time }) => 1000 * time),
    );
  }
  const [, added, , modified] = await pushesOf(repo.path);
  const path = "deep/modified";
  const id = await repo.git("rev-parse", `${modified?.commit}:${path}`);
  const file = modified?.files.find((file) => file.path === path);
  assert.deepEqual(file, { path, id, mode: "100644" });
  const range = { from: added?.commit ?? "", to: modified?.commit ?? "" };
  const between = (await pushesOf(repo.path, range)).map(({ commit }) => commit);
  assert.deepEqual(between, listed.split("\n").slice(2, 4));
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

Deno.test("readPushes() stops git where a consumer stops, and says where git cannot tell", async () => {
  await using repo = await tempRepository();
  const commits = Array.from({ length: 3 }, () => ({ branch: "main", changes: [] }));
  await fastImport(repo.path, commits);
  let seen = 0;
  for await (const _ of readPushes(repo.path, { to: "HEAD" })) {
    if (++seen === 2) break;
  }
  assert.equal(seen, 2);
  const { message } = await userError(pushesOf(repo.path, { to: "ab".repeat(20) }));
  assert.match(message, /^Cannot read the history: bad object (?:ab){20}/);
});
