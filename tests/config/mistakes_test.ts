import assert from "node:assert/strict";
import { Mistakes } from "../../src/config/mistakes.ts";
import { parseClusterFile } from "../../src/config/cluster_file.ts";

const PATH = "config/clusters/earth/cluster.yaml";

Deno.test("Mistakes gives each mistake its place, in order", () => {
  const mistakes = new Mistakes({ path: PATH, text: "a: 1\nb: 2\n" });
  mistakes.add(["b"], "Cannot use b");
  mistakes.add(["a"], "Cannot use a");
  assert.deepEqual(mistakes.problems, [
    { file: PATH, line: 2, column: 4, message: "Cannot use b" },
    { file: PATH, line: 1, column: 4, message: "Cannot use a" },
  ]);
});

Deno.test("Mistakes tells a hundred mistakes and counts the rest", () => {
  const mistakes = new Mistakes({ path: PATH, text: "a: 1\n" });
  for (let index = 0; index < 100; index++) mistakes.add(["a"], `Cannot use ${index}`);
  assert.equal(mistakes.problems.length, 100);
  mistakes.add(["a"], "Cannot use it");
  mistakes.add(["a"], "Cannot use it");
  assert.deepEqual(mistakes.problems.slice(100), [
    { file: PATH, message: "Cannot read it: found 2 more mistakes" },
  ]);
});

/** Files in which everything is wrong: minutes of work where each mistake parses the file anew. */
const WRONG: Readonly<Record<string, string>> = {
  "invalid names": `hubs:\n${"  - name: A\n".repeat(20_000)}`,
  "repeated names": `hubs:\n${"  - name: a\n".repeat(20_000)}`,
  "paths out of the repository": `support:\n  helm_chart_values_files:\n${
    "    - /x\n".repeat(20_000)
  }`,
};

for (const [what, text] of Object.entries(WRONG)) {
  Deno.test(`parseClusterFile() answers a file full of ${what}`, () => {
    const file = { path: PATH, text: `name: earth\nprovider: gcp\n${text}` };
    const problems = parseClusterFile(file, () => false);
    assert.ok(!("hubs" in problems) && problems.length === 101);
  });
}
