import assert from "node:assert/strict";
import { NAME } from "../../src/config/names.ts";

Deno.test("NAME matches names of a-z, 0-9 and what may stand inside", () => {
  for (const name of ["a", "7", "earth", "2i2c-aws-us", "azure.earth", "a_b", "a--b", "a.-_b"]) {
    assert.match(name, NAME);
  }
});

Deno.test("NAME matches nothing else", () => {
  const names = ["", "-a", "a-", ".a", "a.", "_a", "a_", ".", "A", "eArth", "a b", "a/b", "é"];
  const hostile = ["a\n", "\na", "a\nb", "a;b", "a$b", "a'b", "a`b", "..", "a\u0000b", "a,b"];
  for (const name of [...names, ...hostile]) assert.doesNotMatch(name, NAME);
});

Deno.test("NAME matches no name of more than 100 characters", () => {
  assert.match("a".repeat(100), NAME);
  assert.doesNotMatch("a".repeat(101), NAME);
  assert.doesNotMatch(`${"a".repeat(100_000)}-`, NAME);
});
