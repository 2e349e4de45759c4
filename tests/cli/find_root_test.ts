import assert from "node:assert/strict";
import { findRoot } from "../../src/cli/find_root.ts";
import { runHubwright } from "./process.ts";
import { smallRepository } from "./repository.ts";
import { Sandbox } from "./sandbox.ts";

Deno.test("findRoot() finds the nearest repository that a folder is in", async () => {
  await using outer = await smallRepository({ "inner/hubwright.config.ts": "", "inner/a/b": "" });
  for (
    const [folder, above] of [["", ""], ["config", "/.."], ["config/clusters/earth", "/../../.."], [
      "inner/a",
      "/..",
    ]] as const
  ) {
    assert.equal(findRoot(outer.join(folder)), outer.join(folder) + above);
  }
});

Deno.test("findRoot() stays where no folder above is a repository", async () => {
  await using folder = await Sandbox.create({ "a/b/notes.txt": "" });
  assert.equal(findRoot(folder.join("a/b")), folder.join("a/b"));
});

Deno.test("hubwright finds the repository that the current folder is in, and takes a given one as it is", async () => {
  await using repository = await smallRepository({ "inner/hubwright.config.ts": "" });
  const plan = ["plan", "--changed-files", "config/clusters/earth/prod.values.yaml"];
  for (const [cwd, ...args] of [["config"], ["inner", "--repo", ".."]] as const) {
    const ran = await runHubwright({ cwd: repository.join(cwd), args: [...plan, ...args] });
    assert.deepEqual([ran.code, ran.err], [0, ""], cwd);
    assert.match(ran.out, /earth/);
  }
});
