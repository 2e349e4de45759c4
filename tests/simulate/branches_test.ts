import assert from "node:assert/strict";
import { simulationTables } from "../../src/simulate/simulation_report.ts";
import { hubwright } from "../cli/fake_io.ts";
import { change, EVERYTHING, exampleRepository, simulatorOf } from "./example.ts";
import { fastMachines } from "./fast_machines.ts";

Deno.test("deploy-hubs.yaml deploys on each branch what the config says, and on no other", async () => {
  await using repository = await exampleRepository();
  const branches = JSON.stringify({ main: "staging", prod: "prod", "try/**": "staging" });
  await repository.write("hubwright.config.ts", `export default { branches: ${branches} };\n`);
  assert.equal((await hubwright(["generate", "--repo", repository.path])).code, 0);
  await repository.commit("Branches");
  await change(repository, ...EVERYTHING);
  await using simulator = await simulatorOf(repository, { machines: fastMachines });
  const deployed = async (branch: string, event: "push" | "pull_request" = "push") => {
    const simulation = await simulator.simulate({ base: "HEAD^", branch, event });
    const { releases, green } = simulation;
    assert.ok(green, branch);
    assert.match(
      simulationTables(simulation, { width: 120, color: false }),
      new RegExp(`^Deploy and test hubs, on ${event} to ${branch}: `),
    );
    const kinds = releases.filter(({ status }) => status === "deployed").map(({ kind }) => kind);
    return [...new Set(kinds)].sort();
  };
  assert.deepEqual(await deployed("main"), ["staging", "support"]);
  assert.deepEqual(await deployed("try/a/b"), ["staging", "support"]);
  assert.deepEqual(await deployed("prod"), ["prod"]);
  assert.deepEqual(await deployed("prod", "pull_request"), []);
});
