import assert from "node:assert/strict";
import fc from "fast-check";
import { runGit, splitNul } from "../../src/git/git.ts";
import { tempRepository } from "./temp_repository.ts";

Deno.test("runGit() gives what git wrote, or the first line of its complaint, hiding nothing", async () => {
  await using repo = await tempRepository();
  const head = await repo.commit({ "a.txt": "1" });
  assert.deepEqual(await runGit(repo.path, ["rev-parse", "HEAD"]), {
    ...{ ok: true, code: 0, text: `${head}\n`, complaint: "" },
  });
  const failing: readonly (readonly [args: readonly string[], complaint: RegExp])[] = [
    [["rev-parse", "--verify", "nowhere"], /^Needed a single revision$/],
    [["diff", "--no-such-option"], /^[^\n]+$/],
    [["cat-file", "blob", "a\u202eb"], /a\\u\{202e\}b/],
  ];
  for (const [args, expected] of failing) {
    const { ok, complaint } = await runGit(repo.path, args);
    assert.equal(ok, false);
    assert.match(complaint, expected);
  }
});

Deno.test("runGit() lets no shell see the arguments", async () => {
  const words = ["$(id)", "`id`", "a b", "*", ";", "'", '"', "$HOME"];
  const { text } = await runGit(".", ["rev-parse", "--sq-quote", "--", ...words]);
  assert.equal(text, ` '--' '$(id)' '\`id\`' 'a b' '*' ';' ''\\''' '"' '$HOME'\n`);
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
