/**
 * The proof: whatever goes wrong in the canary phase, a prod hub is deployed if and only if it was
 * planned and every canary step planned for its cluster succeeded. What is expected is written down
 * here by hand, for the example's clusters; nothing of `plan` or `filter` takes part in it.
 */
import assert from "node:assert/strict";
import { type Fate, type Fault, parseFault, targetName } from "../../src/simulate/fault.ts";
import type { Simulation, Simulator } from "../../src/simulate/simulate.ts";
import type { FinishingOrder } from "../../src/simulate/world.ts";
import { change, EVERYTHING, exampleRepository, legsOf, simulatorOf } from "./example.ts";

/** Which prod hubs and which canary steps a change of everything calls for, by cluster. */
const EXAMPLE: Readonly<Record<string, { readonly prod: string; readonly canary: string }>> = {
  fjord: { prod: "glacier kelp", canary: "support staging" },
  "kube.delta": { prod: "estuary", canary: "support staging" },
  lake: { prod: "limnology plankton shoreline", canary: "support staging dask-staging" },
  "lake-west": { prod: "ripple", canary: "support staging" },
  meadow: { prod: "pollinator", canary: "staging" },
  summit: { prod: "observatory workshop", canary: "support" },
};

const FATES: readonly Fate[] = ["fail", "cancel", "timeout", "lost"];
const ORDERS: readonly FinishingOrder[] = ["matrix", "reversed"];
const PROD = Object.entries(EXAMPLE).flatMap(([cluster, { prod }]) =>
  prod.split(" ").map((hub) => `${cluster}/${hub}`)
);
/** The upgrades of the canary phase, and its health checks. */
const UPGRADES = Object.entries(EXAMPLE).flatMap(([cluster, { canary }]) =>
  canary.split(" ").map((name) =>
    name === "support" ? `support:${cluster}` : `staging:${cluster}/${name}`
  )
);
const CHECKS = UPGRADES.filter((name) => name.startsWith("staging:"))
  .map((name) => name.replace("staging:", "check:"));

/** Everything that goes wrong in one run. */
type Case = { readonly faults: readonly Fault[]; readonly order: FinishingOrder };

function casesOf(sets: readonly (readonly string[])[], orders = ORDERS): Case[] {
  return sets.flatMap((specs) => orders.map((order) => ({ faults: specs.map(parseFault), order })));
}

const fated = (targets: readonly string[]) =>
  targets.flatMap((target) => FATES.map((fate) => `${target}=${fate}`));

const singles = fated([...UPGRADES, ...CHECKS]).map((spec) => [spec]);
const pairs = UPGRADES.flatMap((first, index) =>
  UPGRADES.slice(index + 1).flatMap((second) =>
    fated([first]).flatMap((one) => fated([second]).map((other) => [one, other]))
  )
);
const jobs = fated([
  "job:generate-jobs",
  "job:upgrade-support-and-staging",
  "job:filter-generate-jobs",
  "job:upgrade-prod-hubs",
]).map((spec) => [spec]);

/** The prod hubs that must be deployed, and no other may. */
function expected(faults: readonly Fault[], planned: readonly string[], gated: readonly string[]) {
  return planned.filter((name) => {
    const [cluster = ""] = name.split("/");
    return faults.every(({ target }) => {
      if (target.kind !== "job") return target.cluster !== cluster;
      return target.id === "upgrade-support-and-staging" && !gated.includes(cluster);
    });
  }).sort();
}

/** The prod hubs whose upgrade was begun: nothing of the report's, only what was called. */
function deployed({ runs }: Simulation): string[] {
  return legsOf(runs, "upgrade-prod-hubs").flatMap((leg) => leg.steps)
    .flatMap((step) => step.deployments)
    .filter((call) => call.action === "upgrade-hub")
    .map((call) => `${call.cluster}/${call.hub}`).sort();
}

/** What is wrong with a run; empty where nothing is. */
function wrongs(simulation: Simulation, { faults }: Case, planned: string[], gated: string[]) {
  const wanted = expected(faults, planned, gated);
  const found = deployed(simulation);
  const unexplained = simulation.releases.filter(({ status, why, planned }) =>
    (planned && (status === "dropped" || (status !== "deployed" && why === ""))) ||
    (!planned && status !== "not planned")
  );
  // A blocked hub of a run that got as far as the filter is blocked in the filter's own words.
  const blocked = legsOf(simulation.runs, "filter-generate-jobs").some((leg) =>
    leg.steps.length > 3
  );
  const silent = faults.some(({ target }) => target.kind === "job") || !blocked
    ? []
    : simulation.releases.filter(({ kind, status, why }) =>
      kind === "prod" && status === "blocked" && !why.startsWith("the canary ")
    );
  return [
    ...wanted.filter((name) => !found.includes(name)).map((name) => `${name} is not deployed`),
    ...found.filter((name) => !wanted.includes(name)).map((name) => `${name} is deployed`),
    ...[...unexplained, ...silent].map(({ cluster, hub, status }) =>
      `${cluster}/${hub} is ${status} without a reason`
    ),
    ...(simulation.green === (faults.length === 0) ? [] : ["red and green are confused"]),
  ];
}

async function prove(
  simulator: Simulator,
  cases: readonly Case[],
  base: string,
  planned: string[],
  gated: string[],
): Promise<{ readonly runs: number; readonly wrong: readonly string[] }> {
  const wrong: string[] = [];
  for (const one of cases) {
    const simulation = await simulator.simulate({ base, head: "HEAD", ...one });
    const found = wrongs(simulation, one, planned, gated);
    if (found.length === 0) continue;
    const names = one.faults.map(({ target, fate }) => `${targetName(target)}=${fate}`);
    wrong.push(`${names.join(" ") || "no fault"}, ${one.order}: ${found.join("; ")}`);
  }
  return { runs: cases.length, wrong };
}

function say(what: string, runs: number, wrong: readonly string[]): void {
  // deno-lint-ignore no-console -- the numbers are what the suite is for
  console.info(`${what}: ${runs} runs, ${wrong.length} with a wrong deployment`);
  assert.deepEqual(wrong, []);
}

Deno.test("deploy-hubs.yaml deploys exactly the prod hubs whose canaries succeeded, whatever fails", async () => {
  await using repository = await exampleRepository();
  await change(repository, ...EVERYTHING);
  await using simulator = await simulatorOf(repository, { fast: true });
  const gated = Object.keys(EXAMPLE);
  const cases = casesOf([[], ...singles, ...pairs, ...jobs]);
  assert.equal(cases.length, 2 * (1 + 68 + 880 + 16));
  const { runs, wrong } = await prove(simulator, cases, "HEAD^", PROD, gated);
  say("every single fault and every pair of the canary phase, hubwright in process", runs, wrong);
});

Deno.test("deploy-hubs.yaml deploys a cluster without a planned canary, whatever fails elsewhere", async () => {
  await using repository = await exampleRepository();
  await change(
    repository,
    "config/clusters/summit/workshop.values.yaml",
    "config/clusters/lake/plankton.values.yaml",
    "config/clusters/lake-west/enc-ripple.secret.values.yaml",
  );
  await using simulator = await simulatorOf(repository, { fast: true });
  const planned = ["lake/plankton", "lake-west/ripple", "summit/workshop"];
  const canaries = [
    "staging:lake/staging",
    "staging:lake/dask-staging",
    "staging:lake-west/staging",
  ];
  const cases = casesOf([[], ...fated(canaries).map((spec) => [spec]), ...jobs]);
  const { runs, wrong } = await prove(simulator, cases, "HEAD^", planned, ["lake", "lake-west"]);
  say("a cluster without a canary, hubwright in process", runs, wrong);
});

Deno.test("deploy-hubs.yaml does the same with real shells and Deno's permissions", async () => {
  await using repository = await exampleRepository();
  await change(repository, ...EVERYTHING);
  await using simulator = await simulatorOf(repository);
  const cases = [
    ...casesOf([["staging:lake/staging=lost", "support:summit=timeout"]], ["reversed"]),
    ...casesOf([["check:kube.delta/staging=fail", "support:lake-west=cancel"]], ["matrix"]),
  ];
  const { runs, wrong } = await prove(simulator, cases, "HEAD^", PROD, Object.keys(EXAMPLE));
  say("with real shells", runs, wrong);
});

Deno.test("deploy-hubs.yaml deploys nothing more once the run is cancelled", async () => {
  await using repository = await exampleRepository();
  await change(repository, ...EVERYTHING);
  await using simulator = await simulatorOf(repository, { fast: true });
  for (const target of UPGRADES) {
    const faults = [parseFault(`${target}=cancel-run`)];
    const simulation = await simulator.simulate({ base: "HEAD^", faults });
    assert.deepEqual([deployed(simulation), simulation.green], [[], false], target);
    assert.deepEqual(simulation.releases.filter(({ status }) => status === "dropped"), []);
  }
});
