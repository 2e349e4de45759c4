import assert from "node:assert/strict";
import { parseClusterFile } from "../../src/config/cluster_file.ts";

const PATH = "config/clusters/earth/cluster.yaml";

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
    assert.match(problems[100]?.message ?? "", /^Cannot read it: found 19\d{3} more mistakes$/);
  });
}
