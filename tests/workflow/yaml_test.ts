import assert from "node:assert/strict";
import fc from "fast-check";
import { CORE_SCHEMA, load } from "js-yaml";
import type { YAMLMap } from "yaml";
import { type Entry, formatYaml, item, list, map, type Yaml } from "../../src/workflow/yaml.ts";

const parse = (text: string) => load(text, { schema: CORE_SCHEMA });

/** How a value stands behind its key. */
const written = (value: Yaml) => formatYaml("x", map(["key", value])).replace(/^# x\n\n/, "");

Deno.test("formatYaml() begins with the header, a comment of as many lines as it has", () => {
  assert.equal(
    formatYaml("One.\n\nThree, with # in it.", map(["a", 1])),
    "# One.\n\n# Three, with # in it.\n\na: 1\n",
  );
});

Deno.test("formatYaml() keeps the order of entries and leaves out those without a value", () => {
  const text = written(
    map(["b", 1], ["gone", undefined, { above: "gone" }], ["a", 2]),
  );
  assert.equal(text, "key:\n  b: 1\n  a: 2\n");
});

Deno.test("formatYaml() puts comments above entries, above items and behind values", () => {
  const root = map(
    ["a", "x", { above: "Above a.\nMore.", behind: "behind a" }],
    ["b", map(["c", true, { above: "Above c.", behind: "behind c" }]), { above: "Above b." }],
    [
      "d",
      list([
        item("Above the first.", ["e", 1, { behind: "behind e" }]),
        item(undefined, ["e", 2]),
        item("Above the third.\nMore.", ["e", 3]),
      ]),
    ],
  );
  assert.equal(
    formatYaml("Header.", root),
    `\
# Header.

# Above a.
# More.
a: x # behind a
# Above b.
b:
  # Above c.
  c: true # behind c
d:
  # Above the first.
  - e: 1 # behind e
  - e: 2
  # Above the third.
  # More.
  - e: 3
`,
  );
});

Deno.test("formatYaml() puts a blank line above what stands apart, and above its comment", () => {
  const root = map(
    ["a", 1],
    ["b", map(["c", 1], ["d", 2, { apart: true }]), { apart: true }],
    ["e", 3, { apart: true, above: "Above e." }],
  );
  assert.equal(
    formatYaml("Header.", root),
    "# Header.\n\na: 1\n\nb:\n  c: 1\n\n  d: 2\n\n# Above e.\ne: 3\n",
  );
});

Deno.test("formatYaml() writes lists in lines or in brackets", () => {
  assert.equal(written(list(["a", "b"])), "key:\n  - a\n  - b\n");
  assert.equal(written(list(["a", "b, c", 1], "flow")), "key: [a, 'b, c', 1]\n");
  assert.equal(written(list([], "flow")), "key: []\n");
  assert.equal(written(map()), "key: {}\n");
});

Deno.test("formatYaml() does not break long lines", () => {
  const words = "word ".repeat(100).trim();
  assert.equal(written(words), `key: ${words}\n`);
  assert.equal(written(list(Array(40).fill("branch"), "flow")).split("\n").length, 2);
});

Deno.test("formatYaml() writes text of several lines as a block", () => {
  const text = 'set -e\nif x; then\n\techo "$A" # b\nfi\n';
  const block = '|\n  set -e\n  if x; then\n  \techo "$A" # b\n  fi\n';
  assert.equal(written(text), `key: ${block}`);
  assert.equal(written(text.trimEnd()), `key: ${block.replace("|", "|-")}`);
});

const PLAIN =
  "push|on|off|yes|no|y|n|main|refs/heads/main|a b|it's|${{ github.ref }}|v1.2.3|deployer/**|a#b|owner/name@v1|é日😀|1.2.3|2026-01-01|a, b|a\\b|=|<<|${{ a == 'push' && !cancelled() }}"
    .split("|");

Deno.test("formatYaml() puts no quotes where none are needed", () => {
  for (const text of PLAIN) assert.equal(written(text), `key: ${text}\n`);
});

const QUOTED =
  "| | a|a |null|~|true|False|1|1.5|-1|0x1f|1e3|.inf|a: b|a #b|#a|- a|*a|&a|!a|%a|@a|`a|[a]|{a}|!**/*.md|**"
    .split("|");

Deno.test("formatYaml() puts single quotes where some are needed", () => {
  for (const text of QUOTED) assert.equal(written(text), `key: '${text}'\n`);
});

Deno.test("formatYaml() tells text from numbers and truth values", () => {
  assert.equal(written(1), "key: 1\n");
  assert.equal(written(true), "key: true\n");
  assert.equal(written(false), "key: false\n");
  assert.equal(written(2.5), "key: 2.5\n");
});

Deno.test("formatYaml() uses no anchors where the same value stands twice", () => {
  const shared = map(["a", list(["x"])]);
  assert.equal(
    formatYaml("x", map(["b", shared], ["c", shared])),
    "# x\n\nb:\n  a:\n    - x\nc:\n  a:\n    - x\n",
  );
});

/** Pieces of text that mean something in YAML, or that some readers take for the end of a line. */
const PIECES = [
  ..."ab1 -:#'\"\\|>&*!%@`[]{},?=~\n\t\r\u0085\u00a0\u2028\ufeff\u0007\u007fé😀$",
  ...[
    "  ",
    "\n\n",
    "\r\n",
    "- ",
    ": ",
    " #",
    "? ",
    "<<",
    "null",
    "---",
    "...",
    "${{ x }}",
    "on",
    "0x",
  ],
];

const textValue = fc.oneof(
  fc.constantFrom(...PLAIN, ...QUOTED),
  fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 8 }),
);

const comment = fc.option(fc.constantFrom("why", "a: b", "- 'x'", "two\nlines", "# x", '"}'), {
  nil: undefined,
});
const behind = fc.option(fc.constantFrom("v1.2.3", "a: b", "'"), { nil: undefined });

/** A value to write and what it should be when it is read again. */
interface Twin {
  readonly yaml: Yaml;
  readonly plain: unknown;
}

const twin = fc.letrec<{ value: Twin; map: Twin }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof<fc.Arbitrary<string | number | boolean>[]>(
      textValue,
      fc.integer(),
      fc.boolean(),
    ).map((value) => ({ yaml: value, plain: value })),
    tie("map"),
    fc.record({
      items: fc.array(tie("value"), { maxLength: 3 }),
      style: fc.constantFrom("block", "flow"),
    }).map(({ items, style }) => ({
      // Lists in brackets hold names alone.
      yaml: list(items.map(({ yaml }) => yaml), isNames(items) ? style : "block"),
      plain: items.map(({ plain }) => plain),
    })),
  ),
  map: fc.record({
    above: comment,
    entries: fc.uniqueArray(
      fc.record({
        key: textValue.filter((key) => !/[\n\r]/.test(key) && key !== "<<"),
        value: fc.option(tie("value"), { nil: undefined, freq: 8 }),
        above: comment,
        behind,
        apart: fc.boolean(),
      }),
      { maxLength: 4, selector: ({ key }) => key },
    ),
  }).map(({ above, entries }) => ({
    yaml: item(above, ...entries.map(({ key, value, ...look }): Entry => [key, value?.yaml, look])),
    plain: Object.fromEntries(
      entries.flatMap(({ key, value }) => value === undefined ? [] : [[key, value.plain]]),
    ),
  })),
}));

const isNames = (items: readonly Twin[]) =>
  items.every(({ plain }) => typeof plain === "string" && !plain.includes("\n"));

Deno.test("formatYaml() writes what another parser reads back, comments and all", () => {
  fc.assert(
    fc.property(twin.map, ({ yaml, plain }) => {
      const text = formatYaml("Header.", yaml as YAMLMap);
      assert.deepEqual(parse(text), plain, text);
      assert.ok(text.endsWith("\n"));
    }),
    { seed: 1, numRuns: 3_000 },
  );
});

Deno.test("formatYaml() writes every text so that another parser reads it back", () => {
  fc.assert(
    fc.property(textValue, (text) => {
      assert.deepEqual(parse(written(text)), { key: text }, written(text));
      assert.deepEqual(parse(written(list([text]))), { key: [text] }, written(list([text])));
    }),
    { seed: 2, numRuns: 5_000 },
  );
});

Deno.test("formatYaml() escapes what ends a line for some readers, hides or reorders", () => {
  for (
    const hidden of ["\u0085", "\u2028", "\u2029", "\r", "\u202e", "\ufeff", "\u009b", "\u{e0041}"]
  ) {
    const value = `a${hidden}b: c`;
    const text = formatYaml(
      `h${hidden}x: 1`,
      map([value, value, { above: value, behind: value }], ["run", `${value}\n\t${value}\n`]),
    );
    assert.doesNotMatch(text, /[\r\u0085\u2028\u2029\u202e\ufeff\u009b\u{e0041}]/u);
    assert.deepEqual(load(text), { [value]: value, run: `${value}\n\t${value}\n` });
  }
});
