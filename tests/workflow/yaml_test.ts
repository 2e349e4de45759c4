import assert from "node:assert/strict";
import fc from "fast-check";
import { CORE_SCHEMA, load } from "js-yaml";
import type { YAMLMap } from "yaml";
import { type Entry, formatYaml, item, list, map, type Yaml } from "../../src/workflow/yaml.ts";

const parse = (text: string) => load(text, { schema: CORE_SCHEMA });

/** How a value stands behind its key. */
const written = (value: Yaml) => formatYaml("x", map(["key", value])).replace(/^# x\n\n/, "");

const PLAIN =
  "push|on|off|yes|no|y|n|main|refs/heads/main|a b|it's|${{ github.ref }}|v1.2.3|deployer/**|a#b|owner/name@v1|é日😀|1.2.3|2026-01-01|a, b|a\\b|=|<<|${{ a == 'push' && !cancelled() }}"
    .split("|");

const QUOTED =
  "| | a|a |null|~|true|False|1|1.5|-1|0x1f|1e3|.inf|a: b|a #b|#a|- a|*a|&a|!a|%a|@a|`a|[a]|{a}|!**/*.md|**"
    .split("|");

// How comments, lists and blocks look is in the workflows of the examples.
Deno.test("formatYaml() puts single quotes where some are needed, and none elsewhere", () => {
  for (const text of PLAIN) assert.equal(written(text), `key: ${text}\n`);
  for (const text of QUOTED) assert.equal(written(text), `key: '${text}'\n`);
});

/** Pieces of text that mean something in YAML, or that some readers take for the end of a line. */
const PIECES = [
  ..."ab1 -:#'\"\\|>&*!%@`[]{},?=~\n\t\r\u0085\u00a0\u2028\ufeff\u0007\u007fé😀$",
  ...["  ", "\n\n", "\r\n", "- ", ": ", " #", "? ", "<<", "null", "---", "...", "on", "0x"],
  "${{ x }}",
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
interface Twin<Of = Yaml> {
  readonly yaml: Of;
  readonly plain: unknown;
}

const twin = fc.letrec<{ value: Twin; map: Twin<YAMLMap> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof<fc.Arbitrary<string | number | boolean>[]>(textValue, fc.integer(), fc.boolean())
      .map((value) => ({ yaml: value, plain: value })),
    tie("map"),
    fc.tuple(fc.array(tie("value"), { maxLength: 3 }), fc.boolean())
      .map(([items, isPlain]) => {
        const yaml = items.map(({ yaml }) => yaml);
        // Lists in brackets hold names alone.
        return {
          yaml: isPlain && isNames(items) ? yaml : list(yaml),
          plain: items.map(({ plain }) => plain),
        };
      }),
  ),
  map: fc.tuple(
    comment,
    fc.uniqueArray(
      fc.record({
        key: textValue.filter((key) => !/[\n\r]/.test(key) && key !== "<<"),
        value: fc.option(tie("value"), { nil: undefined, freq: 8 }),
        above: comment,
        behind,
        apart: fc.boolean(),
      }),
      { maxLength: 4, selector: ({ key }) => key },
    ),
  ).map(([above, entries]) => ({
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
      const text = formatYaml("Header.", yaml);
      assert.deepEqual(parse(text), plain, text);
      assert.ok(text.endsWith("\n"));
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

Deno.test("formatYaml() writes every text so that another parser reads it back", () => {
  fc.assert(
    fc.property(textValue, (text) => {
      assert.deepEqual(parse(written(text)), { key: text }, written(text));
      assert.deepEqual(parse(written(list([text]))), { key: [text] }, written(list([text])));
    }),
    { seed: 2, numRuns: 3_000 },
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
