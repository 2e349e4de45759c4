import assert from "node:assert/strict";
import { runDeno } from "../run_program.ts";
import { tempFolder } from "../temp_folder.ts";

Deno.test("demo.ts shows the plan, the comment and what a failed canary blocks", async () => {
  await using temporary = await tempFolder();
  const { code, out, err } = await runDeno(["run", "-P=demo", "scripts/demo.ts"], {
    env: { TMPDIR: temporary.path },
  });
  assert.equal(code, 0, err);
  assert.match(out, /Wrote \.github\/workflows\/deploy-hubs\.yaml/);
  assert.match(out, /│ fjord +│ aws +│ kelp +│ config\/clusters\/fjord\/kelp\.values\.yaml/);
  assert.match(out, /^## Deployment plan$/m);
  assert.match(out, /│ lake +│ limnology +│ the canary failed/);
  const [, repository = ""] = /^cd (\S+)$/m.exec(out) ?? [];
  const check = await runDeno(["task", "check"], { cwd: repository });
  assert.equal(check.code, 0, "what the demo says to try next works");
});
