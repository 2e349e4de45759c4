/** The examples in the shapes of three fleets: each is sound, and deploys in a simulation. */
import assert from "node:assert/strict";
import { parseFault } from "../src/simulate/fault.ts";
import type { Release } from "../src/simulate/release.ts";
import { Simulator } from "../src/simulate/simulator.ts";
import { hubwright } from "./cli/fake_io.ts";
import { copyExample, type Sandbox } from "./cli/sandbox.ts";
import { EMPTY_REPOSITORY } from "./git/temp_repository.ts";
import { fastMachines } from "./simulate/fast_machines.ts";

/** A copy of an example in a git repository. */
async function repositoryOf(name: string): Promise<Sandbox> {
  const repository = await copyExample(name, EMPTY_REPOSITORY);
  await repository.write(".git/info/exclude", ".hubwright\n");
  await repository.commit("Base");
  return repository;
}

const keyOf = ({ cluster, hub, kind }: Release) => `${cluster}/${hub || kind}`;

/** An action that the simulator does not know. */
const SIGN_IN = "google-github-actions/auth";

/** What becomes of each release where a change of files is pushed to a branch. */
async function push(
  repository: Sandbox,
  changed: readonly string[],
  branch: string,
  ...specs: readonly string[]
) {
  for (const path of changed) {
    await repository.write(path, `${await repository.read(path)}\n# changed\n`);
  }
  await repository.commit(`Change ${changed.join(", ")}`);
  await using simulator = await Simulator.create({
    repo: repository.path,
    machines: fastMachines,
  });
  const text = await repository.read(".github/workflows/deploy-hubs.yaml");
  const { releases } = await simulator.simulate({
    base: "HEAD^",
    branch,
    faults: specs.map(parseFault),
    skippedActions: text.includes(SIGN_IN) ? [SIGN_IN] : [],
  });
  return (status: string) =>
    releases.filter((release) => release.status === status).map(keyOf).sort();
}

for (const name of ["fleet", "datahub", "federation"]) {
  Deno.test(`examples/${name} is generated, and nothing is wrong with it`, async () => {
    await using repository = await repositoryOf(name);
    for (const command of [["generate", "--check"], ["validate", "--strict"]]) {
      const { code, out, err } = await hubwright([...command, "--repo", repository.path]);
      assert.equal(code, 0, `${out}${err}`);
    }
  });
}

Deno.test("examples/fleet upgrades what a changed file is about, support and staging first", async () => {
  await using repository = await repositoryOf("fleet");
  const changed = [
    "config/clusters/orchard/prod.values.yaml",
    "config/clusters/quarry/cluster.yaml",
  ];
  const became = await push(repository, changed, "main", "staging:quarry/staging");
  assert.deepEqual(became("deployed"), ["orchard/prod", "orchard/staging", "quarry/support"]);
  assert.deepEqual(became("failed"), ["quarry/staging"]);
  assert.deepEqual(became("blocked"), ["quarry/prod"]);
});

Deno.test("examples/datahub deploys staging hubs from one branch, and prod hubs from another", async () => {
  await using repository = await repositoryOf("datahub");
  const common = ["deployments/astro/config/common.yaml", "node-placeholder/values.yaml"];
  const staging = await push(repository, common, "staging");
  assert.deepEqual(staging("deployed"), ["campus/astro-staging", "campus/node-placeholder"]);
  const prod = await push(repository, common, "prod");
  assert.deepEqual(prod("deployed"), ["campus/astro-prod"]);
  const hub = await push(repository, ["hub/values.yaml"], "prod");
  assert.deepEqual(hub("deployed"), [
    "annex/stats-prod",
    "campus/astro-prod",
    "campus/biology-prod",
  ]);
});

Deno.test("examples/federation lets no member deploy where the staging member fails", async () => {
  await using repository = await repositoryOf("federation");
  const changed = ["binder/values.yaml"];
  const all = await push(repository, changed, "main");
  assert.deepEqual(all("deployed"), ["north/north", "prod/prod", "south/south", "staging/staging"]);
  const failed = await push(repository, changed, "main", "check:staging/staging");
  assert.deepEqual(failed("blocked"), ["north/north", "prod/prod", "south/south"]);
  const tried = await push(repository, changed, "try/1");
  assert.deepEqual(tried("deployed"), ["staging/staging"]);
  const unbuilt = await push(repository, changed, "main", "job:build");
  assert.deepEqual(unbuilt("deployed"), []);
});
