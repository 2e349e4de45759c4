import assert from "node:assert/strict";
import fc from "fast-check";
import { visible, visibleLines } from "../../src/text/visible.ts";

Deno.test("visible() leaves what people can read as it is", () => {
  const words = "e\u0302\u0323 \u05e9\u05c1\u05b8";
  for (
    const text of ["", "deployer/a b.py", "überall/日本 😀.yaml", "a::b", "a:b", "#[x]", words]
  ) {
    assert.equal(visible(text), text);
  }
});

Deno.test("visible() writes line breaks and tabs as escape sequences", () => {
  assert.equal(visible("a\nb\r\n\tc"), String.raw`a\nb\r\n\tc`);
});

Deno.test("visible() writes what hides or reorders text as escape sequences", () => {
  const hidden =
    "\u0000\u001b\u0085\u00ad\u200b\u2028\u202e\u2066\u034f\u180b\u3164\ufe0f\ufeff\u2800";
  for (const character of [...hidden, "\u{e0041}", "\ud800"]) {
    const escaped = `\\u{${character.codePointAt(0)?.toString(16)}}`;
    assert.equal(visible(`a${character}b`), `a${escaped}b`);
  }
});

Deno.test("visible() gives one line that is not a workflow command, hides nothing and stays as it is", () => {
  const unit = fc.oneof(
    fc.constantFrom(..."ab:# [\\\n\r\t\v\f\u0085\u00a0\u1680\u200b\u2003\u2028\u2029\u202e\u3000"),
    fc.constantFrom("::", "##[", "\u001b[31m", "\ud800", "😀"),
    fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point)),
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 8 }), (text) => {
      const shown = visible(text);
      assert.equal(visible(shown), shown);
      assert.doesNotMatch(shown, /[\p{C}\p{Zl}\p{Zp}]/u);
      assert.doesNotMatch(shown, /^\s*::/);
      assert.ok(!shown.includes("##["), shown);
    }),
    { seed: 1, numRuns: 3_000 },
  );
});

Deno.test("visible() escapes accents that would cover other lines", () => {
  assert.equal(visible(`a${"\u0301".repeat(6)}b`), `a${"\u0301".repeat(4)}\\u{301}\\u{301}b`);
});

Deno.test("visibleLines() makes each line visible and keeps the lines apart", () => {
  assert.equal(visibleLines("a\n\t::b\r\n"), "a\n\\t::b\\r\n");
  assert.equal(visibleLines(" ::a\n::b"), " \\u{3a}:a\n\\u{3a}:b");
});
