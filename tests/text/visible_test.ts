import assert from "node:assert/strict";
import fc from "fast-check";
import { visible, visibleLines } from "../../src/text/visible.ts";

Deno.test("visible() leaves what people can read as it is", () => {
  for (const text of ["", "deployer/a b.py", "überall/日本 😀.yaml", "a::b", "a:b", "#[x]"]) {
    assert.equal(visible(text), text);
  }
});

Deno.test("visible() writes line breaks and tabs as escape sequences", () => {
  assert.equal(visible("a\nb\r\n\tc"), String.raw`a\nb\r\n\tc`);
});

Deno.test("visible() writes what hides or reorders text as escape sequences", () => {
  const escapes: readonly (readonly [string, string])[] = [
    ["\u0000", String.raw`\u{0}`],
    ["\u001b", String.raw`\u{1b}`],
    ["\u0085", String.raw`\u{85}`],
    ["\u00ad", String.raw`\u{ad}`],
    ["\u200b", String.raw`\u{200b}`],
    ["\u2028", String.raw`\u{2028}`],
    ["\u202e", String.raw`\u{202e}`],
    ["\u2066", String.raw`\u{2066}`],
    ["\u034f", String.raw`\u{34f}`],
    ["\u180b", String.raw`\u{180b}`],
    ["\u3164", String.raw`\u{3164}`],
    ["\ufe0f", String.raw`\u{fe0f}`],
    ["\ufeff", String.raw`\u{feff}`],
    ["\u{e0041}", String.raw`\u{e0041}`],
    ["\ud800", String.raw`\u{d800}`],
  ];
  for (const [text, escaped] of escapes) assert.equal(visible(`a${text}b`), `a${escaped}b`);
});

Deno.test("visible() gives one line that is no workflow command and hides nothing", () => {
  const unit = fc.oneof(
    fc.constantFrom(..."ab:# [\\\n\r\t\v\f\u0085\u00a0\u1680\u200b\u2003\u2028\u2029\u202e\u3000"),
    fc.constantFrom("::", "##[", "\u001b[31m", "\ud800", "😀"),
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 8 }), (text) => {
      const shown = visible(text);
      assert.doesNotMatch(shown, /[\p{C}\p{Zl}\p{Zp}]/u);
      assert.doesNotMatch(shown, /^\s*::/);
      assert.ok(!shown.includes("##["), shown);
    }),
    { seed: 1, numRuns: 3_000 },
  );
});

Deno.test("visible() escapes accents that would cover other lines, not those of words", () => {
  const word = "e\u0302\u0323 \u05e9\u05c1\u05b8";
  assert.equal(visible(word), word);
  assert.equal(visible(`a${"\u0301".repeat(6)}b`), `a${"\u0301".repeat(4)}\\u{301}\\u{301}b`);
});

Deno.test("visible() changes nothing that it wrote", () => {
  const character = fc.integer({ min: 0, max: 0x10ffff }).map((point) =>
    String.fromCodePoint(point)
  );
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 8 }), (text) => {
      assert.equal(visible(visible(text)), visible(text));
    }),
    { seed: 2, numRuns: 2_000 },
  );
});

Deno.test("visibleLines() makes each line visible and keeps the lines apart", () => {
  assert.equal(visibleLines("a\n\t::b\r\n"), "a\n\\t::b\\r\n");
  assert.equal(visibleLines(" ::a\n::b"), " \\u{3a}:a\n\\u{3a}:b");
});
