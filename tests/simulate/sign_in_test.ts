/** The sign-in of a composite action, whose steps no rule sees beside the job's permissions. */
import assert from "node:assert/strict";
import { OWN_PINS } from "../../src/workflow/own_lock.ts";
import { change, configure, exampleRepository, simulatorOf } from "./example.ts";

const AUTH = `google-github-actions/auth@${OWN_PINS.get("google-github-actions/auth")?.commit}`;

const ACTION = `name: x
description: x
inputs:
  provider:
    description: x
runs:
  using: composite
  steps:
    - uses: ${AUTH}
      with:
        workload_identity_provider: x
`;

const SIGN_IN = { permissions: { "id-token": { access: "write", why: "to sign in" } } } as const;

for (const [what, jobs, green] of [["cannot", {}, false], ["can", SIGN_IN, true]] as const) {
  Deno.test(`Simulator: an action ${what} sign in without a key where the job ${what} ask for an identity`, async () => {
    await using repository = await exampleRepository();
    await repository.write(".github/actions/setup-deploy/action.yaml", ACTION);
    await configure(repository, { jobs: { canary: jobs, prod: jobs } });
    await repository.commit("Sign in");
    await change(repository, "config/clusters/fjord/kelp.values.yaml");
    await using simulator = await simulatorOf(repository);
    const result = await simulator.simulate({ base: "HEAD^" });
    assert.equal(result.green, green);
  });
}
