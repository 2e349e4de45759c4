/** A branch of a stranger's that is planned from one's own. */
import assert from "node:assert/strict";
import { runHubwright } from "../cli/process.ts";
import { earth, smallRepository } from "../cli/repository.ts";

const EVIL = 'Deno.writeTextFileSync("PWNED", "");\nexport default { clustersDir: "evil" };\n';

Deno.test("plan runs nothing of it: not the config, the tasks or the hubwright of a branch that --head names", async () => {
  await using folder = await smallRepository({
    "hubwright.config.ts": 'export default { defaultBranch: "main" };\n',
  });
  await folder.git("init", "--quiet", "--initial-branch=main");
  await folder.commit("main");
  await folder.git("switch", "--quiet", "--create", "stranger");
  for (const file of ["hubwright.config.ts", ".hubwright/mod.js", ".hubwright/hubwright.js"]) {
    await folder.write(file, EVIL);
  }
  await folder.write("deno.json", '{ "tasks": { "plan": "touch PWNED" } }\n');
  await folder.write(
    earth("cluster.yaml"),
    `${await folder.read(earth("cluster.yaml"))}  - name: added\n`,
  );
  await folder.commit("stranger");
  await folder.git("switch", "--quiet", "main");
  const { code, out, err } = await runHubwright({
    cwd: folder.path,
    args: ["plan", "--base", "main", "--head", "stranger", "--format", "json"],
  });
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  const hubs = JSON.parse(out).prod.map(({ hub_name }: { hub_name: string }) => hub_name);
  assert.ok(hubs.includes("added"), "the branch's files are what is planned");
  assert.ok(!Object.keys(await folder.snapshot()).includes("PWNED"));
});

Deno.test("plan uses the config that --config names in place of the branch's", async () => {
  await using folder = await smallRepository({ "hubwright.config.ts": EVIL });
  await folder.write("safe/main.config.ts", "export default {};\n");
  const args = [
    "plan",
    "--config",
    "safe/main.config.ts",
    "--changed-files",
    earth("cluster.yaml"),
  ];
  const { code, err } = await runHubwright({ cwd: folder.path, args });
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assert.ok(!Object.keys(await folder.snapshot()).includes("PWNED"));
});
