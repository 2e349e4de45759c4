import assert from "node:assert/strict";
import { compileGlob } from "../../src/plan/glob.ts";

// What globs match is held by the tests of patterns.
for (
  const [glob, path] of [
    [`${"*a".repeat(200)}b`, "a".repeat(4_000)],
    [`${"**/".repeat(200)}b`, "a/".repeat(2_000)],
    ["a".repeat(70_000), "a".repeat(70_000)],
  ] as const
) {
  Deno.test(`compileGlob() comes to an end with ${glob.slice(0, 12)}...`, () => {
    assert.equal(compileGlob(glob)(path), glob === path);
  });
}
