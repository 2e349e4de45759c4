import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonPieces, jsonText } from "../../src/report/json_text.ts";
import { nasty } from "./arbitraries.ts";

Deno.test("jsonText() is JSON that people can read, with a final line break", () => {
  const value = { a: [1, "überall/日本 😀.yaml", null], b: {} };
  assert.equal(jsonText(value), `${JSON.stringify(value, null, 2)}\n`);
});

Deno.test("jsonText() escapes what hides, reorders or commands, half by half where it is long", () => {
  assert.equal(jsonText("\u009b31m"), '"\\u009b31m"\n');
  assert.equal(jsonText("a\u202eb"), '"a\\u202eb"\n');
  assert.equal(jsonText("\u{e0041}"), '"\\udb40\\udc41"\n');
  assert.equal(jsonText("##[error]"), '"#\\u0023[error]"\n');
  assert.equal(jsonText(`a${"\u0301".repeat(5)}`), `"a${"\u0301".repeat(4)}\\u0301"\n`);
});

Deno.test("jsonText() gives back the same value, and hides nothing", () => {
  const character = fc.integer({ min: 0, max: 0x10ffff }).map((point) =>
    String.fromCodePoint(point)
  );
  const text = fc.oneof(nasty, fc.string({ unit: character, maxLength: 8 }));
  const list = fc.array(text, { maxLength: 4 });
  const value = fc.oneof(text, fc.dictionary(text, list, { noNullPrototype: true, maxKeys: 3 }));
  fc.assert(
    fc.property(value, (value) => {
      const written = jsonText(value);
      assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(value)));
      assert.doesNotMatch(written.replaceAll("\n", ""), /[\p{C}\p{Zl}\p{Zp}]|##\[|\p{M}{5}/u);
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

Deno.test("jsonPieces() writes what jsonText() writes, a long list in several pieces", () => {
  const item = fc.oneof(nasty, fc.record({ hub: nasty, hubs: fc.array(nasty, { maxLength: 2 }) }));
  const list = fc.tuple(fc.array(item, { maxLength: 3 }), fc.constantFrom(0, 1, 199, 200, 401))
    .map(([items, more]) => [...items, ...Array.from({ length: more }, (_, index) => ({ index }))]);
  const value = fc.dictionary(
    nasty,
    fc.oneof(list, item, fc.constantFrom(1, null, undefined, {}, [[], [[]]])),
    { noNullPrototype: true, maxKeys: 3 },
  );
  let most = 0;
  fc.assert(
    fc.property(value, (value) => {
      const pieces = [...jsonPieces(value)];
      assert.equal(pieces.join(""), jsonText(value));
      most = Math.max(most, ...pieces.map((piece) => piece.split('"index"').length - 1));
    }),
    { seed: 2, numRuns: 1_000 },
  );
  assert.ok(most > 1 && most <= 200, `${most} items in a piece`);
});
