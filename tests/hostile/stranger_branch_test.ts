/** A branch of a stranger's that is planned from one's own. */
import assert from "node:assert/strict";
import { runHubwright } from "../cli/process.ts";
import { earth, smallRepository } from "../cli/repository.ts";
import type { Sandbox } from "../cli/sandbox.ts";

const EVIL = 'Deno.writeTextFileSync("PWNED", "");\nexport default { clustersDir: "evil" };\n';

async function plan(folder: Sandbox, ...options: readonly string[]) {
  const { code, out, err } = await runHubwright({ cwd: folder.path, args: ["plan", ...options] });
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assert.ok(!Object.keys(await folder.snapshot()).includes("PWNED"));
  return out;
}

Deno.test("plan runs nothing of it: not the config, the tasks or the hubwright of a branch that --head names", async () => {
  const config = { "hubwright.config.ts": 'export default { defaultBranch: "main" };\n' };
  await using folder = await smallRepository(config);
  await folder.git("init", "--quiet", "--initial-branch=main");
  await folder.commit("main");
  await folder.git("switch", "--quiet", "--create", "stranger");
  for (const file of ["hubwright.config.ts", ".hubwright/mod.js", ".hubwright/hubwright.js"]) {
    await folder.write(file, EVIL);
  }
  await folder.write("deno.json", '{ "tasks": { "plan": "touch PWNED" } }\n');
  const clusterFile = earth("cluster.yaml");
  await folder.write(clusterFile, `${await folder.read(clusterFile)}  - name: added\n`);
  await folder.commit("stranger");
  await folder.git("switch", "--quiet", "main");
  const out = await plan(folder, "--base=main", "--head=stranger", "--format=json");
  const hubs = JSON.parse(out).prod.map(({ hub_name }: { hub_name: string }) => hub_name);
  assert.ok(hubs.includes("added"), "the branch's files are what is planned");
});

Deno.test("plan uses the config that --config names in place of the branch's", async () => {
  await using folder = await smallRepository({ "hubwright.config.ts": EVIL });
  await folder.write("safe/main.config.ts", "export default {};\n");
  const changed = `--changed-files=${earth("cluster.yaml")}`;
  await plan(folder, "--config=safe/main.config.ts", changed);
});
