import assert from "node:assert/strict";
import { resolveRange } from "../../src/git/range.ts";
import { tempFolder } from "../temp_folder.ts";
import { userError } from "../user_error.ts";
import { fastImport } from "./fast_import.ts";
import { evalWithGit, gitModule } from "./stand_in.ts";
import { tempRepository } from "./temp_repository.ts";

/** What is wrong with a range. */
const problemsOf = async (...args: Parameters<typeof resolveRange>) =>
  (await userError(resolveRange(...args))).problems.map(({ message }) => message);

/** A history with a branch that was merged: v1, (feature), second, main; and one apart. */
async function merged() {
  const repo = await tempRepository();
  const change = (branch: string) => ({ branch, message: `change ${branch}`, changes: [] });
  await fastImport(repo.path, [
    change("v1"),
    { ...change("feature"), from: "v1" },
    { ...change("second"), from: "v1" },
    { branch: "main", from: "second", merges: ["feature"], changes: [] },
    change("other"),
  ]);
  const hashes = await repo.git("rev-parse", "v1", "second", "main");
  const [first = "", second = "", merge = ""] = hashes.split("\n");
  return { repo, first, second, merge };
}

Deno.test("resolveRange() takes every name of a commit, and the whole history without one", async () => {
  const { repo, first, second, merge } = await merged();
  await using _ = repo;
  const whole = { from: first, to: merge, pushes: 2, shallow: false };
  const ranges: readonly (readonly [from: string | undefined, to: string | undefined, unknown])[] =
    [
      [undefined, undefined, whole],
      ...[first, first.slice(0, 9), "v1", "main~2", "main^{/change}~1"]
        .map((from) => [from, "main", whole] as const),
      ["v1", "main^1", { ...whole, to: second, pushes: 1 }],
      ["HEAD", "main", { ...whole, from: merge, pushes: 0 }],
      [undefined, "v1", { ...whole, to: first, pushes: 0 }],
    ];
  for (const [from, to, range] of ranges) {
    assert.deepEqual(await resolveRange(repo.path, from, to), range, `${from} ${to}`);
  }
});

Deno.test("resolveRange() says all names that git does not know", async () => {
  const { repo } = await merged();
  await using _ = repo;
  assert.deepEqual(await problemsOf(repo.path, "nowhere", "no\u202ething"), [
    'Cannot find the commit --from "nowhere": expected a branch, a tag or a commit that git knows',
    'Cannot find the commit --to "no\\u{202e}thing": expected a branch, a tag or a commit that git ' +
    "knows",
  ]);
  for (const name of ["--all", "", "HEAD..main", "^main", "0".repeat(40)]) {
    const [problem = ""] = await problemsOf(repo.path, name);
    assert.ok(problem.startsWith(`Cannot find the commit --from "${name}": `), problem);
  }
});

Deno.test("resolveRange() says why no push ended with a commit", async () => {
  const { repo } = await merged();
  await using _ = repo;
  const newer = "the first is the newer one; expected the older one in --from";
  const apart = "the first is not in the history of the second; expected a commit that it " +
    "descends from";
  const wrong: readonly (readonly [from: string, to: string, why: string])[] = [
    ["main", "v1", newer],
    ["main", "feature", newer],
    [
      ...["feature", "HEAD"] as const,
      "the first came into the second with a merge, so no push ended there; expected a commit " +
      'that "git log --first-parent" shows',
    ],
    ["main", "other", apart],
    ["other", "main", apart],
  ];
  for (const [from, to, why] of wrong) {
    const problem = `Cannot replay from "${from}" to "${to}": ${why}`;
    assert.deepEqual(await problemsOf(repo.path, from, to), [problem]);
  }
});

Deno.test("resolveRange() knows in a shallow clone what it may miss", async () => {
  const { repo: origin, first, second, merge } = await merged();
  await using _ = origin;
  await using clone = await tempRepository(
    ...["clone", "--quiet", "--depth=2", `file://${origin.path}`, "."],
  );
  const range = { from: second, to: merge, pushes: 1, shallow: true };
  assert.deepEqual(await resolveRange(clone.path, undefined), range);
  assert.deepEqual(await resolveRange(clone.path, second), range);
  const [problem = ""] = await problemsOf(clone.path, first);
  assert.match(problem, / \(this clone is shallow: fetch more of its history\)$/);
});

Deno.test("resolveRange() says what to do where there is no history, or an old git", async () => {
  await using folder = await tempFolder();
  assert.match(
    (await problemsOf(folder.path, undefined)).join(),
    /^Cannot read the history of ".*": not a git repository .*; run in a git repository$/,
  );
  await using repo = await tempRepository();
  assert.match((await problemsOf(repo.path, undefined)).join(), /^Cannot find the commit --to /);
  const said = await evalWithGit(
    'case " $* " in *" version "*) echo git version 2.20.1 ;; *shallow*) echo false ;; ' +
      "*) exit 129 ;; esac",
    `const { resolveRange } = await import(${gitModule("range.ts")});
     await resolveRange(".", undefined).catch((error) => console.log(error.message));`,
  );
  assert.match(
    said,
    /^Cannot read the history of ".": .*; expected git \S+ or newer, found 2\.20\.1: install a newer one\n$/,
  );
});
