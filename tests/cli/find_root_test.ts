import assert from "node:assert/strict";
import { runHubwright } from "./process.ts";
import { smallRepository } from "./repository.ts";
import { Sandbox } from "./sandbox.ts";

const PLAN = ["plan", "--changed-files", "config/clusters/earth/prod.values.yaml"];

Deno.test("hubwright finds the repository that the current folder is in", async () => {
  await using repository = await smallRepository();
  const { out } = await runHubwright({ cwd: repository.path, args: PLAN });
  assert.match(out, /earth/);
  for (const folder of ["config", "config/clusters/earth"]) {
    const inside = await runHubwright({ cwd: repository.join(folder), args: PLAN });
    assert.deepEqual(inside, { code: 0, out, err: "" }, folder);
  }
});

Deno.test("hubwright takes the nearest repository, and a given one as it is", async () => {
  await using outer = await smallRepository();
  await outer.write("inner/hubwright.config.ts", "export default { clustersDir: 'nowhere' };\n");
  const inner = await runHubwright({ cwd: outer.join("inner"), args: PLAN });
  assert.match(inner.err, /nowhere: Cannot find the folder of clusters/);
  const given = await runHubwright({ cwd: outer.join("inner"), args: [...PLAN, "--repo", ".."] });
  assert.equal(given.code, 0, given.err);
});

Deno.test("hubwright stays in the current folder where no folder above is a repository", async () => {
  await using folder = await Sandbox.create({ "a/b/notes.txt": "" });
  const { code, err } = await runHubwright({ cwd: folder.join("a/b"), args: PLAN });
  assert.equal(code, 1);
  assert.match(err, /config\/clusters: Cannot find the folder of clusters/);
});
