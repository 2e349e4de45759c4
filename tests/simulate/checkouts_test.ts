import assert from "node:assert/strict";
import { Checkouts } from "../../src/simulate/checkouts.ts";
import { Origin } from "../../src/simulate/origin.ts";
import { Sandbox } from "../cli/sandbox.ts";

Deno.test("Checkouts.take() gives the files that were given back, unless git was used on them", async () => {
  await using repository = await Sandbox.create({ "a.txt": "a" });
  await using root = await Sandbox.create();
  await repository.git("init", "--quiet", "--initial-branch=main");
  const ref = await repository.commit("First");
  const origin = await Origin.create(repository.path, root.join("origin"));
  const checkouts = new Checkouts({ root: root.path, origin, lend: true });
  const folder = root.join("workspace");
  const inodes: unknown[] = [];
  for (const [depth, use] of [[1, "a.txt"], [0, ".git/config"], [1, "a.txt"]] as const) {
    const tree = await checkouts.take(folder, { ref, depth });
    assert.equal(await root.read("workspace/a.txt"), "a");
    inodes.push((await Deno.stat(folder)).ino);
    const objects = await Array.fromAsync(Deno.readDir(`${folder}/.git/objects`));
    assert.deepEqual(objects.map(({ name }) => name).sort(), ["info", "pack"], "all is borrowed");
    await Deno.writeTextFile(`${folder}/${use}`, "# changed\n", { append: true });
    await checkouts.giveBack(folder, tree);
  }
  const [first, second, third] = inodes;
  assert.equal(second, first);
  assert.notEqual(third, second);
});
