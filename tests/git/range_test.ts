import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { resolveRange } from "../../src/git/range.ts";
import { tempFolder } from "../temp_folder.ts";
import { evalWithGit, gitModule } from "./stand_in.ts";
import { tempRepository } from "./temp_repository.ts";

/** What is wrong with a range. */
async function problemsOf(...args: Parameters<typeof resolveRange>): Promise<readonly string[]> {
  const error = await resolveRange(...args).then(() => undefined, (error: unknown) => error);
  assert.ok(error instanceof UserError, Deno.inspect(error));
  return error.problems.map(({ message }) => message);
}

/** A history with a branch that was merged: first, (branch), second, merge. */
async function merged() {
  const repo = await tempRepository();
  const first = await repo.commit({ "a": "1" });
  await repo.git("tag", "v1");
  await repo.git("checkout", "--quiet", "-b", "feature");
  await repo.commit({ "feature": "1" });
  await repo.git("checkout", "--quiet", "main");
  const second = await repo.commit({ "b": "1" });
  await repo.git("merge", "--quiet", "--no-ff", "--message=merge", "feature");
  const merge = await repo.git("rev-parse", "HEAD");
  return { repo, first, second, merge };
}

Deno.test("resolveRange() begins with the first commit and ends with what is checked out", async () => {
  const { repo, first, merge } = await merged();
  await using _ = repo;
  const range = { from: first, to: merge, pushes: 2, shallow: false };
  assert.deepEqual(await resolveRange(repo.path, undefined), range);
});

Deno.test("resolveRange() takes every name of a commit", async () => {
  const { repo, first, second, merge } = await merged();
  await using _ = repo;
  const range = { from: first, to: merge, pushes: 2, shallow: false };
  for (const from of [first, first.slice(0, 9), "v1", "main~2", "main^{/change}~1"]) {
    assert.deepEqual(await resolveRange(repo.path, from, "main"), range);
  }
  const shorter = { from: first, to: second, pushes: 1, shallow: false };
  assert.deepEqual(await resolveRange(repo.path, "v1", "main^1"), shorter);
});

Deno.test("resolveRange() may be empty", async () => {
  const { repo, first, merge } = await merged();
  await using _ = repo;
  const here = { from: merge, to: merge, pushes: 0, shallow: false };
  assert.deepEqual(await resolveRange(repo.path, "HEAD", "main"), here);
  const start = { from: first, to: first, pushes: 0, shallow: false };
  assert.deepEqual(await resolveRange(repo.path, undefined, "v1"), start);
});

Deno.test("resolveRange() says all names that git does not know", async () => {
  const { repo } = await merged();
  await using _ = repo;
  assert.deepEqual(await problemsOf(repo.path, "nowhere", "no\u202ething"), [
    'Cannot find the commit --from "nowhere": expected a branch, a tag or a commit that git knows',
    'Cannot find the commit --to "no\\u{202e}thing": expected a branch, a tag or a commit that git ' +
    "knows",
  ]);
  for (const name of ["--all", "-n1", "", "HEAD..main", "^main", "0".repeat(40)]) {
    const [problem = ""] = await problemsOf(repo.path, name);
    assert.ok(problem.startsWith(`Cannot find the commit --from "${name}": `), problem);
  }
});

Deno.test("resolveRange() wants the older commit first", async () => {
  const { repo } = await merged();
  await using _ = repo;
  assert.deepEqual(await problemsOf(repo.path, "main", "v1"), [
    'Cannot replay from "main" to "v1": the first is the newer one; expected the older one in ' +
    "--from",
  ]);
  assert.match((await problemsOf(repo.path, "main", "feature")).join(), /the first is the newer/);
});

Deno.test("resolveRange() wants a commit that a push ended with", async () => {
  const { repo } = await merged();
  await using _ = repo;
  assert.deepEqual(await problemsOf(repo.path, "feature"), [
    'Cannot replay from "feature" to "HEAD": the first came into the second with a merge, so no ' +
    'push ended there; expected a commit that "git log --first-parent" shows',
  ]);
});

Deno.test("resolveRange() wants commits of one history", async () => {
  const { repo } = await merged();
  await using _ = repo;
  await repo.git("checkout", "--quiet", "--orphan", "other");
  await repo.commit({ "other": "1" });
  for (const [from, to] of [["main", "other"], ["other", "main"]] as const) {
    const [problem = ""] = await problemsOf(repo.path, from, to);
    assert.match(
      problem,
      /: the first is not in the history of the second; expected a commit that/,
    );
  }
});

Deno.test("resolveRange() knows in a shallow clone what it may miss", async () => {
  await using origin = await tempRepository();
  const first = await origin.commit({ "a": "1" });
  const second = await origin.commit({ "b": "1" });
  const third = await origin.commit({ "c": "1" });
  await using clone = await tempRepository(
    ...["clone", "--quiet", "--depth=2", `file://${origin.path}`, "."],
  );
  const range = { from: second, to: third, pushes: 1, shallow: true };
  assert.deepEqual(await resolveRange(clone.path, undefined), range);
  assert.deepEqual(await resolveRange(clone.path, second), range);
  const [problem = ""] = await problemsOf(clone.path, first);
  assert.match(problem, / \(this clone is shallow: fetch more of its history\)$/);
});

Deno.test("resolveRange() says what to do where there is no history", async () => {
  await using folder = await tempFolder();
  assert.match(
    (await problemsOf(folder.path, undefined)).join(),
    /^Cannot read the history of ".*": not a git repository .*; run in a git repository$/,
  );
  await using repo = await tempRepository();
  assert.match((await problemsOf(repo.path, undefined)).join(), /^Cannot find the commit --to /);
});

Deno.test("resolveRange() wants a git that is new enough", async () => {
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
