import assert from "node:assert/strict";
import fc from "fast-check";
import { parseHelmIgnore } from "../../src/plan/helmignore.ts";

function left(text: string, ...paths: readonly string[]): readonly string[] {
  return paths.filter(parseHelmIgnore(text));
}

// What patterns mean in general is held by the property below.
for (
  const [text, out, kept] of [
    [".git", [".git", ".git/config", "a/.git/config"], ["git", ".gitignore", "a.git/x"]],
    ["temp?", ["tempa", "a/temp1", "temp\u{1f600}"], ["temp", "tempab", "temp/"]],
    ["a+(b)|c{d}^$", ["a+(b)|c{d}^$"], ["aa(b)", "c{d}"]],
    ["  README.md  ", ["README.md", "a/README.md"], ["readme.md"]],
    ["/", [], ["a", "a/b"]],
    ["a b", ["a b"], ["a", "b"]],
    ["", [], ["a", "a/b"]],
    ["# a\n\n   \n  # b\n", [], ["a", "# a", "b"]],
    ["# !a [b] **\n*.md", ["a.md"], ["b"]],
    ["\uFEFF*.md\r\ndocs/\r\n", ["a.md", "docs/x"], ["a.md\r"]],
  ] as const
) {
  Deno.test(`parseHelmIgnore() leaves out what Helm does for ${JSON.stringify(text)}`, () => {
    assert.deepEqual(left(text, ...out, ...kept), out);
  });
}

for (const line of ["!keep.md", "a[b-d].txt", String.raw`\#a`, "**/a", "a/**", "[ab"]) {
  Deno.test(`parseHelmIgnore() leaves nothing out where it cannot tell what ${line} means`, () => {
    assert.deepEqual(left(`*.md\n${line}\n`, "a.md", "keep.md", "ab.txt", "#a", "a"), []);
  });
}

/** Go's `path.Match` for patterns without classes and escapes, written out. */
function goMatch(pattern: string, name: string): boolean {
  if (pattern === "") return name === "";
  const [first, rest] = [pattern[0], pattern.slice(1)];
  if (first === "*") {
    return goMatch(rest, name) ||
      (name !== "" && name[0] !== "/" && goMatch(pattern, name.slice(1)));
  }
  if (name === "" || (first === "?" ? name[0] === "/" : name[0] !== first)) return false;
  return goMatch(rest, name.slice(1));
}

/** What Helm does when it walks a chart: a folder that a rule matches is not entered. */
function helmLeavesOut(lines: readonly string[], path: string): boolean {
  const segments = path.split("/");
  return segments.some((name, index) => {
    const whole = segments.slice(0, index + 1).join("/");
    const isFolder = index < segments.length - 1;
    return lines.some((line) => {
      const mustBeFolder = line.endsWith("/");
      const rule = mustBeFolder ? line.slice(0, -1) : line;
      if (mustBeFolder && !isFolder) return false;
      if (rule.startsWith("/")) return goMatch(rule.slice(1), whole);
      return goMatch(rule, rule.includes("/") ? whole : name);
    });
  });
}

const word = fc.string({ unit: fc.constantFrom("a", "b", "."), minLength: 1, maxLength: 3 });
const rule = fc.tuple(
  fc.constantFrom("", "/"),
  fc.array(
    fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?"), minLength: 1, maxLength: 3 }),
    { minLength: 1, maxLength: 3 },
  ).map((segments) => segments.join("/")),
  fc.constantFrom("", "/"),
).map((parts) => parts.join("")).filter((line) => !line.includes("**"));

Deno.test("parseHelmIgnore() agrees with the way in which Helm walks a chart", () => {
  let out = 0;
  const path = fc.array(word, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 5 }), path, (lines, path) => {
      const expected = helmLeavesOut(lines, path);
      assert.equal(parseHelmIgnore(lines.join("\n"))(path), expected);
      if (expected) out++;
    }),
    { seed: 4, numRuns: 5_000 },
  );
  assert.ok(out > 800 && out < 4_000, `${out}`);
});

Deno.test("parseHelmIgnore() takes no longer for a pattern that is hard to match", () => {
  const ignores = parseHelmIgnore(`${"*a".repeat(50)}*b`);
  assert.equal(ignores("a".repeat(2_000)), false);
  assert.equal(ignores(`${"a".repeat(2_000)}b`), true);
});
