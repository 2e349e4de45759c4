import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { type KeyChange, keyChanges } from "../../src/plan/key_changes.ts";

/** Where two values differ, as `a.b.0`. */
function places(before: unknown, after: unknown): readonly string[] {
  return keyChanges(before, after).map(({ path }) => path.join("."));
}

Deno.test("keyChanges() gives the innermost keys that differ, sorted, and takes NaN for itself", () => {
  const before = { z: 1, a: { b: [1, 2], c: 3 }, same: NaN };
  assert.deepEqual(places(before, { same: NaN, a: { c: 3, b: [1, 4, 5] }, z: 2 }), [
    ...["a.b.1", "a.b.2", "z"],
  ]);
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

/** A value below many levels of lists, each of which holds the one below it so often: an alias bomb. */
function nested(levels: number, width: number, leaf: unknown): unknown {
  let value = leaf;
  for (let level = 0; level < levels; level++) value = Array.from({ length: width }, () => value);
  return value;
}

Deno.test("keyChanges() finds a change however deep it is, without exhausting the stack", () => {
  assert.deepEqual(
    keyChanges(nested(100, 1, 1), nested(100, 1, 2)).map(({ path }) => path.length),
    [100],
  );
  assert.deepEqual(places(nested(100, 1, 1), nested(100, 1, 1)), []);
  assert.equal(keyChanges(nested(200_000, 1, 1), nested(200_000, 1, 2)).length, 1);
});

Deno.test("keyChanges() compares what stands in many places once", () => {
  assert.deepEqual(places(nested(60, 20, "a"), nested(60, 20, "a")), []);
  const changes = keyChanges(nested(60, 20, ["a"]), nested(60, 20, ["b"]));
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
