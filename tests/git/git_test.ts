import assert from "node:assert/strict";
import fc from "fast-check";
import { runGit, splitNul } from "../../src/git/git.ts";
import { tempRepository } from "./temp_repository.ts";

Deno.test("runGit() gives what git wrote", async () => {
  await using repo = await tempRepository();
  const head = await repo.commit({ "a.txt": "1" });
  const { ok, text, complaint } = await runGit(repo.path, ["rev-parse", "HEAD"]);
  assert.deepEqual([ok, text, complaint], [true, `${head}\n`, ""]);
});

Deno.test("runGit() lets no shell see the arguments", async () => {
  await using repo = await tempRepository();
  const words = ["$(id)", "`id`", "a b", "*", ";", "'", '"', "$HOME"];
  const { text } = await runGit(repo.path, ["rev-parse", "--sq-quote", "--", ...words]);
  const direct = await repo.git("rev-parse", "--sq-quote", "--", ...words);
  assert.equal(text.trimEnd(), direct);
  assert.ok(direct.includes("'$(id)'"));
});

Deno.test("runGit() gives the first line of what git complains about", async () => {
  await using repo = await tempRepository();
  const { ok, complaint } = await runGit(repo.path, ["rev-parse", "--verify", "nowhere"]);
  assert.deepEqual([ok, complaint], [false, "Needed a single revision"]);
  const { complaint: first } = await runGit(repo.path, ["diff", "--no-such-option"]);
  assert.ok(first !== "" && !first.includes("\n"), first);
});

Deno.test("runGit() hides nothing in a complaint", async () => {
  await using repo = await tempRepository();
  const { complaint } = await runGit(repo.path, ["cat-file", "blob", "a\u202eb"]);
  assert.match(complaint, /a\\u\{202e\}b/);
});

Deno.test("splitNul() gives the fields back", () => {
  const field = fc.string({ unit: fc.constantFrom(..."ab \n\r\t,é😀"), maxLength: 5 });
  fc.assert(
    fc.property(fc.array(field), (fields) => {
      assert.deepEqual(splitNul(fields.map((text) => `${text}\0`).join("")), fields);
    }),
    { seed: 1, numRuns: 500 },
  );
});
