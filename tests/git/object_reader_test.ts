import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors.ts";
import { ObjectReader } from "../../src/git/object_reader.ts";
import { tempFolder } from "../temp_folder.ts";
import { evalWithGit, gitModule } from "./stand_in.ts";
import { tempRepository } from "./temp_repository.ts";

/** Contents that look like git's own answers, or that a careless reader would cut. */
const CONTENTS = [
  "",
  "\n",
  "\n\n",
  "no line break at the end",
  "a\nb\n",
  "\0",
  "a\0b\0",
  "78981922613b2afb6025042ff6bd878ac1994e85 missing\n",
  "78981922613b2afb6025042ff6bd878ac1994e85 blob 3\nabc\n",
  "é\u{1f600}\r\n",
];

/** A repository with a file for each content, and the id of each. */
async function repositoryOf(contents: readonly string[]) {
  const repo = await tempRepository();
  await repo.commit(Object.fromEntries(contents.map((text, index) => [`f${index}`, text])));
  const ids = (await repo.git("rev-parse", ...contents.map((_, index) => `HEAD:f${index}`)))
    .split("\n");
  return { repo, ids };
}

const MISSING = "c0ffee".repeat(6) + "c0ff";

Deno.test("ObjectReader reads every content, one after the other and all at once", async () => {
  const { repo, ids } = await repositoryOf(CONTENTS);
  await using _ = repo;
  await using objects = new ObjectReader(repo.path);
  for (const [index, id] of ids.entries()) {
    assert.equal(await objects.readText(id), CONTENTS[index]);
  }
  assert.deepEqual(await Promise.all(ids.map((id) => objects.readText(id))), CONTENTS);
});

Deno.test("ObjectReader answers each who asks with what they asked for", async () => {
  const { repo, ids } = await repositoryOf(CONTENTS);
  await using _ = repo;
  await using objects = new ObjectReader(repo.path);
  const expected = new Map<string, string | undefined>([
    ...ids.map((id, index) => [id, CONTENTS[index]] as const),
    [MISSING, undefined],
    ["HEAD:nowhere", undefined],
    ["HEAD:f1\n", undefined],
    ["", undefined],
    ["a b c missing", undefined],
    [`${MISSING} blob 3`, undefined],
    ["HEAD:f3", CONTENTS[3]],
  ]);
  const names = fc.array(fc.constantFrom(...expected.keys()), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(names, async (names) => {
      const texts = await Promise.all(names.map((name) => objects.readText(name)));
      assert.deepEqual(texts, names.map((name) => expected.get(name)));
    }),
    { seed: 1, numRuns: 60 },
  );
});

Deno.test("ObjectReader reads 10 MB, and what stands behind them", async () => {
  const large = "0123456789abcde\n".repeat(655_360);
  const { repo, ids: [id = "", next = ""] } = await repositoryOf([large, "next"]);
  await using _ = repo;
  await using objects = new ObjectReader(repo.path);
  const [first, second, third] = await Promise.all([id, next, id].map((id) => objects.read(id)));
  assert.equal(first?.length, 10_485_760);
  assert.ok(new TextDecoder().decode(first) === large);
  assert.equal(new TextDecoder().decode(second), "next");
  assert.equal(third?.length, 10_485_760);
});

Deno.test("ObjectReader takes more requests at once than a pipe holds", async () => {
  const { repo, ids: [id = ""] } = await repositoryOf(["text"]);
  await using _ = repo;
  await using objects = new ObjectReader(repo.path);
  const asked = Array.from({ length: 20_000 }, () => objects.readText(id));
  assert.deepEqual([...new Set(await Promise.all(asked))], ["text"]);
});

const NAMES = ["a\nb", "a\r", "a b", "-x", ":a", "a:b", "é", 'a"b', "*", "HEAD"];

Deno.test("ObjectReader reads a file at a commit by its path, whatever its name", async () => {
  await using repo = await tempRepository();
  await repo.commit(Object.fromEntries(NAMES.map((name) => [`dir/${name}`, `in ${name}`])));
  await repo.commit(Object.fromEntries(NAMES.map((name) => [`dir/${name}`, "after"])));
  await using objects = new ObjectReader(`${repo.path}/dir`);
  const texts = await Promise.all(NAMES.map((name) => objects.readText(`HEAD^:./${name}`)));
  assert.deepEqual(texts, NAMES.map((name) => `in ${name}`));
  assert.equal(await objects.read("HEAD^:./a\0b"), undefined);
});

Deno.test("ObjectReader has no object for a submodule", async () => {
  await using repo = await tempRepository();
  const other = "ab".repeat(20);
  await repo.git("update-index", "--add", "--cacheinfo", `160000,${other},sub`);
  await repo.git("commit", "--quiet", "--message=submodule");
  await using objects = new ObjectReader(repo.path);
  assert.deepEqual(
    await Promise.all([objects.read(other), objects.read("HEAD:sub")]),
    [undefined, undefined],
  );
});

Deno.test("ObjectReader ends where nothing was asked", async () => {
  await using repo = await tempRepository();
  await using _ = new ObjectReader(repo.path);
});

Deno.test("ObjectReader answers what was asked before it ends", async () => {
  const { repo, ids: [id = ""] } = await repositoryOf(["text"]);
  await using _ = repo;
  let asked: Promise<string | undefined>;
  {
    await using objects = new ObjectReader(repo.path);
    asked = objects.readText(id);
  }
  assert.equal(await asked, "text");
});

/** What is wrong, where git stops. */
async function problemOf(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(() => undefined, (error: unknown) => error);
  assert.ok(error instanceof UserError, Deno.inspect(error));
  return error.message;
}

Deno.test("ObjectReader says to all who wait that this is no repository", async () => {
  await using folder = await tempFolder();
  await using objects = new ObjectReader(folder.path);
  const asked = ["HEAD", MISSING].map((name) => problemOf(objects.read(name)));
  for (const problem of [...await Promise.all(asked), await problemOf(objects.read("HEAD"))]) {
    assert.match(problem, /^Cannot read an object from git: not a git repository/);
  }
});

/** What a reader says of two objects, where a script stands in for git. */
async function readWith(script: string | undefined): Promise<string> {
  return await evalWithGit(
    script,
    `const { ObjectReader } = await import(${gitModule("object_reader.ts")});
     try {
       await using objects = new ObjectReader(".");
       const asked = ["first", "second"].map((name) => objects.readText(name));
       for (const { value, reason } of await Promise.allSettled(asked)) {
         console.log(value ?? reason.name + " " + reason.message);
       }
     } catch (error) {
       console.log(error.name + " " + error.message);
     }`,
  );
}

Deno.test("ObjectReader says where git cannot be started", async () => {
  const line = "UserError Cannot start git: expected it on the PATH; install it\n";
  assert.equal(await readWith(undefined), line + line);
});

const HEADER = `${MISSING} blob 5`;
const DEATHS = {
  "before an answer": { script: "exit 3", said: "it ended with exit code 3" },
  "in a header": { script: "printf 'c0ffee'; exit 3", said: "it ended with exit code 3" },
  "in an object": {
    script: `printf '${HEADER}\\nab'; echo 'fatal: gone' >&2; exit 1`,
    said: "gone",
  },
  "before an object's end": {
    script: `printf '${HEADER}\\nabcde'; kill -9 $$`,
    said: "SIGKILL ended it",
  },
};

for (const [when, { script, said }] of Object.entries(DEATHS)) {
  Deno.test(`ObjectReader says that git stopped ${when}`, async () => {
    const line = `UserError Cannot read an object from git: ${said}\n`;
    assert.equal(await readWith(script), line + line);
  });
}

Deno.test("ObjectReader has what git answered before it stopped", async () => {
  assert.equal(
    await readWith(`printf '${HEADER}\\nabcde\\n'; exit 3`),
    "abcde\nUserError Cannot read an object from git: it ended with exit code 3\n",
  );
});
