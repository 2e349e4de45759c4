import assert from "node:assert/strict";
import fc from "fast-check";
import { compareFiles, type Difference, type TextFile } from "../../src/drift/differences.ts";
import { differenceDiff, differenceProblem, differInPinsAlone } from "../../src/drift/describe.ts";
import { tempRepository } from "../git/temp_repository.ts";

const PATH = ".github/workflows/deploy-hubs.yaml";

const changed = (was: string, text: string): Difference => ({
  kind: "changed",
  path: PATH,
  was,
  text,
});

Deno.test("differenceProblem() says what differs, where, and what fixes it", () => {
  assert.deepEqual(
    differenceProblem(changed("a\nb\nc\n", "a\nx\nc\n"), { fix: "deno task generate" }),
    {
      file: PATH,
      line: 2,
      message: 'Cannot accept it: it differs from what is generated; run "deno task generate"',
    },
  );
});

Deno.test("differenceProblem() says which file is missing", () => {
  const missing: Difference = { kind: "missing", path: PATH, text: "a\n" };
  assert.deepEqual(differenceProblem(missing, { fix: "fix" }), {
    file: PATH,
    message: 'Cannot find it: it should be generated; run "fix"',
  });
});

Deno.test("differenceProblem() says which file nothing generates, and that it will be deleted", () => {
  const orphaned: Difference = { kind: "orphaned", path: PATH, was: "a\n" };
  const { file, line, message } = differenceProblem(orphaned, { fix: "fix" });
  assert.deepEqual([file, line], [PATH, 1]);
  assert.match(message, /^Cannot accept it: .*nothing generates it; run "fix", which deletes it$/);
});

Deno.test("differenceProblem() says that hubwright did not write a file, and how to overwrite it", () => {
  const foreign: Difference = { kind: "foreign", path: PATH, was: "a\n", text: "b\n" };
  assert.deepEqual(differenceProblem(foreign, { fix: "deno task generate" }), {
    file: PATH,
    line: 1,
    message: "Cannot overwrite it: hubwright did not write it, for its first line does not say " +
      'so; move it away, or run "deno task generate --replace"',
  });
});

Deno.test("differenceProblem() and differenceDiff() tell line endings from other differences", () => {
  const crlf = changed("a\r\nb\r\n", "a\nb\n");
  assert.equal(
    differenceProblem(crlf, { fix: "deno task generate" }).message,
    `Cannot accept it: only its line endings differ, CRLF for LF; add "/${PATH} eol=lf" to ` +
      '.gitattributes, and run "deno task generate"',
  );
  assert.equal(differenceDiff(crlf), "");
  for (const was of ["a\r\nc\r\n", "a\r\nb", "a\rb\r", "a\nb\n\r\n"]) {
    assert.match(differenceProblem(changed(was, "a\nb\n"), { fix: "x" }).message, /it differs/);
    assert.notEqual(differenceDiff(changed(was, "a\nb\n")), "");
  }
});

/** The first line that differs, for a file that was and what it should be. */
const FIRST: readonly [what: string, was: string, text: string, line: number][] = [
  ["the first line", "x\nb\n", "a\nb\n", 1],
  ["a line in the middle", "a\nx\nc\n", "a\nb\nc\n", 2],
  ["an added line", "a\nc\n", "a\nb\nc\n", 2],
  ["a line too many", "a\nx\nb\n", "a\nb\n", 2],
  ["a line too many at the end", "a\nb\nx\n", "a\nb\n", 3],
  ["a line that is missing at the end", "a\n", "a\nb\n", 2],
  ["line ends", "a\r\nb\r\n", "a\nb\n", 1],
  ["an empty file", "", "a\n", 1],
  ["everything gone", "a\nb\n", "", 1],
];

Deno.test("differenceProblem() points at the first line that differs", () => {
  for (const [what, was, text, line] of FIRST) {
    assert.equal(differenceProblem(changed(was, text), { fix: "fix" }).line, line, what);
  }
});

Deno.test("differenceDiff() shows what running the generator would change", () => {
  const lines = (middle: string) => `1\n2\n3\n4\n${middle}\n6\n7\n8\n9\n`;
  assert.equal(
    differenceDiff(changed(lines("old"), lines("new"))),
    `--- a/${PATH}
+++ b/${PATH}
@@ -2,7 +2,7 @@
 2
 3
 4
-old
+new
 6
 7
 8
`,
  );
});

Deno.test("differenceDiff() shows a missing file as new and an orphaned one as deleted", () => {
  const missing = differenceDiff({ kind: "missing", path: PATH, text: "a\nb\n" });
  assert.equal(missing, `--- /dev/null\n+++ b/${PATH}\n@@ -0,0 +1,2 @@\n+a\n+b\n`);
  const orphaned = differenceDiff({ kind: "orphaned", path: PATH, was: "a\n" });
  assert.equal(orphaned, `--- a/${PATH}\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n`);
});

const WAS = "steps:\n  - uses: a/b@1 # v1\n  - name: x\n    uses: c/d@2 # v2\n    with: 1\n";

Deno.test("differInPinsAlone() is true where commits and versions differ", () => {
  assert.ok(differInPinsAlone(WAS, WAS.replace("@1 # v1", "@3 # v3")));
  assert.ok(differInPinsAlone(WAS, WAS.replace("@1", "@3").replace("@2 # v2", "@4 # v4")));
});

Deno.test("differInPinsAlone() is false where anything else differs, or nothing", () => {
  const others = [
    WAS,
    WAS.replace("a/b", "a/c"),
    WAS.replace("with: 1", "with: 2"),
    WAS.replace("@1 # v1", "@3 # v3").replace("with: 1", "with: 2"),
    WAS.replace(" # v1", ""),
    WAS.replace("@1 # v1", "@3 # v3\n  - run: evil"),
    WAS.replace("# v1", "# v1 evil"),
    WAS.replace("  - uses: a/b@1 # v1\n", ""),
    `run: |\n  uses: a/b@1 # v1\n${WAS}`,
  ];
  for (const text of others) assert.ok(!differInPinsAlone(WAS, text), text);
});

Deno.test("differenceProblem() says how to keep a bump, where there is a way", () => {
  const changed = {
    kind: "changed",
    path: "x.yaml",
    was: WAS.replace("@1", "@3"),
    text: WAS,
  } as const;
  assert.deepEqual(differenceProblem(changed, { fix: "generate", adopt: "adopt" }), {
    file: "x.yaml",
    line: 2,
    message: "Cannot accept it: its actions are at other commits than the lock says; run " +
      '"adopt" to keep these, or "generate" for those of the lock',
  });
  const plain = 'Cannot accept it: it differs from what is generated; run "generate"';
  assert.equal(differenceProblem(changed, { fix: "generate" }).message, plain);
  const other = { ...changed, was: WAS.replace("with: 1", "with: 2") };
  assert.equal(differenceProblem(other, { fix: "generate", adopt: "adopt" }).message, plain);
});

const PATHS = [PATH, "docs/rules.md", "a b/c.yaml", "é.yaml"];

const text = fc.tuple(
  fc.array(
    fc.constantFrom("a", "b", "", " ", "--- a", "+++ b", "@@ -1 +1 @@", "\\", "é", "-", "a\r"),
    {
      maxLength: 12,
    },
  ),
  fc.constantFrom("\n", "\n", ""),
).map(([lines, end]) => lines.length === 0 ? "" : lines.join("\n") + end)
  // A file without a line has no hunk, so a patch cannot say that it is there.
  .filter((text) => text !== "");

const files = fc.uniqueArray(fc.record({ path: fc.constantFrom(...PATHS), text }), {
  selector: ({ path }) => path,
});

Deno.test("differenceDiff() is a patch that git applies, and that gives what is generated", async () => {
  const cases = fc.sample(fc.tuple(files, files), { seed: 1, numRuns: 60 })
    .filter(([generated, present]) => compareFiles(generated, present).length > 0);
  await Promise.all(cases.map(async ([generated, present], index) => {
    if (index % 2 === 1) return;
    await using repo = await tempRepository();
    await Promise.all(present.map(async ({ path, text }) => {
      await Deno.mkdir(`${repo.path}/${path}`.replace(/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${repo.path}/${path}`, text);
    }));
    const patch = compareFiles(generated, present).map(differenceDiff).join("\n");
    await Deno.writeTextFile(`${repo.path}/the.patch`, patch);
    await repo.git("apply", "--whitespace=nowarn", "the.patch").catch((error) => {
      throw new Error(`${error.message}\n${patch}`);
    });
    const found = await Promise.all(PATHS.map(async (path): Promise<TextFile[]> => {
      const text = await Deno.readTextFile(`${repo.path}/${path}`).catch(() => undefined);
      return text === undefined ? [] : [{ path, text }];
    }));
    assert.deepEqual(
      compareFiles(generated, found.flat()),
      [],
      `${patch}\n${JSON.stringify({ generated, present })}`,
    );
  }));
  assert.ok(cases.length > 40);
});
