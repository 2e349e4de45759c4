/** What the system refuses: none of it is a bug in hubwright. */
import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { hubwrightArgv, runHubwright } from "../cli/process.ts";
import { committedRepository, earth } from "../cli/repository.ts";
import { ROOT, Sandbox } from "../cli/sandbox.ts";
import { runDeno, runProgram } from "../run_program.ts";

Deno.test("main() ends with one line where the system refuses something, wherever that is", async () => {
  const env = () => Deno.readTextFileSync("/nowhere/at\nall");
  const { code, err } = await hubwright(["plan", "--changed-files=a"], {}, { env });
  assert.equal(code, 1);
  assert.match(
    err,
    /^Cannot go on: the system says "No such file .*"; see to it, and try again\n$/,
  );
});

Deno.test("simulate says where it cannot make its folder", async () => {
  await using folder = await committedRepository(earth("prod.values.yaml"));
  const { code, err } = await runHubwright({
    cwd: folder.path,
    args: ["simulate", "--base=HEAD^"],
    env: { TMPDIR: folder.join("missing") },
  });
  assert.equal(code, 1);
  assert.match(
    err,
    /^Cannot make a folder for the simulation: No such file .*TMPDIR says where\n$/,
  );
});

Deno.test("plan says where it cannot read its standard input", async () => {
  await using folder = await Sandbox.create();
  const argv = hubwrightArgv({ cwd: folder.path, args: ["plan", "--changed-files-from=-"] });
  const { code, err } = await runProgram("bash", ["-c", '"$@" < .', "bash", ...argv], {
    cwd: folder.path,
  });
  assert.equal(code, 1);
  assert.match(err, /^standard input: Cannot read the list of changed files: Is a directory .*\n$/);
});

Deno.test("main() says what is missing where half of a release was copied", async () => {
  await using folder = await Sandbox.create();
  await Deno.copyFile(`${ROOT}/dist/hubwright.js`, folder.join("hubwright.js"));
  const { code, err } = await runDeno(["run", "-A", "hubwright.js", "generate"], {
    cwd: folder.path,
  });
  assert.equal(code, 1);
  assert.match(
    err,
    /^Cannot load what this command is in: Module not found .*tools\.js.*; put the whole folder /,
  );
});
