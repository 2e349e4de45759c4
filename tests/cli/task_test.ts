import assert from "node:assert/strict";
import { hubwright } from "./fake_io.ts";
import { committedRepository, earth } from "./repository.ts";
import { stepFiles } from "./step_files.ts";

const CONFIG = `export default {
  tasks: [
    { name: "Check", on: { dispatch: true }, each: "hub", run: "check CLUSTER HUB" },
    { name: "Plan terraform", on: { push: true }, each: "cluster", run: "plan CLUSTER",
      rules: ["terraform/{provider}/{cluster}.tf"] },
  ],
};
`;

Deno.test("task writes the legs that a change affects as an output, a file and a summary", async () => {
  await using folder = await committedRepository(earth("prod.values.yaml"));
  const { before } = folder;
  await folder.write("hubwright.config.ts", CONFIG);
  await using step = await stepFiles();
  const run = (...args: readonly string[]) =>
    hubwright(["task", "--repo", folder.path, ...args], step);
  const file = `${folder.path}/plan.json`;
  const { code, out } = await run("--name", "Check", "--before", before, "--plan-file", file);
  assert.equal(code, 0);
  assert.match(out, /^Check 1 leg\n.*│ earth +│ prod +│ \S+prod\.values\.yaml/s);
  const leg = { cluster_name: "earth", provider: "gcp", hub_name: "prod" };
  assert.deepEqual(JSON.parse((await step.outputs()).legs ?? ""), [leg]);
  const plan = JSON.parse(await Deno.readTextFile(file));
  assert.deepEqual(plan.legs.map(({ reason: _, ...leg }: Record<string, unknown>) => leg), [leg]);
  assert.match(await step.summary(), /It runs for 1 leg\./);

  assert.match((await run("--name", "Plan terraform", "--before", before)).out, / 0 legs\n$/);
  assert.match((await run("--name", "Plan terraform")).out, /azure\.mars .* earth /s);
});

Deno.test("task names the task that was meant, and wants one", async () => {
  await using folder = await committedRepository("README.md");
  await folder.write("hubwright.config.ts", CONFIG);
  const { code, err } = await hubwright(["task", "--repo", folder.path, "--name", "Chek"]);
  assert.deepEqual({ code, err }, {
    code: 1,
    err: 'hubwright.config.ts: Cannot find the task "Chek": did you mean "Check"?\n',
  });
  assert.equal((await hubwright(["task", "--repo", folder.path])).code, 2);
});
