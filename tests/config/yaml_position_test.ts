import assert from "node:assert/strict";
import fc from "fast-check";
import {
  Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Scalar,
  visit,
} from "yaml";
import { positionOf } from "../../src/config/yaml_position.ts";

/** The place of a value as `line:column`. */
function at(text: string, ...path: readonly (string | number)[]): string {
  const { line, column } = positionOf(text, path);
  return `${line}:${column}`;
}

Deno.test("positionOf() finds values in mappings and lists", () => {
  const text = "name: earth\nhubs:\n  - name: staging\n    files:\n    - a\n    - b\n";
  assert.equal(at(text), "1:1");
  assert.equal(at(text, "name"), "1:7");
  assert.equal(at(text, "hubs"), "3:3");
  assert.equal(at(text, "hubs", 0), "3:5");
  assert.equal(at(text, "hubs", 0, "name"), "3:11");
  assert.equal(at(text, "hubs", 0, "files", 1), "6:7");
});

Deno.test("positionOf() finds values in brackets and braces", () => {
  const text = "{a: [1, {b: 2}], c: [d: 3]}\n";
  assert.equal(at(text, "a"), "1:5");
  assert.equal(at(text, "a", 1), "1:9");
  assert.equal(at(text, "a", 1, "b"), "1:13");
  assert.equal(at(text, "c", 0, "d"), "1:25");
});

Deno.test("positionOf() begins a quoted value at its quote", () => {
  assert.equal(at("a: 'x'\nb: \"y\"\nc: ''\n", "a"), "1:4");
  assert.equal(at("a: 'x'\nb: \"y\"\nc: ''\n", "b"), "2:4");
  assert.equal(at("a: 'x'\nb: \"y\"\nc: ''\n", "c"), "3:4");
});

Deno.test("positionOf() begins a value behind its anchor and its tag", () => {
  assert.equal(at("a: &x 3\nb: !!str 4\nc: &y !!str 5\n", "a"), "1:7");
  assert.equal(at("a: &x 3\nb: !!str 4\nc: &y !!str 5\n", "b"), "2:10");
  assert.equal(at("a: &x 3\nb: !!str 4\nc: &y !!str 5\n", "c"), "3:13");
});

Deno.test("positionOf() stops at an alias, which stands for what is elsewhere", () => {
  const text = "a: &a\n  b: 1\nc: *a\n";
  assert.equal(at(text, "c"), "3:4");
  assert.equal(at(text, "c", "b"), "3:4");
});

Deno.test("positionOf() finds where the nearest parent of a missing value stands", () => {
  const text = "name: earth\nhubs:\n  - domain: a\n";
  assert.equal(at(text, "provider"), "1:1");
  assert.equal(at(text, "hubs", 0, "name"), "3:5");
  assert.equal(at(text, "hubs", 7), "3:3");
  assert.equal(at(text, "name", "x", 0), "1:7");
  assert.equal(at(text, "toString"), "1:1");
});

Deno.test("positionOf() finds the key of a value that is left out", () => {
  const text = "name: earth\nsupport:\nhubs:\n";
  assert.equal(at(text, "support"), "2:1");
  assert.equal(at(text, "hubs"), "3:1");
});

Deno.test("positionOf() stays in a list whose item is left out", () => {
  const text = "name: earth\nhubs:\n  - name: a\n  -\n  - name: b\n";
  assert.ok([3, 4].includes(positionOf(text, ["hubs", 1]).line));
  assert.equal(at(text, "hubs", 2, "name"), "5:11");
});

Deno.test("positionOf() finds keys however they are written", () => {
  const text = "'a': 1\n\"b\\n\": 2\n3: 4\ntrue: 5\n? c\n: 6\n? [d]\n: 7\ne: 8\n";
  assert.deepEqual(["a", "b\n", "3", "true", "c", "e"].map((key) => at(text, key)), [
    "1:6",
    "2:8",
    "3:4",
    "4:7",
    "6:3",
    "9:4",
  ]);
});

Deno.test("positionOf() counts lines across comments, directives and Windows line ends", () => {
  const text = "%YAML 1.2\r\n# a: 1\r\n---\r\n\r\na: # one\r\n  # more\r\n  - 1\r\n";
  assert.equal(at(text, "a", 0), "7:5");
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
      const styles: readonly Scalar.Type[] = [
        "PLAIN",
        "QUOTE_SINGLE",
        "QUOTE_DOUBLE",
        "BLOCK_LITERAL",
      ];
      if (typeof node.value === "string") node.type = styles[choose()] ?? "PLAIN";
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
        assert.equal(at(text, ...path), place, `${path.join(".")} in\n${text}`);
        values++;
      }
    }),
    { seed: 1, numRuns: 1_500 },
  );
  assert.ok(values > 5_000, `${values} values`);
});
