import assert from "node:assert/strict";
import fc from "fast-check";
import { compareFiles, type Difference, type TextFile } from "../../src/drift/differences.ts";
import { differenceDiff, differenceProblem, differInPinsAlone } from "../../src/drift/describe.ts";
import { tempRepository } from "../git/temp_repository.ts";

const PATH = ".github/workflows/deploy-hubs.yaml";
const WAS = "steps:\n  - uses: a/b@1 # v1\n  - name: x\n    uses: c/d@2 # v2\n    with: 1\n";

const changed = (was: string, text: string): Difference => ({
  kind: "changed",
  path: PATH,
  was,
  text,
});

const DIFFERS = 'Cannot accept it: it differs from what is generated; run "fix"';
const CRLF = `Cannot accept it: only its line endings differ, CRLF for LF; add "/${PATH} eol=lf" ` +
  'to .gitattributes, and run "fix"';

/** What is said of differences, and of which line. */
const SAID: readonly (readonly [
  what: string,
  difference: Difference,
  line: number | undefined,
  message: string,
])[] = [
  [
    "a missing file",
    { kind: "missing", path: PATH, text: "a\n" },
    undefined,
    'Cannot find it: it should be generated; run "fix"',
  ],
  [
    "a file that nothing generates",
    { kind: "orphaned", path: PATH, was: "a\n" },
    1,
    'Cannot accept it: it says that it is generated and nothing generates it; run "fix", which ' +
    "deletes it",
  ],
  [
    "a file that hubwright did not write",
    { kind: "foreign", path: PATH, was: "a\n", text: "b\n" },
    1,
    "Cannot overwrite it: hubwright did not write it, for its first line does not say so; move " +
    'it away, or run "fix --replace"',
  ],
  ["line endings alone", changed("a\r\nb\r\n", "a\nb\n"), 1, CRLF],
  ["line endings and more", changed("a\r\nc\r\n", "a\nb\n"), 1, DIFFERS],
  ["line endings and no last one", changed("a\r\nb", "a\nb\n"), 1, DIFFERS],
  ["line endings of an old Mac", changed("a\rb\r", "a\nb\n"), 1, DIFFERS],
  ["a line that is an ending", changed("a\nb\n\r\n", "a\nb\n"), 3, DIFFERS],
  ["the first line", changed("x\nb\n", "a\nb\n"), 1, DIFFERS],
  ["a line in the middle", changed("a\nx\nc\n", "a\nb\nc\n"), 2, DIFFERS],
  ["an added line", changed("a\nc\n", "a\nb\nc\n"), 2, DIFFERS],
  ["a line too many", changed("a\nx\nb\n", "a\nb\n"), 2, DIFFERS],
  ["a line too many at the end", changed("a\nb\nx\n", "a\nb\n"), 3, DIFFERS],
  ["a line that is missing at the end", changed("a\n", "a\nb\n"), 2, DIFFERS],
  ["a last line break that is missing", changed("a", "a\n"), 2, DIFFERS],
  ["an empty file", changed("", "a\n"), 1, DIFFERS],
  ["everything gone", changed("a\nb\n", ""), 1, DIFFERS],
  ["pins, where bumps cannot be kept", changed(WAS.replace("@1", "@3"), WAS), 2, DIFFERS],
];

for (const [what, difference, line, message] of SAID) {
  Deno.test(`differenceProblem() says what to do about ${what}, and where it is`, () => {
    const said = { file: PATH, ...(line && { line }), message };
    assert.deepEqual(differenceProblem(difference, { fix: "fix" }), said);
    assert.equal(differenceDiff(difference) === "", message === CRLF);
  });
}

Deno.test("differenceProblem() says how to keep a bump, where there is a way", () => {
  const fixes = { fix: "fix", adopt: "adopt" };
  assert.equal(
    differenceProblem(changed(WAS.replace("@1", "@3"), WAS), fixes).message,
    'Cannot accept it: its actions are at other commits than the lock says; run "adopt" to keep ' +
      'these, or "fix" for those of the lock',
  );
  const other = changed(WAS.replace("with: 1", "with: 2"), WAS);
  assert.equal(differenceProblem(other, fixes).message, DIFFERS);
});

Deno.test("differInPinsAlone() is true where commits and versions differ, and nothing else", () => {
  const bumped = WAS.replace("@1 # v1", "@3 # v3");
  for (const text of [bumped, WAS.replace("@1", "@3").replace("@2 # v2", "@4 # v4")]) {
    assert.ok(differInPinsAlone(WAS, text), text);
  }
  const others = [
    WAS,
    WAS.replace("a/b", "a/c"),
    WAS.replace("with: 1", "with: 2"),
    bumped.replace("with: 1", "with: 2"),
    WAS.replace(" # v1", ""),
    WAS.replace("@1 # v1", "@3 # v3\n  - run: evil"),
    WAS.replace("# v1", "# v1 evil"),
    WAS.replace("  - uses: a/b@1 # v1\n", ""),
    `run: |\n  uses: a/b@1 # v1\n${WAS}`,
  ];
  for (const text of others) assert.ok(!differInPinsAlone(WAS, text), text);
});

Deno.test("differenceDiff() shows three lines around a change, new files and deleted ones", () => {
  const lines = (middle: string) => `1\n2\n3\n4\n${middle}\n6\n7\n8\n9\n`;
  assert.equal(
    differenceDiff(changed(lines("old"), lines("new"))),
    `--- a/${PATH}\n+++ b/${PATH}\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-old\n+new\n 6\n 7\n 8\n`,
  );
  const missing = differenceDiff({ kind: "missing", path: PATH, text: "a\nb\n" });
  assert.equal(missing, `--- /dev/null\n+++ b/${PATH}\n@@ -0,0 +1,2 @@\n+a\n+b\n`);
  const orphaned = differenceDiff({ kind: "orphaned", path: PATH, was: "a\n" });
  assert.equal(orphaned, `--- a/${PATH}\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n`);
});

const LINES = ["a", "b", "", " ", "--- a", "+++ b", "@@ -1 +1 @@", "\\", "é", "-", "a\r"];

const text = fc.tuple(
  fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 12 }),
  fc.constantFrom("\n", "\n", ""),
).map(([lines, end]) => lines.join("\n") + end)
  // A file without a line has no hunk, so a patch cannot say that it is there.
  .filter((text) => text !== "");

Deno.test("differenceDiff() is a patch that git applies, and that gives what is generated", async () => {
  const names = fc.constantFrom("a b/c", "é", ".github/x");
  const sets = fc.sample(fc.tuple(names, fc.option(text), fc.option(text)), {
    seed: 1,
    numRuns: 300,
  }).map(([name, was, text], index) => ({ path: `${name}/${index}.yaml`, was, text }));
  const files = (key: "was" | "text"): TextFile[] =>
    sets.flatMap(({ path, [key]: text }) => text === null ? [] : [{ path, text }]);
  const differences = compareFiles(files("text"), files("was"));
  assert.ok(new Set(differences.map(({ kind }) => kind)).size === 3 && differences.length > 200);

  await using repo = await tempRepository();
  const patch = differences.map(differenceDiff).join("\n");
  await Promise.all([...files("was"), { path: "the.patch", text: patch }].map(async (file) => {
    await Deno.mkdir(`${repo.path}/${file.path}`.replace(/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${repo.path}/${file.path}`, file.text);
  }));
  await repo.git("apply", "--whitespace=nowarn", "the.patch");
  for (const { path, text } of sets) {
    const found = await Deno.readTextFile(`${repo.path}/${path}`).catch(() => null);
    // Line endings alone are not in a diff.
    if (found?.replaceAll("\r\n", "\n") !== text) assert.equal(found, text, path);
  }
});
