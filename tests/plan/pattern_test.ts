import assert from "node:assert/strict";
import fc from "fast-check";
import { isLiteralPattern, parsePattern, type Pattern } from "../../src/plan/pattern.ts";
import { githubMatches, githubTriggers } from "./github_paths.ts";

function parse(text: string): Pattern {
  const pattern = parsePattern(text);
  assert.ok(typeof pattern !== "string", `refused: ${pattern}`);
  return pattern;
}

const ACCEPTED = [
  ..."a requirements.txt deployer/** ** * **/*.md **/** a/**/b *a*b*/c* .github/**".split(" "),
  ...["a b/c d", "überall/日本.yaml", "a-b_c.d~e=f%g:h", "...", "a/.../b"],
];

Deno.test("parsePattern() accepts names, *, ** and a leading !", () => {
  for (const text of ACCEPTED) {
    for (const exception of [false, true]) {
      const { matches: _, ...parsed } = parse(`${exception ? "!" : ""}${text}`);
      assert.deepEqual(parsed, { glob: text, exception });
    }
  }
});

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  "characters that are read differently": [
    ...String.raw`a? a+ [ab].md {a,b} a,b @(a) (a|b) a|b a\* a\b ^a a$ #a "a" 'a' <a> a&b`.split(
      " ",
    ),
    ...["a;b", "`a`", "$" + "{{ github.ref }}"],
  ],
  "a ! that does not lead": ["a!", "!!a", "a/!b", "!a/!b", "*!"],
  "** inside a segment": ["a**", "**a", "**.js", "a/**b/c", "***", "!**.js", "**/****"],
  "what is no path from the root": [
    ...["", ..."! / /a !/a a/ a//b . ./a a/. .. ../a a/../b **/ !**/".split(" ")],
  ],
  "spaces at an end": [" a", "a ", "! a"],
  "what cannot be seen": ["a\nb", "a\tb", "a\u0000", "a\u200bb", "a\u202eb", "\ufeffa", "a\u2028b"],
};

for (const [kind, texts] of Object.entries(REFUSED)) {
  Deno.test(`parsePattern() refuses ${kind}`, () => {
    for (const text of texts) {
      const refusal = parsePattern(text);
      assert.ok(typeof refusal === "string", `accepted: ${JSON.stringify(text)}`);
      assert.ok(refusal.includes(JSON.stringify(text)), refusal);
      assert.match(refusal, /^Cannot use the pattern [^\n]*[^.\n]$/);
    }
  });
}

/**
 * What GitHub's filter pattern cheat sheet says about file paths, as far as hubwright's patterns
 * go: patterns, paths that match, and others. These follow from the sheet's words where it shows none.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#patterns-to-match-file-paths}
 */
const CHEAT_SHEET: readonly (readonly [patterns: string, matching: string, others: string])[] = [
  ["*", "README.md server.rb", "docs/README.md"],
  ["**", "all/the/files.md README.md .github/x", ""],
  ["*.js", "app.js index.js", "src/app.js app.jsx"],
  ["docs/*", "docs/README.md docs/file.txt", "docs/mona/octocat.txt docs xdocs/README.md"],
  [
    "docs/**",
    "docs/README.md docs/mona/octocat.txt docs/.hidden",
    "docs docs.md a/docs/README.md",
  ],
  [
    "docs/**/*.md",
    "docs/README.md docs/mona/hello-world.md docs/a/markdown/file.md",
    "docs/a.txt README.md",
  ],
  [
    "**/docs/**",
    "docs/hello.md dir/docs/my-file.txt space/docs/plan/space.doc",
    "dir/docs dir/xdocs/a",
  ],
  ["**/README.md", "README.md js/README.md js/a/README.md", "js/xREADME.md README.md/x"],
  ["**/*src/**", "a/src/app.js my-src/code/js/app.js", "a/srcs/app.js src"],
  ["**/*-post.md", "my-post.md path/their-post.md", "my-post.md/x post.md"],
  [
    "**/migrate-*.sql",
    "migrate-10909.sql db/migrate-v1.0.sql db/sept/migrate-v1.sql",
    "migrate/1.sql db/migrate-a/b.sql",
  ],
  ["*.md !README.md", "hello.md", "README.md docs/hello.md"],
  ["*.md !README.md README*", "hello.md README.md README.doc", "docs/README.md"],
];

// The evaluator is what the trigger property rests on, so it is held to GitHub's own examples too.
for (const [patterns, matching, others] of CHEAT_SHEET) {
  Deno.test(`githubTriggers(), parsePattern() agree with GitHub's cheat sheet on ${patterns}`, () => {
    const globs = patterns.split(" ");
    for (const path of `${matching} ${others}`.trim().split(" ")) {
      const expected = matching.split(" ").includes(path);
      assert.equal(githubTriggers(globs, path), expected, path);
      if (globs.length === 1) assert.equal(parse(patterns).matches(path), expected, path);
    }
  });
}

Deno.test("parsePattern() matches as GitHub does where the property below does not look", () => {
  const matching = ["!docs/** docs/a.md", "a/** a/b\nc", "a/* a/b\nc"];
  const others = ["!docs/** a.md", "a.c abc", "a a\n", "A a", "a/** a"];
  for (const line of [...matching, ...others]) {
    const [glob = "", path = ""] = line.split(" ");
    assert.equal(parse(glob).matches(path), matching.includes(line), line);
  }
});

// A path of Git: no empty, "." or ".." segment.
const isPath = (path: string) =>
  path.split("/").every((segment) => !["", ".", ".."].includes(segment));

// Letters that recur, so that paths match by chance too, and everything that globs may treat
// specially. Line breaks are left out: micromatch's `**` stops at one, and GitHub documents none.
const character = fc.constantFrom(..."aab..- _~=%:é日😀\u0301A0");
const text = fc.string({ unit: character, maxLength: 4 });

const segment = fc.oneof(
  { weight: 1, arbitrary: fc.constant("**") },
  {
    weight: 3,
    arbitrary: fc.array(fc.oneof(text, fc.constant("*")), { minLength: 1, maxLength: 4 })
      .map((pieces) => pieces.join("")),
  },
);

const fitting = (segment: string): fc.Arbitrary<readonly string[]> => {
  if (segment === "**") return fc.array(text, { maxLength: 3 });
  const [first = "", ...pieces] = segment.split("*");
  return fc.tuple(...pieces.map((piece) => text.map((filled) => filled + piece)))
    .map((filled) => [first + filled.join("")]);
};

const patternAndPath = fc.array(segment, { minLength: 1, maxLength: 5 })
  .chain((segments) =>
    fc.record({
      glob: fc.constant(segments.join("/")),
      path: fc.oneof(
        { weight: 3, arbitrary: fc.tuple(...segments.map(fitting)).map((parts) => parts.flat()) },
        {
          weight: 2,
          arbitrary: fc.tuple(
            ...segments.map((of) => fc.oneof(fitting(of), fc.array(text, { maxLength: 2 }))),
          ).map((parts) => parts.flat()),
        },
        { weight: 1, arbitrary: fc.array(text, { minLength: 1, maxLength: 4 }) },
      ).map((parts) => parts.join("/")),
    })
  )
  .filter(({ glob, path }) => isPath(path) && typeof parsePattern(glob) !== "string");

Deno.test("parsePattern() matches what GitHub and micromatch match", () => {
  let [matching, others] = [0, 0];
  fc.assert(
    fc.property(patternAndPath, ({ glob, path }) => {
      const expected = githubMatches(path, glob);
      if (expected) matching++;
      else others++;
      assert.equal(parse(glob).matches(path), expected, JSON.stringify([glob, path]));
    }),
    { seed: 1, numRuns: 4_000 },
  );
  assert.ok(matching > 1_000 && others > 1_000, `${matching} matching, ${others} others`);
});

Deno.test("isLiteralPattern() is true for paths that are themselves alone to a filter", () => {
  const literal = ["a", "config/common.values.yaml", "a b/.c", "überall/x.yaml"];
  const other = ["*", "a/*.yaml", "a/**", "!a", "a[b]", "a?", "a{b,c}", "", "/a", "a\nb", " a"];
  assert.deepEqual([...literal, ...other].filter(isLiteralPattern), literal);
});

Deno.test("isLiteralPattern() holds only for patterns that match one path", () => {
  fc.assert(
    fc.property(patternAndPath, ({ glob, path }) => {
      fc.pre(isLiteralPattern(glob));
      assert.equal(githubMatches(path, glob), glob === path);
      assert.equal(githubMatches(glob, glob), true);
    }),
    { seed: 1, numRuns: 500 },
  );
});
