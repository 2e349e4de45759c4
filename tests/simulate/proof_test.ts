/**
 * The proof: whatever goes wrong in the canary phase, a prod hub is deployed if and only if it was
 * planned and every canary step planned for its cluster succeeded. What is expected is written down
 * here by hand, for the example's clusters; nothing of `plan` or `filter` takes part in it. That real
 * shells do what fast machines do is shown in simulate_test.ts.
 */
import assert from "node:assert/strict";
import { FATES, type Fault, type Simulation } from "../../src/simulate/record.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import type { realMachines } from "../../src/simulate/machine.ts";
import { changedFleet, EVERYTHING, legsOf } from "./example.ts";
import { fastMachines, reversing } from "./fast_machines.ts";

/** Which prod hubs and which canary steps a change of everything calls for, by cluster. */
const EXAMPLE: Readonly<Record<string, { readonly prod: string; readonly canary: string }>> = {
  fjord: { prod: "glacier kelp", canary: "support staging" },
  "kube.delta": { prod: "estuary", canary: "support staging" },
  lake: { prod: "limnology plankton shoreline", canary: "support staging dask-staging" },
  "lake-west": { prod: "ripple", canary: "support staging" },
  meadow: { prod: "pollinator", canary: "staging" },
  summit: { prod: "observatory workshop", canary: "support" },
};
const CLUSTERS = Object.entries(EXAMPLE);
const PROD = CLUSTERS.flatMap(([cluster, { prod }]) =>
  prod.split(" ").map((hub) => `${cluster}/${hub}`)
);
/** The upgrades of the canary phase, and its health checks. */
const UPGRADES = CLUSTERS.flatMap(([cluster, { canary }]) =>
  canary.split(" ").map((name) =>
    name === "support" ? `support:${cluster}` : `staging:${cluster}/${name}`
  )
);
const CHECKS = UPGRADES.filter((name) => name.startsWith("staging:"))
  .map((name) => name.replace("staging:", "check:"));

/** A target with everything that can go wrong there, the whole run's end aside. */
const fated = (targets: readonly string[]) =>
  targets.flatMap((target) =>
    FATES.filter((fate) => fate !== "cancel-run").map((fate) => `${target}=${fate}`)
  );
const singles = (targets: readonly string[]) => fated(targets).map((spec) => [spec]);
/** Two canaries fail, every one beside every other; between them in every way beside every other. */
const PAIRS = UPGRADES.flatMap((first, row) =>
  UPGRADES.slice(row + 1).map((second, column) => {
    const [ones, others] = [fated([first]), fated([second])];
    const way = row + column * ones.length;
    return [ones[way % ones.length] ?? "", others[(row + column) % others.length] ?? ""];
  })
);
const JOBS = singles([
  "job:generate-jobs",
  "job:upgrade-support-and-staging",
  "job:filter-generate-jobs",
  "job:upgrade-prod-hubs",
]);

/** What the push of a change upgrades: its prod hubs, and the clusters that have canaries. */
interface Push {
  readonly changed: readonly string[];
  readonly prod: readonly string[];
  readonly gated: readonly string[];
}
const ALL: Push = { changed: EVERYTHING, prod: PROD, gated: Object.keys(EXAMPLE) };
const SOME: Push = {
  changed: [
    "config/clusters/summit/workshop.values.yaml",
    "config/clusters/lake/plankton.values.yaml",
    "config/clusters/lake-west/enc-ripple.secret.values.yaml",
  ],
  prod: ["lake/plankton", "lake-west/ripple", "summit/workshop"],
  gated: ["lake", "lake-west"],
};

/** The prod hubs that must be deployed, and no other may. */
function expected(faults: readonly Fault[], { prod, gated }: Push) {
  return prod.filter((name) => {
    const [cluster = ""] = name.split("/");
    return faults.every(({ job, call }) => {
      if (call !== undefined) return call.cluster !== cluster;
      return job === "upgrade-support-and-staging" && !gated.includes(cluster);
    });
  });
}

/** The prod hubs whose upgrade was begun: nothing of the report's, only what was called. */
function deployed({ runs }: Simulation): string[] {
  return legsOf(runs, "upgrade-prod-hubs").flatMap((leg) => leg.steps)
    .flatMap((step) => step.deployments)
    .filter((call) => call.action === "upgrade-hub")
    .map((call) => `${call.cluster}/${call.hub}`);
}

/** What is wrong with a run; empty where nothing is. */
function wrongs(simulation: Simulation, faults: readonly Fault[], push: Push): string[] {
  const [wanted, found] = [new Set(expected(faults, push)), new Set(deployed(simulation))];
  const unexplained = simulation.releases.filter(({ status, why, planned }) =>
    (planned && (status === "dropped" || (status !== "deployed" && why === ""))) ||
    (!planned && status !== "not planned")
  );
  // A blocked hub of a run that got as far as the filter is blocked in the filter's own words.
  const filtered = legsOf(simulation.runs, "filter-generate-jobs").some(({ steps }) =>
    steps.length > 3
  );
  const silent = faults.some(({ job }) => job !== undefined) || !filtered
    ? []
    : simulation.releases.filter(({ kind, status, why }) =>
      kind === "prod" && status === "blocked" && !why.startsWith("the canary ")
    );
  return [
    ...[...wanted.difference(found)].map((name) => `${name} is not deployed`),
    ...[...found.difference(wanted)].map((name) => `${name} is deployed`),
    ...[...unexplained, ...silent].map(({ cluster, hub, status }) =>
      `${cluster}/${hub} is ${status} without a reason`
    ),
    ...(simulation.green === (faults.length === 0) ? [] : ["red and green are confused"]),
  ];
}

async function prove(
  push: Push,
  machines: typeof realMachines,
  cases: readonly (readonly string[])[],
  find = wrongs,
): Promise<void> {
  await using fleet = await changedFleet(push.changed, { machines });
  const { simulate } = await fleet.simulator.prepare({ base: "HEAD^" });
  for (const specs of cases) {
    const faults = specs.map(parseFault);
    assert.deepEqual(find(await simulate({ faults }), faults, push), [], specs.join(" "));
  }
}

for (
  const [order, machines, pairs] of [
    ["first", fastMachines, PAIRS],
    ["last", reversing(fastMachines), []],
  ] as const
) {
  Deno.test(`deploy-hubs.yaml deploys exactly the prod hubs whose canaries succeeded, where the ${order} leg finishes first`, async () => {
    const cases = [[], ...singles([...UPGRADES, ...CHECKS]), ...pairs, ...JOBS];
    assert.equal(cases.length - pairs.length, 1 + 68 + 16);
    await prove(ALL, machines, cases);
  });

  Deno.test(`deploy-hubs.yaml deploys a cluster without a planned canary, where the ${order} leg finishes first`, async () => {
    const canaries = ["lake/staging", "lake/dask-staging", "lake-west/staging"];
    await prove(SOME, machines, [[], ...singles(canaries.map((hub) => `staging:${hub}`)), ...JOBS]);
  });
}

Deno.test("deploy-hubs.yaml deploys nothing more once the run is cancelled", async () => {
  const cases = UPGRADES.map((target) => [`${target}=cancel-run`]);
  await prove(ALL, fastMachines, cases, (simulation) => [
    ...deployed(simulation),
    ...simulation.green ? ["green"] : [],
    ...simulation.releases.filter(({ status }) => status === "dropped").map(({ hub }) => hub),
  ]);
});
