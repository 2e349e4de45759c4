import assert from "node:assert/strict";
import { commitDates, distanceBetween } from "../../src/git/commit_dates.ts";
import { tempFolder } from "../temp_folder.ts";
import { tempRepository } from "./temp_repository.ts";

const MISSING = "a".repeat(40);

Deno.test("commitDates() gives the dates of the commits that the clone has", async () => {
  await using repository = await tempRepository();
  const one = await repository.commit({ "a/x": "1" });
  const two = await repository.commit({ "a/x": "2" });
  const date = "2026-01-01T00:00:00+00:00";
  assert.deepEqual(
    await commitDates(repository.path, [one, MISSING, two, one]),
    new Map([[one, date], [two, date]]),
  );
  assert.deepEqual(await commitDates(repository.path, [MISSING]), new Map());
});

Deno.test("commitDates() and distanceBetween() know nothing where there is no repository", async () => {
  await using folder = await tempFolder();
  assert.deepEqual(await commitDates(folder.path, [MISSING]), new Map());
  assert.equal(await distanceBetween(folder.path, MISSING, "HEAD"), undefined);
});

Deno.test("distanceBetween() counts what only one of two commits has", async () => {
  await using repository = await tempRepository();
  const { path, git, commit } = repository;
  const base = await commit({ "a/x": "1" });
  await commit({ "a/x": "2" });
  const ours = await commit({ "a/x": "3" });
  await git("checkout", "--quiet", "-b", "other", base);
  const theirs = await commit({ "a/x": "4" });
  assert.deepEqual(await distanceBetween(path, base, base), { ahead: 0, behind: 0 });
  assert.deepEqual(await distanceBetween(path, base, ours), { ahead: 2, behind: 0 });
  assert.deepEqual(await distanceBetween(path, ours, base), { ahead: 0, behind: 2 });
  assert.deepEqual(await distanceBetween(path, ours, theirs), { ahead: 1, behind: 2 });
  assert.equal(await distanceBetween(path, MISSING, ours), undefined);
});
