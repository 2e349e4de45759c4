/**
 * Both layouts deploy the same, whatever goes wrong: the same releases are upgraded, fail and are
 * blocked, in one wave and in two. A run that is cancelled as a whole is left out: how far it came
 * by then is a matter of time, which is what the layouts are about.
 */
import assert from "node:assert/strict";
import type { Config } from "../../src/config/config.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import { FATES } from "../../src/simulate/record.ts";
import { change, changedFleet, EVERYTHING } from "./example.ts";

const PLACES = FATES.filter((fate) => fate !== "cancel-run");

/** A few files whose change upgrades some hubs on three clusters, and the releases on those. */
const SOME = [
  "config/clusters/summit/workshop.values.yaml",
  "config/clusters/lake/plankton.values.yaml",
  "config/clusters/lake-west/enc-ripple.secret.values.yaml",
];
const HUBS = [
  ...["staging:lake/staging", "staging:lake/dask-staging", "prod:lake/plankton"],
  ...["staging:lake-west/staging", "prod:lake-west/ripple", "prod:summit/workshop"],
];
const TARGETS = [...HUBS, ...HUBS.map((hub) => hub.replace(/^\w+/, "check"))];

/** Every fault by itself, and every two places with faults that vary. */
const SINGLES = TARGETS.flatMap((target) => PLACES.map((fate) => [`${target}=${fate}`]));
const PAIRS = TARGETS.flatMap((first, row) =>
  TARGETS.slice(row + 1).map((second, column) => [
    `${first}=${PLACES[(row + column) % PLACES.length]}`,
    `${second}=${PLACES[(row + 3 * column + 1) % PLACES.length]}`,
  ])
);

const IN_WAVES = { waves: [["lake-west", "s*"], ["*"]] };
const isOfFirstWave = (release: string) => / (?:lake-west|summit)\//.test(release);

const MANY = [[], ...SINGLES, ...PAIRS];

/** Where everything is upgraded, a few faults have to do. */
const FEW = ["support:lake", "staging:lake-west/staging=lost", "check:summit/workshop"];
const JOBS = ["job:generate-jobs", "job:upgrade-support-and-staging", "job:upgrade-prod-hubs"];
const OF_EVERYTHING = [[], FEW, ...[...FEW, ...JOBS].map((spec) => [spec])];

type Cases = readonly (readonly string[])[];

/** What becomes of each release in a layout, in each case. */
async function outcomes(config: Config): Promise<Cases> {
  await using fleet = await changedFleet(SOME, { config });
  await change(fleet.repository, ...EVERYTHING);
  const found: (readonly string[])[] = [];
  for (const [head, cases] of [["HEAD^", MANY], ["HEAD", OF_EVERYTHING]] as const) {
    const { simulate } = await fleet.simulator.prepare({ base: `${head}^`, head });
    for (const specs of cases) {
      const { releases, green } = await simulate({ faults: specs.map(parseFault) });
      found.push([
        green ? "green" : "red",
        ...releases.map(({ kind, cluster, hub, status }) => `${kind} ${cluster}/${hub} ${status}`),
      ]);
    }
  }
  return found;
}

function assertWaves(releases: readonly string[]): void {
  const planned = releases.filter((release) => !release.endsWith("not planned"));
  const isStopped = planned.some((release) =>
    isOfFirstWave(release) && !release.endsWith("deployed")
  );
  const second = planned.filter((release) => !isOfFirstWave(release));
  assert.ok(second.length > 0);
  assert.equal(second.every((release) => release.endsWith("blocked")), isStopped);
}

for (const [what, config] of [["one wave", {}], ["two waves", IN_WAVES]] as const) {
  Deno.test(`deploy-hubs.yaml deploys the same in both layouts, in ${what}, whatever goes wrong`, async (t) => {
    const [wanted = [], found = []] = [
      await outcomes({ ...config, layout: "four-jobs" }),
      await outcomes({ ...config, layout: "pipelined" }),
    ];
    for (const [index, specs] of [...MANY, ...OF_EVERYTHING].entries()) {
      assert.deepEqual(found[index], wanted[index], specs.join(" "));
    }
    const seen = wanted.slice(0, MANY.length);
    assert.ok(new Set(seen.map(String)).size > 8);
    if (config !== IN_WAVES) return;
    await t.step("a wave begins if and only if those before it succeeded", () => {
      for (const [, ...releases] of seen) assertWaves(releases);
    });
  });
}
