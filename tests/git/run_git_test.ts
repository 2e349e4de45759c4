import assert from "node:assert/strict";
import fc from "fast-check";
import { runGit, splitNul } from "../../src/git/run_git.ts";
import { tempRepository } from "./temp_repository.ts";

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

Deno.test("runGit() gives what git wrote", async () => {
  await using repo = await tempRepository();
  const head = await repo.commit({ "a.txt": "1" });
  const { ok, output, complaint } = await runGit(repo.path, ["rev-parse", "HEAD"]);
  assert.deepEqual([ok, decode(output), complaint], [true, `${head}\n`, ""]);
});

Deno.test("runGit() gives bytes as they are", async () => {
  await using repo = await tempRepository();
  const bytes = new Uint8Array([0, 255, 10, 13, 195]);
  await Deno.writeFile(`${repo.path}/a.bin`, bytes);
  await repo.commit({});
  const { output } = await runGit(repo.path, ["cat-file", "blob", "HEAD:a.bin"]);
  assert.deepEqual([...output], [...bytes]);
});

Deno.test("runGit() lets no shell see the arguments", async () => {
  await using repo = await tempRepository();
  const words = ["$(id)", "`id`", "a b", "*", ";", "'", '"', "$HOME"];
  const { output } = await runGit(repo.path, ["rev-parse", "--sq-quote", "--", ...words]);
  const direct = await repo.git("rev-parse", "--sq-quote", "--", ...words);
  assert.equal(decode(output).trimEnd(), direct);
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
      const output = new TextEncoder().encode(fields.map((text) => `${text}\0`).join(""));
      assert.deepEqual(splitNul(output), fields);
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("splitNul() puts replacement characters for bytes that are no UTF-8", () => {
  assert.deepEqual(splitNul(new Uint8Array([97, 255, 98, 0, 99, 0])), ["a\ufffdb", "c"]);
});
