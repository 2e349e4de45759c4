import assert from "node:assert/strict";
import { deploysOf } from "../../src/config/branches.ts";

const FILE = "hubwright.config.ts";
const SETTINGS = {
  branches: { "test/**": "staging", "test/prod": "prod", main: "all" },
  defaultBranch: "main",
  file: FILE,
} as const;

Deno.test("deploysOf() goes by a branch's name, and then by what it begins with", () => {
  const found = ["main", "test/1", "test/a/b", "test/prod"].map((name) =>
    deploysOf(name, SETTINGS)
  );
  assert.deepEqual(found, ["all", "staging", "staging", "prod"]);
  assert.equal(
    deploysOf("release", { branches: undefined, defaultBranch: "release", file: FILE }),
    "all",
  );
});

Deno.test("deploysOf() refuses a branch that deploys nothing", () => {
  for (const name of ["test", "Main", "testing/a", "constructor", "__proto__", ""]) {
    assert.throws(() => deploysOf(name, SETTINGS), /Cannot tell what the branch .* deploys/, name);
  }
});
