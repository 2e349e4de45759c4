import assert from "node:assert/strict";
import { listNames, Reasons } from "../../src/plan/reason.ts";

Deno.test("listNames() spells out three names", () => {
  assert.equal(listNames([]), "");
  assert.equal(listNames(["a"]), "a");
  assert.equal(listNames(["c", "a", "b"]), "c, a, b");
});

Deno.test("listNames() counts the rest", () => {
  assert.equal(listNames(["a", "b", "c", "d"]), "a, b, c and 1 more");
  assert.equal(listNames(["a", "b", "c", "d", "e"]), "a, b, c and 2 more");
});

Deno.test("listNames() makes hidden characters visible", () => {
  assert.equal(listNames(["a\nb"]), String.raw`a\nb`);
});

Deno.test("Reasons.any is false until a cause is added", () => {
  const reasons = new Reasons();
  assert.equal(reasons.any, false);
  assert.equal(String(reasons), "");
  reasons.add("all hubs", "deployer/a.py");
  assert.equal(reasons.any, true);
});

Deno.test("Reasons.toString() gives each rule its files, sorted, each once", () => {
  const reasons = new Reasons();
  reasons.add("label", "x");
  reasons.add("all hubs", "deployer/b.py");
  reasons.add("all hubs", "deployer/a.py");
  reasons.add("all hubs", "deployer/b.py");
  assert.equal(String(reasons), "deployer/a.py, deployer/b.py (rule: all hubs); x (rule: label)");
});
