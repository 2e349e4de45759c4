import assert from "node:assert/strict";
import { context } from "../../src/workflow/expression.ts";
import { secret } from "../../src/workflow/github_context.ts";

for (const name of [context("matrix", "jobs", "cluster_name"), "a b", "", "1A", "A-B", undefined]) {
  Deno.test(`secret() refuses ${Deno.inspect(name, { depth: 0 })}, which is no name`, () => {
    assert.throws(
      () => secret(name as string),
      /^TypeError: Cannot use a secret: expected its name, .*, found ("|something that is not text)/,
    );
  });
}
