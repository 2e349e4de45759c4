import assert from "node:assert/strict";
import fc from "fast-check";
import { isNestedDeeper } from "../../src/github/nesting.ts";

/** How many levels a value has. */
function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

/** Texts that look as if they nested something. */
const text = fc.string({ unit: fc.constantFrom("[", "{", "]", "}", '"', "\\", "é", "a") });

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    text,
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(text, tie("any"), { maxKeys: 3 }),
  ),
})).any;

Deno.test("isNestedDeeper() counts lists and objects, and not what stands in texts", () => {
  fc.assert(
    fc.property(value, fc.nat(6), fc.integer({ min: 1, max: 20 }), (value, most, size) => {
      const bytes = new TextEncoder().encode(JSON.stringify(value));
      const chunks = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      assert.equal(isNestedDeeper(chunks, most), depthOf(value) > most);
    }),
    { seed: 1, numRuns: 500 },
  );
});
