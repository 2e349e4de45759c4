/** What "Re-run failed jobs" runs in each layout, as docs/layouts.md says. */
import assert from "node:assert/strict";
import type { Config } from "../../src/config/config.ts";
import { allLegs } from "../../src/simulate/all_jobs.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import { nothingKept } from "../../src/simulate/local_api.ts";
import { changedFleet } from "./example.ts";

const HUBS = ["lake/plankton", "lake-west/enc-ripple.secret", "summit/workshop"];
const FILES = HUBS.map((hub) => `config/clusters/${hub}.values.yaml`);

/** The legs that run again once what failed in each case does not fail any more. */
async function rerun(config: Config, cases: readonly string[]): Promise<readonly string[][]> {
  await using fleet = await changedFleet(FILES, { config });
  const { simulate } = await fleet.simulator.prepare({ base: "HEAD^" });
  const again: string[][] = [];
  for (const fault of cases) {
    const kept = nothingKept();
    const { runs: [record] } = await simulate({ faults: [parseFault(fault)] }, kept);
    assert.ok(record);
    const { runs: [run], green } = await simulate({}, kept, { record, jobs: "failed" });
    assert.ok(run && green);
    const before = new Set(allLegs(record.jobs).map(({ steps }) => steps));
    const legs = allLegs(run.jobs).filter(({ called, steps }) => !called && !before.has(steps));
    again.push(legs.map(({ name }) => name));
  }
  return again;
}

const CASES = ["staging:lake/staging", "prod:lake/plankton"];
const CANARY = "Canary (lake, gcp, false, dask-staging, staging)";
const HUB = "Prod hub (lake, gcp, plankton)";

Deno.test("four jobs: after a canary that runs again, all prod hubs do", async () => {
  const others = ["Prod hub (lake-west, gcp, ripple)", "Prod hub (summit, aws, workshop)"];
  assert.deepEqual(await rerun({}, CASES), [
    [CANARY, "Filter prod hubs", HUB, ...others],
    [HUB],
  ]);
});

Deno.test("pipelined: after a canary that runs again, the prod hubs of its cluster do", async () => {
  const ofLake = (leg: string) => `Cluster (lake) / ${leg}`;
  assert.deepEqual(await rerun({ layout: "pipelined" }, CASES), [[ofLake(CANARY), ofLake(HUB)], [
    ofLake(HUB),
  ]]);
});
