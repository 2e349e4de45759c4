import assert from "node:assert/strict";
import { runtimeLinks } from "../../src/simulate/checkouts.ts";
import { Sandbox } from "../cli/sandbox.ts";

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
