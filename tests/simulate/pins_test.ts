/** Which commits of actions a simulation takes: those of the lock in the commit that it runs. */
import assert from "node:assert/strict";
import { printed } from "../cli/fake_io.ts";
import { bump } from "../cli/pinned_repository.ts";
import { change, exampleRepository, simulatorOf } from "./example.ts";

const DEPLOY = ".github/workflows/deploy-hubs.yaml";
const COMMENT = ".github/workflows/comment-deployment-plan-pr.yaml";
const COMMIT = "b".repeat(40);

async function simulate(repository: Awaited<ReturnType<typeof exampleRepository>>) {
  await change(repository, "config/clusters/fjord/kelp.values.yaml");
  await using simulator = await simulatorOf(repository);
  return await simulator.simulate({ base: "HEAD^" });
}

Deno.test("Simulator takes the commits that the repository's lock has", async () => {
  await using repository = await exampleRepository();
  await printed(["generate", "--repo", repository.path]);
  for (const path of [DEPLOY, COMMENT]) {
    const text = await repository.read(path);
    await repository.write(path, bump(text, "actions/checkout", `${COMMIT} # v90.0.0`));
  }
  await repository.commit("Bump actions/checkout");
  await assert.rejects(simulate(repository), {
    name: "UserError",
    message: new RegExp(`Cannot simulate the action "actions/checkout" at "${COMMIT}"`),
  });
  await printed(["pins", "--adopt", "--repo", repository.path]);
  await repository.commit("Adopt it");
  assert.equal((await simulate(repository)).green, true);
});

Deno.test("Simulator says where the lock of a commit is wrong", async () => {
  await using repository = await exampleRepository();
  await repository.write("actions.lock.json", "{");
  await repository.commit("Break the lock");
  await assert.rejects(simulate(repository), {
    name: "UserError",
    message: /^actions\.lock\.json:1:2: Cannot parse it as JSON: /,
  });
});
