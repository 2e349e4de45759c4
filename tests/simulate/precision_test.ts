/** A push to a repository with `precision: "hub"`, with the generated workflows. */
import assert from "node:assert/strict";
import type { Sandbox } from "../cli/sandbox.ts";
import { configure, exampleRepository, simulatorOf } from "./example.ts";

const CLUSTER = "config/clusters/lake/cluster.yaml";

async function preciseExample(): Promise<Sandbox> {
  const repository = await exampleRepository();
  const config = await repository.read("hubwright.config.ts");
  const precise = config.replace("defineConfig({", 'defineConfig({\n  precision: "hub",');
  await configure(repository, precise);
  await repository.commit("Adopt precision hub");
  return repository;
}

/** What a push of a commit deploys, as the simulation of the workflows says. */
async function deployedBy(repository: Sandbox): Promise<readonly string[]> {
  await using simulator = await simulatorOf(repository);
  const { green, releases } = await simulator.simulate({ base: "HEAD^" });
  assert.ok(green);
  return releases.filter(({ status }) => status === "deployed")
    .map(({ cluster, hub }) => `${cluster}/${hub || "support"}`).sort();
}

Deno.test("a push with precision hub deploys the hub whose entry changed, its staging hubs first", async () => {
  await using repository = await preciseExample();
  const text = await repository.read(CLUSTER);
  await repository.write(CLUSTER, text.replace("limnology.lake.example", "limno.lake.example"));
  await repository.commit("Move a hub");
  assert.deepEqual(await deployedBy(repository), [
    "lake/dask-staging",
    "lake/limnology",
    "lake/staging",
  ]);
  await repository.write(CLUSTER, `# Only a comment.\n${await repository.read(CLUSTER)}`);
  await repository.commit("Explain");
  assert.deepEqual(await deployedBy(repository), []);
});
