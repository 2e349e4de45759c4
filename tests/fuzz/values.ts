import fc from "fast-check";
import { hostileText, hostileValue } from "./hostile.ts";

const edit = fc.record({
  what: fc.constantFrom("replace", "replace", "delete", "repeat", "add"),
  /** Which child to go to, level by level; the last one is what is changed. */
  path: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 5 }),
  key: hostileText,
  value: hostileValue,
});

type ValueEdit = typeof edit extends fc.Arbitrary<infer Edit> ? Edit : never;

/** Values that begin as others: parts of them are replaced, gone, twice there or new. */
export function mutatedValues(seeds: fc.Arbitrary<unknown>, most = 3): fc.Arbitrary<unknown> {
  return fc.tuple(seeds, fc.array(edit, { maxLength: most }))
    .map(([seed, edits]) => edits.reduce(applyEdit, copy(seed)));
}

function applyEdit(root: unknown, { what, path, key, value }: ValueEdit): unknown {
  const box: Record<string, unknown> = { root };
  let parent: Record<string, unknown> = box;
  let name = "root";
  for (const step of path) {
    const child = parent[name];
    if (typeof child !== "object" || child === null) break;
    const names = Object.keys(child);
    const next = names[step % names.length];
    if (next === undefined) break;
    parent = child as Record<string, unknown>;
    name = next;
  }
  const clone = copy(value);
  if (Array.isArray(parent)) {
    const index = Number(name);
    if (what === "delete") parent.splice(index, 1);
    else if (what === "repeat") parent.push(copy(parent[index]));
    else if (what === "add") parent.push(clone);
    else parent[index] = clone;
  } else if (what === "delete" && parent !== box) delete parent[name];
  else if (what === "replace" || parent === box) define(parent, name, clone);
  else define(parent, key, what === "add" ? clone : copy(parent[name]));
  return box.root;
}

/** As JSON, since a structured clone of deep values takes more stack than there is. */
function copy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

/** Assigning to `__proto__` would change what an object is. */
function define(object: object, key: string, value: unknown): void {
  const how = { writable: true, enumerable: true, configurable: true };
  Object.defineProperty(object, key, { value, ...how });
}

/** The JSON of values, a few of them damaged as text. */
export function jsonTexts(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const json = values.map((value) => JSON.stringify(value) ?? "");
  const damaged = fc.tuple(json, fc.nat(10_000), fc.nat(3), hostileText).map(
    ([text, at, remove, insert]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + insert + text.slice(start + remove);
    },
  );
  return fc.oneof(
    { weight: 8, arbitrary: json },
    { weight: 1, arbitrary: damaged },
    { weight: 1, arbitrary: hostileText },
  );
}
