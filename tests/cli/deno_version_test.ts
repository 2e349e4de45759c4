import assert from "node:assert/strict";
import { denoProblem, OLDEST_DENO } from "../../src/cli/deno_version.ts";
import { ROOT } from "./sandbox.ts";

Deno.test("denoProblem() refuses what is older, and nothing else", () => {
  for (const version of ["1.46.3", "2.0.6", "2.2.15"]) {
    assert.equal(
      denoProblem(version),
      `Cannot run on Deno ${version}: expected 2.3.0 or newer; run "deno upgrade"`,
    );
  }
  for (const version of ["2.3.0", "2.10.1", "3.0.0", "2.9.6+abc", Deno.version.deno]) {
    assert.equal(denoProblem(version), undefined);
  }
});

Deno.test("README names the oldest Deno", async () => {
  const readme = await Deno.readTextFile(`${ROOT}/README.md`);
  assert.ok(readme.includes(`Deno ${OLDEST_DENO.replace(/\.0$/, "")} or newer`));
});
