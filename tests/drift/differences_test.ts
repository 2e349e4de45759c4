import assert from "node:assert/strict";
import fc from "fast-check";
import { compareFiles, type TextFile } from "../../src/drift/differences.ts";

Deno.test("compareFiles() finds what changed, is missing and is orphaned, sorted by path", () => {
  const same = { path: "same", text: "x" };
  const generated = [{ path: "z", text: "" }, same, { path: "b", text: "2" }];
  const present = [same, { path: "z", text: "old" }, { path: "a", text: "left over" }];
  assert.deepEqual(compareFiles(generated, present), [
    { kind: "orphaned", path: "a", was: "left over" },
    { kind: "missing", path: "b", text: "2" },
    { kind: "changed", path: "z", was: "old", text: "" },
  ]);
});

Deno.test("compareFiles() tells files that say that they are generated from others, to the byte", () => {
  const compared = (was: string) =>
    compareFiles(
      [{ path: "a", text: "# Made by us\na: 1\n" }],
      [{ path: "a", text: was }],
      "Made by us",
    )
      .map(({ kind }) => kind).join();
  for (const was of ["a: 1", "a: 1\r\n", "a: 1 \n", "a: 1\n\n"]) {
    assert.equal(compared(`# Made by us\n${was}`), "changed", was);
  }
  assert.equal(compared("\ufeff# Made by us\na: 1\n"), "changed");
  for (const was of ["", "name: mine\n# Made by us", "made by us"]) {
    assert.equal(compared(was), "foreign", was);
  }
});

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
        else {
          assert.notEqual(result.get(path), difference.text);
          result.set(path, difference.text);
        }
      }
      assert.deepEqual(
        sorted([...result].map(([path, text]) => ({ path, text }))),
        sorted(generated),
      );
    }),
    { seed: 1, numRuns: 1_000 },
  );
});
