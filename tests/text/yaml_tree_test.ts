import assert from "node:assert/strict";
import { CORE_SCHEMA, load } from "js-yaml";
import fc from "fast-check";
import { lineAndColumn } from "../../src/text/line_and_column.ts";
import { readYamlTree, type YamlTree } from "../../src/text/yaml_tree.ts";

/** What a tree holds, without places: scalars as text. */
function plain(tree: YamlTree): unknown {
  switch (tree.kind) {
    case "scalar":
      return tree.text;
    case "alias":
      return { alias: true };
    case "list":
      return tree.items.map(plain);
    case "map":
      return tree.entries.map(([key, value]) => [plain(key), plain(value)]);
  }
}

function read(text: string): YamlTree {
  const tree = readYamlTree(text);
  assert.ok(tree.kind !== "mistake", text);
  return tree;
}

Deno.test("readYamlTree() keeps keys that are there twice, and aliases as they are", () => {
  assert.deepEqual(plain(read("a: 1\nb: &x [c, 'd']\na: *x\n")), [
    ["a", "1"],
    ["b", ["c", "d"]],
    ["a", { alias: true }],
  ]);
});

Deno.test("readYamlTree() knows where scalars begin and end, quotes included", () => {
  const text = "key: 'a b' # c\nother: [\"d\", e]\n";
  const tree = read(text);
  const scalars = (node: YamlTree): readonly string[] =>
    node.kind === "scalar"
      ? [text.slice(node.start, node.end)]
      : node.kind === "list"
      ? node.items.flatMap(scalars)
      : node.kind === "map"
      ? node.entries.flatMap((pair) => pair.flatMap(scalars))
      : [];
  assert.deepEqual(scalars(tree), ["key", "'a b'", "other", '"d"', "e"]);
});

Deno.test("readYamlTree() puts a value that is left out where its key is", () => {
  const tree = read("a: 1\nb:\n");
  const [, value] = (tree.kind === "map" ? tree.entries[1] : undefined) ?? assert.fail();
  assert.deepEqual([value.kind, value.start], ["scalar", 5]);
});

Deno.test("readYamlTree() reads nothing, and the first of several documents", () => {
  assert.equal(plain(read("")), "");
  assert.equal(plain(read("# a comment\n")), "");
  assert.equal(plain(read("a\n---\nb\n")), "a");
});

Deno.test("readYamlTree() says where a text is no YAML", () => {
  const mistake = readYamlTree("a: b\nc: [d\n");
  assert.ok(mistake.kind === "mistake");
  assert.ok(mistake.start >= 5 && mistake.reason !== "");
  assert.equal(readYamlTree("[".repeat(100_000)).kind, "mistake");
});

Deno.test("readYamlTree() reads any JSON as its own parser does, in order", () => {
  const text = fc.string().map((value) => value.replaceAll(/[\ud800-\udfff]/gu, "?"));
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.uniqueArray(fc.tuple(text, tie("value")), { maxLength: 4, selector: ([key]) => key })
        .map((entries) => Object.fromEntries(entries)),
    ),
  })).value;
  const expected = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(expected)
      : typeof value === "object" && value !== null
      ? Object.entries(value).map(([key, inner]) => [key, expected(inner)])
      : value;
  fc.assert(
    fc.property(value, fc.constantFrom("", "\t", "  "), (value, indent) => {
      const json = JSON.stringify(value, null, indent);
      assert.deepEqual(plain(read(json)), expected(value));
      if (value !== "") assert.ok(load(json, { schema: CORE_SCHEMA }) !== undefined);
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("lineAndColumn() counts lines and columns from 1", () => {
  const places = [-1, 0, 2, 3, 4, 6].map((offset) => lineAndColumn("ab\n\ncd", offset));
  assert.deepEqual(
    places.map(({ line, column }) => [line, column]),
    [[1, 1], [1, 1], [1, 3], [2, 1], [3, 1], [3, 3]],
  );
});
