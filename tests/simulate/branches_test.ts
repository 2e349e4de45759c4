import assert from "node:assert/strict";
import { simulationTables } from "../../src/simulate/simulation_report.ts";
import { changedFleet, EVERYTHING } from "./example.ts";

Deno.test("deploy-hubs.yaml deploys on each branch what the config says, and on no other", async () => {
  const branches = { main: "staging", prod: "prod", "try/**": "staging" } as const;
  await using fleet = await changedFleet(EVERYTHING, { config: { branches } });
  const deployed = async (branch: string, event: "push" | "pull_request" = "push") => {
    const simulation = await fleet.simulator.simulate({ base: "HEAD^", branch, event });
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
