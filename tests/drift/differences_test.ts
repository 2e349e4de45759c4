import assert from "node:assert/strict";
import fc from "fast-check";
import { compareFiles, type TextFile } from "../../src/drift/differences.ts";

Deno.test("compareFiles() finds nothing where files are the same, in whatever order", () => {
  const files = [{ path: "a", text: "1" }, { path: "b", text: "" }];
  assert.deepEqual(compareFiles(files, [...files].reverse()), []);
  assert.deepEqual(compareFiles([], []), []);
});

Deno.test("compareFiles() finds what changed, is missing and is orphaned, sorted by path", () => {
  const generated = [
    { path: "z", text: "new" },
    { path: "b", text: "2" },
    { path: "same", text: "x" },
  ];
  const present = [
    { path: "same", text: "x" },
    { path: "z", text: "old" },
    { path: "a", text: "left over" },
  ];
  assert.deepEqual(compareFiles(generated, present), [
    { kind: "orphaned", path: "a", was: "left over" },
    { kind: "missing", path: "b", text: "2" },
    { kind: "changed", path: "z", was: "old", text: "new" },
  ]);
});

Deno.test("compareFiles() tells files that say that they are generated from others", () => {
  const compared = (was: string) =>
    compareFiles([{ path: "a", text: "x" }], [{ path: "a", text: was }], "Made by us")
      .map(({ kind }) => kind).join();
  for (const was of ["# Made by us.\nx", "\ufeff<!-- Made by us -->\r\nx"]) {
    assert.equal(compared(was), "changed", was);
  }
  for (const was of ["", "name: mine\n# Made by us", "made by us"]) {
    assert.equal(compared(was), "foreign", was);
  }
});

Deno.test("compareFiles() takes an empty file for a file", () => {
  assert.deepEqual(compareFiles([{ path: "a", text: "1" }], [{ path: "a", text: "" }]), [
    { kind: "changed", path: "a", was: "", text: "1" },
  ]);
  assert.deepEqual(compareFiles([{ path: "a", text: "" }], []), [
    { kind: "missing", path: "a", text: "" },
  ]);
});

for (
  const [what, was] of Object.entries({
    "a final line break": "a: 1",
    "line ends": "a: 1\r\n",
    "space at a line's end": "a: 1 \n",
    "a byte order mark": "\ufeffa: 1\n",
  })
) {
  Deno.test(`compareFiles() finds files that differ in ${what} alone`, () => {
    const differences = compareFiles([{ path: "x", text: "a: 1\n" }], [{ path: "x", text: was }]);
    assert.deepEqual(differences.map(({ kind }) => kind), ["changed"]);
  });
}

Deno.test("compareFiles() finds what it takes to turn one set of files into the other", () => {
  const text = fc.constantFrom("", "1", "2");
  const path = fc.constantFrom("a", "b", "__proto__", "constructor", "a/b");
  const files = fc.uniqueArray(fc.record({ path, text }, { noNullPrototype: true }), {
    selector: (file) => file.path,
  });
  const sorted = (files: readonly TextFile[]) =>
    [...files].sort((a, b) => a.path < b.path ? -1 : 1);
  fc.assert(
    fc.property(files, files, (generated, present) => {
      const result = new Map<string, string>(present.map((file) => [file.path, file.text]));
      for (const difference of compareFiles(generated, present)) {
        const { kind, path } = difference;
        assert.equal(result.get(path), kind === "missing" ? undefined : difference.was);
        if (kind === "orphaned") result.delete(path);
        else result.set(path, difference.text);
      }
      assert.deepEqual(
        sorted([...result].map(([path, text]) => ({ path, text }))),
        sorted(generated),
      );
    }),
    { seed: 1, numRuns: 1_000 },
  );
});
