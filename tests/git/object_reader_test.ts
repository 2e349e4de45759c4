import assert from "node:assert/strict";
import fc from "fast-check";
import { ObjectReader } from "../../src/git/object_reader.ts";
import { evalWithGit, gitModule } from "./stand_in.ts";
import { tempRepository } from "./temp_repository.ts";

const MISSING = "c0ffee".repeat(6) + "c0ff";

/** Contents that look like git's own answers, or that a careless reader would cut. */
const CONTENTS = [
  ...["", "\n", "\n\n", "no line break at the end", "a\nb\n", "\0", "a\0b\0", "é\u{1f600}\r\n"],
  `${MISSING} missing\n`,
  `${MISSING} blob 3\nabc\n`,
];

/** A repository with a file for each content, and the id of each. */
async function repositoryOf(contents: readonly string[]) {
  const repo = await tempRepository();
  await repo.commit(Object.fromEntries(contents.map((text, index) => [`f${index}`, text])));
  const ids = (await repo.git("rev-parse", ...contents.map((_, index) => `HEAD:f${index}`)))
    .split("\n");
  return { repo, ids };
}

Deno.test("ObjectReader answers each who asks with what they asked for", async () => {
  const { repo, ids } = await repositoryOf(CONTENTS);
  await using _ = repo;
  await using objects = new ObjectReader(repo.path);
  const expected = new Map<string, string | undefined>([
    ...ids.map((id, index) => [id, CONTENTS[index]] as const),
    ...["", "a b c missing", MISSING, `${MISSING} blob 3`].map((id) => [id, undefined] as const),
  ]);
  for (const [id, text] of expected) assert.equal(await objects.readText(id), text);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...expected.keys())), async (ids) => {
      const texts = await Promise.all(ids.map((id) => objects.readText(id)));
      assert.deepEqual(texts, ids.map((id) => expected.get(id)));
    }),
    { seed: 1, numRuns: 60 },
  );
});

Deno.test("ObjectReader reads megabytes, takes more requests at once than a pipe holds, and answers before it ends", async () => {
  const large = "0123456789abcde\n".repeat(100_000);
  const { repo, ids: [id = "", next = ""] } = await repositoryOf([large, "next"]);
  await using _ = repo;
  let asked: readonly Promise<string | undefined>[];
  {
    await using objects = new ObjectReader(repo.path);
    asked = [id, ...Array(4_000).fill(next), id].map((id) => objects.readText(id));
  }
  const texts = await Promise.all(asked);
  assert.ok(texts[0] === large && texts.at(-1) === large);
  assert.deepEqual([...new Set(texts.slice(1, -1))], ["next"]);
});

Deno.test("ObjectReader ends where nothing was asked", async () => {
  await using _ = new ObjectReader("/nowhere");
});

const HEADER = `${MISSING} blob 5`;
const STOPPED = "UserError: Cannot read an object from git: ";
const NOT_STARTED = "UserError: Cannot start git: expected it on the PATH; install it";
const twice = (line: string) => [line, line] as const;

/** What is said of two objects, by what a script does that stands in for git. */
const DEATHS: Readonly<
  Record<string, readonly [script: string | undefined, said: readonly string[]]>
> = {
  "was not there": [undefined, twice(NOT_STARTED)],
  "stopped before an answer": ["exit 3", twice(`${STOPPED}it ended with exit code 3`)],
  "stopped in a header": ["printf 'c0ffee'; exit 3", twice(`${STOPPED}it ended with exit code 3`)],
  "stopped in an object": [
    `printf '${HEADER}\\nab'; echo 'fatal: gone' >&2; exit 1`,
    twice(`${STOPPED}gone`),
  ],
  "stopped before an object's end": [
    `printf '${HEADER}\\nabcde'; kill -9 $$`,
    twice(`${STOPPED}SIGKILL ended it`),
  ],
  "stopped after an answer": [
    `printf '${HEADER}\\nabcde\\n'; exit 3`,
    ["abcde", `${STOPPED}it ended with exit code 3`],
  ],
};

for (const [when, [script, said]] of Object.entries(DEATHS)) {
  Deno.test(`ObjectReader says that git ${when}`, async () => {
    const code = `const { ObjectReader } = await import(${gitModule("object_reader.ts")});
      await using objects = new ObjectReader(".");
      const asked = ["first", "second"].map((id) => objects.readText(id));
      const settled = await Promise.allSettled(asked);
      settled.push(...await Promise.allSettled([objects.readText("third")]));
      for (const { value, reason } of settled) console.log(value ?? String(reason));`;
    const expected = [...said, said.at(-1)].map((line) => `${line}\n`);
    assert.equal(await evalWithGit(script, code), expected.join(""));
  });
}
