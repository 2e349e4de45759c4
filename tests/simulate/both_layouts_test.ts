/**
 * Both layouts deploy the same, whatever goes wrong: the same releases are upgraded, fail and are
 * blocked, in one wave and in two. A run that is cancelled as a whole is left out: how far it came
 * by then is a matter of time, which is what the layouts are about.
 */
import assert from "node:assert/strict";
import type { Config } from "../../src/config/config.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import { FATES } from "../../src/simulate/record.ts";
import { changedFleet, EVERYTHING } from "./example.ts";

const LAYOUTS = ["four-jobs", "pipelined"] as const;
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

/** Says what becomes of each release in a layout. */
async function* outcomes(
  config: Config,
  changed: readonly string[],
  cases: readonly (readonly string[])[],
): AsyncGenerator<readonly string[]> {
  await using fleet = await changedFleet(changed, { config });
  const { simulate } = await fleet.simulator.prepare({ base: "HEAD^" });
  for (const specs of cases) {
    const { releases, green } = await simulate({ faults: specs.map(parseFault) });
    yield [
      green ? "green" : "red",
      ...releases.map(({ kind, cluster, hub, status }) => `${kind} ${cluster}/${hub} ${status}`),
    ];
  }
}

async function compare(
  config: Config,
  changed: readonly string[],
  cases: readonly (readonly string[])[],
): Promise<readonly (readonly string[])[]> {
  const [phases, clusters] = LAYOUTS.map((layout) =>
    outcomes({ ...config, layout }, changed, cases)
  );
  const seen: (readonly string[])[] = [];
  for (const specs of cases) {
    const [wanted, found] = [await phases?.next(), await clusters?.next()];
    assert.deepEqual(found?.value, wanted?.value, specs.join(" "));
    seen.push(wanted?.value ?? []);
  }
  await Promise.all([phases?.return(undefined), clusters?.return(undefined)]);
  return seen;
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

for (
  const [what, config] of [
    ["one wave", {}],
    ["two waves", IN_WAVES],
  ] as const
) {
  Deno.test(`deploy-hubs.yaml deploys the same in both layouts, in ${what}, whatever goes wrong once or twice`, async (t) => {
    const seen = await compare(config, SOME, [[], ...SINGLES, ...PAIRS]);
    assert.ok(new Set(seen.map(String)).size > 8);
    if (config !== IN_WAVES) return;
    await t.step(
      "begins no wave where one before it did not succeed, and begins it otherwise",
      () => {
        for (const [, ...releases] of seen) assertWaves(releases);
      },
    );
  });

  Deno.test(`deploy-hubs.yaml deploys the same in both layouts, in ${what}, where everything is upgraded`, async () => {
    const faults = ["support:lake", "staging:lake-west/staging=lost", "check:summit/workshop"];
    const jobs = ["job:generate-jobs", "job:upgrade-support-and-staging", "job:upgrade-prod-hubs"];
    await compare(config, EVERYTHING, [[], faults, ...[...faults, ...jobs].map((spec) => [spec])]);
  });
}
