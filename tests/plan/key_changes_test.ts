import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { isMapping, type KeyChange, keyChanges } from "../../src/plan/key_changes.ts";

/** Where two values differ, as `a.b.0`. */
function places(before: unknown, after: unknown): readonly string[] {
  return keyChanges(before, after).map(({ path }) => path.join("."));
}

for (
  const [criterion, before, after, changed] of [
    [
      "finds nothing where only the order of keys differs",
      { a: 1, b: { c: [1, null], d: "x" } },
      { b: { d: "x", c: [1, null] }, a: 1 },
      [],
    ],
    ["finds nothing between nothing and nothing", null, null, []],
    ["takes what is not a number for itself", NaN, NaN, []],
    ["gives the innermost key", { a: { b: [1, 2], c: 3 } }, { a: { b: [1, 4], c: 3 } }, ["a.b.1"]],
    ["sorts the keys of a mapping", { z: 1, b: 1, a: 1 }, { b: 2, z: 2, a: 2 }, ["a", "b", "z"]],
    ["sees a list in another order", [1, 2, 3], [2, 1, 3], ["0", "1"]],
    ["sees a longer list", { a: [1] }, { a: [1, 2] }, ["a.1"]],
    ["sees a shorter list", [1, 2], [1], ["1"]],
    ["tells a key without a value from none", { a: null }, {}, ["a"]],
    ["tells no key from one without a value", {}, { a: null }, ["a"]],
  ] as const
) {
  Deno.test(`keyChanges() ${criterion}`, () => {
    assert.deepEqual(places(before, after), changed);
  });
}

Deno.test("keyChanges() tells kinds of values apart", () => {
  const values = [null, "", "1", 1, true, "true", [], {}, [1], { 0: 1 }];
  for (const [index, before] of values.entries()) {
    for (const [other, after] of values.entries()) {
      assert.equal(places(before, after).length > 0, index !== other, `${before} and ${after}`);
    }
  }
});

Deno.test("keyChanges() takes names that objects know for keys like any other", () => {
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty", "length"]) {
    const named = (value: unknown) => JSON.parse(`{"${name}": ${JSON.stringify(value)}}`);
    assert.deepEqual(keyChanges({}, named({ x: 1 })), [
      { path: [name], before: undefined, after: { x: 1 } },
    ]);
    assert.deepEqual(places(named({ x: 1 }), named({ x: 2 })), [`${name}.x`]);
    assert.deepEqual(places(named({ x: 1 }), named({ x: 1 })), []);
  }
});

/** A list that holds itself, so many levels down, beside a value. */
function cycle(length: number, value: unknown): unknown {
  const outer: unknown[] = [];
  let inner: unknown = outer;
  for (let level = 1; level < length; level++) inner = [inner];
  outer.push(inner, value);
  return outer;
}

Deno.test("keyChanges() ends where values hold themselves", () => {
  assert.deepEqual(places(cycle(3, "a"), cycle(3, "a")), []);
  assert.deepEqual(places(cycle(3, "a"), cycle(3, "b")), ["1"]);
});

Deno.test("keyChanges() finds what differs between cycles of other lengths", () => {
  assert.notDeepEqual(places(cycle(3, "a"), cycle(4, "a")), []);
  const [change] = keyChanges(cycle(97, "a"), cycle(96, "a"));
  assert.ok(change !== undefined && change.path.length <= 200, String(change?.path.length));
});

/** A value that is reached through more levels than a call stack holds. */
function deep(levels: number, leaf: unknown): unknown {
  let value = leaf;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

Deno.test("keyChanges() finds a change however deep it is, without exhausting the stack", () => {
  assert.deepEqual(keyChanges(deep(100, 1), deep(100, 2)).map(({ path }) => path.length), [100]);
  assert.deepEqual(places(deep(100, 1), deep(100, 1)), []);
  assert.equal(keyChanges(deep(200_000, 1), deep(200_000, 2)).length, 1);
});

/** Levels of lists, each of which holds the one below it many times: an alias bomb. */
function bomb(levels: number, width: number, leaf: unknown): unknown {
  let value = leaf;
  for (let level = 0; level < levels; level++) value = Array.from({ length: width }, () => value);
  return value;
}

Deno.test("keyChanges() compares what stands in many places once", () => {
  assert.deepEqual(places(bomb(60, 20, "a"), bomb(60, 20, "a")), []);
  const changes = keyChanges(bomb(60, 20, ["a"]), bomb(60, 20, ["b"]));
  assert.deepEqual(changes.map(({ path }) => path.length), [61]);
});

Deno.test("keyChanges() counts as changed what there is no time to compare", () => {
  const effort = { left: 3 };
  assert.deepEqual(keyChanges([1, 2], [1, 2], effort), []);
  assert.deepEqual(keyChanges([1, 2], [1, 2], effort).map(({ path }) => path.length), [0]);
});

Deno.test("keyChanges() gives the first hundred of many changes", () => {
  const list = (value: number) => Array.from({ length: 5_000 }, () => value);
  assert.equal(keyChanges(list(1), list(2)).length, 100);
});

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, true, 0, 1, "", "a", "1"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "0", "__proto__"), tie("value"), { maxKeys: 3 }),
  ),
})).value.map(copy);

/** A copy that has the prototypes that JSON has, whatever its keys are called. */
function copy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** A value with a change taken over. */
function valueAt(value: unknown, path: KeyChange["path"]): unknown {
  return path.reduce<unknown>(
    (at, key) => Object.hasOwn(Object(at), key) ? Object(at)[key] : undefined,
    value,
  );
}

Deno.test("keyChanges() finds something exactly where values differ, and says where", () => {
  let different = 0;
  fc.assert(
    fc.property(json, json, fc.boolean(), (before, other, same) => {
      const after = same ? copy(before) : other;
      const changes = keyChanges(before, after);
      assert.equal(changes.length === 0, isDeepStrictEqual(before, after));
      for (const change of changes) {
        assert.deepEqual(valueAt(before, change.path), change.before);
        assert.deepEqual(valueAt(after, change.path), change.after);
        assert.ok(!isDeepStrictEqual(change.before, change.after));
      }
      if (changes.length > 0) different++;
    }),
    { seed: 11, numRuns: 2_000 },
  );
  assert.ok(different > 500 && different < 1_800, `${different}`);
});

Deno.test("isMapping() is true for mappings alone", () => {
  for (const value of [{}, { a: 1 }, Object.create(null)]) assert.equal(isMapping(value), true);
  for (const value of [null, undefined, [], "a", 1]) assert.equal(isMapping(value), false);
});
