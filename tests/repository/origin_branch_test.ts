import assert from "node:assert/strict";
import { otherDefaultBranch } from "../../src/repository/origin_branch.ts";
import { hubwright } from "../cli/fake_io.ts";
import { smallRepository } from "../cli/repository.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { tempFolder } from "../temp_folder.ts";

Deno.test("generate and validate say where origin has another default branch", async () => {
  await using origin = await smallRepository();
  await origin.git("init", "--quiet", "--initial-branch=release/next");
  await origin.commit("all");
  await using clone = await Sandbox.create();
  await clone.git("clone", "--quiet", `file://${origin.path}`, ".");
  const said = 'the workflows are for the branch "main", and origin\'s default branch is ' +
    '"release/next"; write defaultBranch: "release/next" in the config';
  const generated = await hubwright(["generate", "--repo", clone.path]);
  assert.equal(generated.code, 0);
  assert.ok(generated.err.startsWith("Warning: hubwright.config.ts: Cannot expect a run: "));
  assert.ok(generated.err.includes(said), generated.err);
  const inWorkflow = await hubwright(["generate", "--check", "--repo", clone.path], {
    env: { GITHUB_ACTIONS: "true" },
  });
  assert.match(inWorkflow.err, /^::warning file=hubwright\.config\.ts::.*Cannot expect a run/);
  const { out } = await hubwright(["validate", "--repo", clone.path, "--format", "json"]);
  const found = JSON.parse(out).warnings.filter(({ rule }: { rule: string }) =>
    rule === "other-branch"
  );
  assert.equal(found.length, 1);
  assert.ok(found[0].message.includes(said));

  await clone.write("hubwright.config.ts", 'export default { defaultBranch: "release/next" };\n');
  assert.equal((await hubwright(["generate", "--repo", clone.path])).err, "");
});

Deno.test("otherDefaultBranch() says nothing where the clone does not know, or agrees", async () => {
  const settings = { defaultBranch: "main", file: "hubwright.config.ts" };
  const ref = (branch: string) => ({ ".git/refs/remotes/origin/HEAD": `ref: ${branch}\n` });
  for (const files of [ref("refs/remotes/origin/main"), {}, { ".git": "gitdir: elsewhere\n" }]) {
    await using clone = await tempFolder(files);
    assert.equal(await otherDefaultBranch(clone.path, settings), undefined);
  }
});
