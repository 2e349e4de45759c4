import assert from "node:assert/strict";
import { parseFault } from "../../src/simulate/fault.ts";
import { changedFleet, EVERYTHING } from "./example.ts";

const config = { gate: "fleet" } as const;

Deno.test("deploy-hubs.yaml of a fleet that is one gate deploys no prod hub where any canary fails", async () => {
  await using fleet = await changedFleet(EVERYTHING, { config });
  const { simulate } = await fleet.simulator.prepare({ base: "HEAD^" });
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
  const path = "config/clusters/summit/workshop.values.yaml";
  await using fleet = await changedFleet([path], { config });
  const { simulate } = await fleet.simulator.prepare({ base: "HEAD^" });
  const { releases } = await simulate({ faults: [parseFault("check:lake/staging")] });
  const workshop = releases.find(({ hub }) => hub === "workshop");
  assert.equal(workshop?.status, "blocked");
  assert.match(workshop.why, /^on lake, the canary failed/);
  const staging = releases.filter(({ kind, cluster }) => kind === "staging" && cluster !== "lake");
  for (const { status } of staging) assert.equal(status, "deployed");
});
