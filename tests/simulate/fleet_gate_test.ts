import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import type { Sandbox } from "../cli/sandbox.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import { change, EVERYTHING, exampleRepository, simulatorOf } from "./example.ts";
import { fastMachines } from "./fast_machines.ts";

/** The example as a fleet that is one gate, with a change of files. */
async function changedFleet(...paths: readonly string[]): Promise<Sandbox> {
  const repository = await exampleRepository();
  await repository.write("hubwright.config.ts", 'export default { gate: "fleet" };\n');
  assert.equal((await hubwright(["generate", "--repo", repository.path])).code, 0);
  await repository.commit("One gate");
  await change(repository, ...paths);
  return repository;
}

Deno.test("deploy-hubs.yaml of a fleet that is one gate deploys no prod hub where any canary fails", async () => {
  await using repository = await changedFleet(...EVERYTHING);
  await using simulator = await simulatorOf(repository, { machines: fastMachines });
  const { simulate } = await simulator.prepare({ base: "HEAD^" });
  const prod = async (...faults: readonly string[]) => {
    const { releases } = await simulate({ faults: faults.map(parseFault) });
    return releases.filter(({ kind }) => kind === "prod");
  };
  for (const { status } of await prod()) assert.equal(status, "deployed");
  for (const fault of ["staging:lake/staging=lost", "support:fjord"]) {
    for (const { status, why } of await prod(fault)) {
      assert.deepEqual([status, why.startsWith("on ")], ["blocked", true], why);
    }
  }
});

Deno.test("deploy-hubs.yaml of a fleet that is one gate upgrades the staging hubs of other clusters first", async () => {
  await using repository = await changedFleet("config/clusters/summit/workshop.values.yaml");
  await using simulator = await simulatorOf(repository, { machines: fastMachines });
  const { simulate } = await simulator.prepare({ base: "HEAD^" });
  const { releases } = await simulate({ faults: [parseFault("check:lake/staging")] });
  const workshop = releases.find(({ hub }) => hub === "workshop");
  assert.equal(workshop?.status, "blocked");
  assert.match(workshop.why, /^on lake, the canary failed/);
  const staging = releases.filter(({ kind, cluster }) => kind === "staging" && cluster !== "lake");
  for (const { status } of staging) assert.equal(status, "deployed");
});
