import assert from "node:assert/strict";
import { Checkouts, runtimeLinks } from "../../src/simulate/checkouts.ts";
import { bareGit, Origin } from "../../src/simulate/origin.ts";
import { Sandbox } from "../cli/sandbox.ts";

Deno.test("Checkouts.take() gives the files that were given back, unless git was used on them", async () => {
  await using repository = await Sandbox.create({ "a.txt": "a" });
  await using root = await Sandbox.create();
  await repository.git("init", "--quiet", "--initial-branch=main");
  const ref = await repository.commit("First");
  const origin = await Origin.create(repository.path, root.join("origin"));
  const checkouts = new Checkouts(root.path, origin);
  const folder = root.join("workspace");
  const inodes: unknown[] = [];
  for (const [depth, use] of [[1, "a.txt"], [0, ".git/config"], [1, "a.txt"]] as const) {
    const tree = await checkouts.take(folder, { ref, depth, lend: true });
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

Deno.test("Origin.namedCommit() knows the commit of files that are committed nowhere else", async () => {
  await using repository = await Sandbox.create({ "a.txt": "a" });
  await using root = await Sandbox.create();
  await repository.git("init", "--quiet", "--initial-branch=main");
  await repository.commit("First");
  const origin = await Origin.create(repository.path, root.join("origin"));
  await repository.write("a.txt", "b");
  const commit = await origin.commitWorktree();
  await assert.rejects(origin.namedCommit("--head", commit), /Cannot find the commit --head/);
  await origin.setRefs({ "refs/heads/main": commit });
  assert.equal(await origin.namedCommit("--head", commit), commit);
});

Deno.test("bareGit() has every git keep refs in files, which Origin.setRefs() writes", async () => {
  await using folder = await Sandbox.create();
  const { text } = await bareGit(folder.path, ["-c", "alias.around=!env", "around"]);
  assert.match(text, /^GIT_DEFAULT_REF_FORMAT=files$/m);
});

const RUNTIME = ["deno", "run", "PERMISSIONS", ".hubwright/hubwright.js"];
const MAIN = "hubwright.js";

async function linked(repo: Sandbox, checkout: Sandbox): Promise<string> {
  for (const link of await runtimeLinks(repo.path, RUNTIME)) await link(checkout.path);
  return await checkout.read(`.hubwright/${MAIN}`);
}

Deno.test("runtimeLinks() lends a checkout the folder or the link that the repository has", async () => {
  await using hubwright = await Sandbox.create({ [MAIN]: "there" });
  await using folder = await Sandbox.create({ [`.hubwright/${MAIN}`]: "here" });
  await using link = await Sandbox.create();
  await Deno.symlink(hubwright.path, link.join(".hubwright"));
  for (const [repo, text] of [[folder, "here"], [link, "there"]] as const) {
    await using checkout = await Sandbox.create();
    assert.equal(await linked(repo, checkout), text);
    await using dangling = await Sandbox.create();
    await Deno.symlink("../..", dangling.join(".hubwright"));
    assert.equal(await linked(repo, dangling), text, "a relative link leads nowhere in a checkout");
  }
});

Deno.test("runtimeLinks() leaves a checkout alone that has hubwright, and packages too", async () => {
  await using repo = await Sandbox.create({ [`.hubwright/${MAIN}`]: "newer" });
  await using checkout = await Sandbox.create({ [`.hubwright/${MAIN}`]: "committed" });
  assert.equal(await linked(repo, checkout), "committed");
  assert.deepEqual(await runtimeLinks(repo.path, ["deno", "run", "npm:@a/b@1", "none/x.ts"]), []);
});
