import assert from "node:assert/strict";
import { otherDefaultBranch } from "../../src/repository/origin_branch.ts";
import { hubwright } from "../cli/fake_io.ts";
import { smallRepository } from "../cli/repository.ts";
import { Sandbox } from "../cli/sandbox.ts";

/** A clone of a repository with this default branch. */
async function cloneOf(branch: string): Promise<Sandbox> {
  await using origin = await smallRepository();
  await origin.git("init", "--quiet", `--initial-branch=${branch}`);
  await origin.commit("all");
  const clone = await Sandbox.create();
  await clone.git("clone", "--quiet", `file://${origin.path}`, ".");
  return clone;
}

Deno.test("generate and validate say where origin has another default branch", async () => {
  await using clone = await cloneOf("release/next");
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
  await using clone = await cloneOf("main");
  assert.equal(await otherDefaultBranch(clone.path, settings), undefined);
  await clone.git("remote", "set-head", "origin", "--delete");
  assert.equal(await otherDefaultBranch(clone.path, settings), undefined);
  await using folder = await Sandbox.create({ ".git": "gitdir: elsewhere\n" });
  assert.equal(await otherDefaultBranch(folder.path, settings), undefined);
});
