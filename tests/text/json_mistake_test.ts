import assert from "node:assert/strict";
import fc from "fast-check";
import { findJsonMistake } from "../../src/text/json_mistake.ts";

/** Texts that are not JSON, where they stop being it, and what is said of that. */
const MISTAKES: readonly (readonly [text: string, start: number, reason: string])[] = [
  ["", 0, "expected a value, found the end"],
  ["  \n", 3, "expected a value, found the end"],
  ['{"a": }', 6, 'expected a value, found "}"'],
  ['{"a": 1,}', 8, 'expected double-quoted property name, found "}"'],
  ['{"a": 1 "b": 2}', 8, `expected ',' or '}' after property value, found "\\""`],
  ['{"a" 1}', 5, `expected ':' after property name, found "1"`],
  ["{a: 1}", 1, `expected property name or '}', found "a"`],
  ["[1,]", 3, 'expected a value, found "]"'],
  ["[1", 2, "expected ',' or ']' after array element, found the end"],
  ["[", 1, "expected a value, found the end"],
  ["{} {}", 3, 'unexpected non-whitespace character after JSON, found "{"'],
  ["// x", 0, 'expected a value, found "/"'],
  ["{\"a\": 'b'}", 6, 'expected a value, found "\'"'],
  ['{\n"a": {\n"b": v1}}', 14, 'expected a value, found "v"'],
  ['"\n"', 1, 'bad control character in string literal, found "\\n"'],
  ['"a', 2, "unterminated string, found the end"],
  ["<<<<<<< ours", 0, 'expected a value, found "<"'],
  ["\uFEFF{}", 0, 'expected a value, found "\uFEFF"'],
];

Deno.test("findJsonMistake() finds where a text stops being JSON", () => {
  for (const [text, start, reason] of MISTAKES) {
    assert.deepEqual(findJsonMistake(text), { start, reason }, text);
  }
});

Deno.test("findJsonMistake() finds a mistake exactly where a text is not JSON, on its first wrong character", () => {
  let refused = 0;
  const edit = fc.record({
    at: fc.nat(),
    cut: fc.nat({ max: 3 }),
    put: fc.constantFrom("", '"', ",", ":", "}", "]", "{", "0", "-", "\\", "\t", "\u0001", "nul"),
  });
  fc.assert(
    fc.property(fc.json(), fc.boolean(), edit, (json, indent, { at, cut, put }) => {
      const text = indent ? JSON.stringify(JSON.parse(json), null, "\t") : json;
      const place = at % (text.length + 1);
      const edited = text.slice(0, place) + put + text.slice(place + cut);
      const mistake = findJsonMistake(edited);
      try {
        JSON.parse(edited);
      } catch {
        refused++;
        assert.ok(mistake !== undefined, edited);
        // What is before the place can still become JSON, as its own mistake is at its end.
        const before = findJsonMistake(edited.slice(0, mistake.start));
        assert.ok(before === undefined || before.start === mistake.start, edited);
        return;
      }
      assert.equal(mistake, undefined, edited);
    }),
    { seed: 1, numRuns: 3_000 },
  );
  assert.ok(refused > 500, `${refused} refused`);
});

Deno.test("findJsonMistake() goes as deep as a text does", () => {
  const deep = 200_000;
  assert.equal(findJsonMistake("[".repeat(deep) + "]".repeat(deep)), undefined);
  assert.equal(findJsonMistake('{"a":'.repeat(deep))?.start, 5 * deep);
});
