import assert from "node:assert/strict";
import fc from "fast-check";
import { Document, LineCounter, parseDocument, type Scalar, visit } from "yaml";
import { isMap, isScalar, isSeq } from "yaml";
import { CORE_SCHEMA, load } from "js-yaml";
import { lineAndColumn } from "../../src/text/line_and_column.ts";
import { entriesOf, keyPositionOf, positionOf } from "../../src/text/yaml_tree.ts";
import { readYamlTree, type YamlTree } from "../../src/text/yaml_tree.ts";

type Path = readonly (string | number)[];

/** The place of a value as `line:column`. */
function at(text: string, path: Path): string {
  const { line, column } = positionOf(text, path);
  return `${line}:${column}`;
}

/** Texts, and where values of them are: `line:column` and the keys that lead there. */
const PLACES: Readonly<Record<string, readonly [text: string, ...string[]]>> = {
  "a value behind its anchor and its tag": [
    "a: &x 3\nb: !!str 4\nc: &y !!str 5\n",
    ...["1:7 a", "2:10 b", "3:13 c"],
  ],
  "an alias, which is not followed": ["a: &a\n  b: 1\nc: *a\n", "3:4 c", "3:4 c.b"],
  "the nearest parent of a missing value": [
    "name: earth\nhubs:\n  - domain: a\n",
    ...["1:1 provider", "3:5 hubs.0.name", "3:3 hubs.7", "3:3 hubs.length", "1:7 name.x.0"],
    "1:1 toString",
  ],
  "the key of a value that is left out": ["name: a\nsupport:\nhubs:\n", "2:1 support", "3:1 hubs"],
  "the dash of a list item that is left out": [
    "hubs:\n  - name: a\n  - # none\n  -\n  - name: b\nmore:\n  -\n",
    ...["3:3 hubs.1", "4:3 hubs.2", "5:11 hubs.3.name", "7:3 more.0"],
  ],
  "keys however they are written": [
    "'a': 1\n\"b\\n\": 2\n3: 4\ntrue: 5\n? c\n: 6\n? [d]\n: 7\ne: 8\n",
    ...["1:6 a", "2:8 b\n", "3:4 3", "4:7 true", "6:3 c", "9:4 e"],
  ],
  "the last of keys that are there twice": ["a: 1\na: 2\n", "2:4 a"],
  "lines behind comments, directives and Windows line ends": [
    "%YAML 1.2\r\n# a: 1\r\n---\r\n\r\na: # one\r\n  # more\r\n  - 1\r\n",
    "7:5 a.0",
  ],
  "where a text stops being YAML": ["a: b\nc: [d\n", "3:1 c"],
};

Deno.test("positionOf() finds a value, or the nearest place where it would be", () => {
  for (const [what, [text, ...places]] of Object.entries(PLACES)) {
    for (const [place = "", path = ""] of places.map((place) => place.split(" "))) {
      assert.equal(at(text, path.split(".")), place, `${what}: ${path}`);
    }
  }
});

Deno.test("keyPositionOf() finds a key, or the nearest parent of one that is not written there", () => {
  const text = `name: a
"support":
  helm_chart_values_files:
    - x
shared: &shared
  domain: b
hubs:
  - name: c
    ? complex
    : 1
  - { name: d, list: [1] }
  - <<: *shared
    empty:
`;
  for (
    const [place, path] of [
      ["1:1", "name"],
      ["2:1", "support"],
      ["3:3", "support.helm_chart_values_files"],
      ["8:5", "hubs.0.name"],
      ["9:7", "hubs.0.complex"],
      ["11:16", "hubs.1.list"],
      ["13:5", "hubs.2.empty"],
      ["12:5", "hubs.2.domain"],
      ["2:1", "support.x"],
      ["1:1", "nothing"],
    ] as const
  ) {
    const { line, column } = keyPositionOf(text, path.split("."));
    assert.equal(`${line}:${column}`, place, path);
  }
});

/** A mapping or a list of values that YAML can write in many ways. */
const tree = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 4, depthSize: "small" }, tie("leaf"), tie("map"), tie("list")),
  map: fc.dictionary(fc.constantFrom("a", "b", "name", "x y", "1", "é#", "a: b", ""), tie("node"), {
    maxKeys: 4,
  }),
  list: fc.array(tie("node"), { maxLength: 4 }),
  leaf: fc.oneof(
    fc.constantFrom<unknown>("a", "", " b ", "it's", "# no", "x: y", "- z", "é日😀", "two\nlines"),
    fc.constantFrom<unknown>("long ".repeat(30), 1, -2.5, true, null, "null", "3"),
  ),
})).node;

const STYLES: readonly Scalar.Type[] = ["PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE", "BLOCK_LITERAL"];

/** How the text of a tree is to look: choices, one after the other. */
const choices = fc.infiniteStream(fc.nat({ max: 5 }));

/** Writes a tree as YAML, in styles and with comments, anchors and line breaks as chosen. */
function write(value: unknown, chosen: Iterator<number>): string {
  const choose = () => chosen.next().value as number;
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Collection: (_, node) => {
      node.flow = choose() === 0;
      if (choose() === 0) node.commentBefore = " a comment: - 'here'";
      if (choose() === 0) node.anchor = `anchor${choose()}`;
    },
    Scalar: (key, node) => {
      if (key === "key") return;
      if (typeof node.value === "string") node.type = STYLES[choose()] ?? "PLAIN";
      if (choose() === 0) node.spaceBefore = true;
      if (choose() === 0) node.comment = " behind";
    },
  });
  return document.toString({
    indent: 2 + choose() % 3,
    indentSeq: choose() < 3,
    lineWidth: choose() < 3 ? 20 : 0,
    nullStr: choose() < 3 ? "null" : "~",
  });
}

/** Every value in a text with its path, and where another parser says that it begins. */
function placesOf(text: string): readonly (readonly [(string | number)[], string])[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  fc.pre(document.errors.length === 0); // The writer is not right in every style.
  const places: [(string | number)[], string][] = [];
  const collect = (node: unknown, path: (string | number)[]): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        assert.ok(isScalar(key));
        collect(value, [...path, String(key.value)]);
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => collect(item, [...path, index]));
    } else assert.ok(isScalar(node));
    // The value of a block scalar begins below its head, where parsers do not agree.
    if (isScalar(node) && /^BLOCK/.test(node.type ?? "")) return;
    const { line, col } = lines.linePos(node.range?.[0] ?? -1);
    places.push([path, `${line}:${col}`]);
  };
  collect(document.contents, []);
  return places;
}

Deno.test("positionOf() finds every value of a text where another parser finds it", () => {
  let values = 0;
  fc.assert(
    fc.property(tree, choices, (value, chosen) => {
      const text = write(value, chosen);
      for (const [path, place] of placesOf(text)) {
        assert.equal(at(text, path), place, `${path.join(".")} in\n${text}`);
        values++;
      }
    }),
    { seed: 1, numRuns: 600 },
  );
  assert.ok(values > 2_000, `${values} values`);
});

/** What a tree holds, without places: scalars as text. */
function plain(tree: YamlTree): unknown {
  if (tree.kind === "alias") return { alias: true };
  if (tree.kind === "scalar") return tree.text;
  return tree.kind === "list" ? tree.items.map(plain) : tree.entries.map((pair) => pair.map(plain));
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

Deno.test("readYamlTree() knows where scalars end, quotes included", () => {
  const text = "key: 'a b' # c\n? other\n: \"d\"\n";
  const scalars = entriesOf(read(text)).flat().flatMap((node) =>
    node.kind === "scalar" ? [text.slice(node.start, node.end)] : []
  );
  assert.deepEqual(scalars, ["key", "'a b'", "other", '"d"']);
});

Deno.test("readYamlTree() reads nothing, and the first of several documents", () => {
  assert.equal(plain(read("")), "");
  assert.equal(plain(read("# a comment\n")), "");
  assert.equal(plain(read("a\n---\nb\n")), "a");
});

Deno.test("readYamlTree() says where a text is not YAML, or nests too deep", () => {
  const mistake = readYamlTree("a: b\nc: [d\n");
  assert.ok(mistake.kind === "mistake");
  assert.ok(mistake.start >= 5 && mistake.reason !== "");
  for (const deep of ["[".repeat(100_000), `${"- ".repeat(100_000)}a`, '{"a":'.repeat(100_000)]) {
    assert.equal(readYamlTree(deep).kind, "mistake");
    assert.deepEqual(positionOf(deep, ["a"]).line, 1);
  }
});

Deno.test("readYamlTree() reads any JSON as its own parser does, in order", () => {
  const text = fc.string().map((value) => value.replaceAll(/[\ud800-\udfff]/gu, "?"));
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(text, tie("value"), { maxKeys: 4 }),
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
