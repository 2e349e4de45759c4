/** What a config cannot say. Each `@ts-expect-error` is checked by `deno check`. */
import assert from "node:assert/strict";
import { defineConfig } from "../../src/config/config.ts";
import { LEG, PROD_LEG } from "../../src/config/leg_values.ts";
import { script } from "../../src/workflow/script.ts";
import { run } from "../../src/workflow/step.ts";

const tag = run({
  name: "Find the tag",
  id: "tag",
  env: { VERSION: "v1" },
  outputs: ["name"],
  script: (env) => script`echo name=${env.VERSION} >> "$GITHUB_OUTPUT"`,
});

Deno.test("defineConfig() does not compile with what a job, a leg or a step does not have", () => {
  const { jobs = {} } = defineConfig({
    jobs: {
      // @ts-expect-error: a job of its own has a name, all of them have none
      every: { name: "Job" },
      // @ts-expect-error: the plan has one leg
      plan: { maxParallel: 2 },
      canary: {
        // @ts-expect-error: a canary is about a cluster
        before: (leg) => [{ name: "a", run: "b", env: { HUB: leg.hub_name } }],
      },
      prod: {
        after: (leg) => [{
          name: "a",
          run: "b",
          // @ts-expect-error: the output is called name
          env: { HUB: leg.hub_name, STATUS: leg.status, TAG: tag.outputs.tag ?? "" },
        }],
        // @ts-expect-error: an identity is asked for, never read
        permissions: { "id-token": { access: "read", why: "to sign in" } },
      },
    },
  });
  // @ts-expect-error: "publish" is not a job
  defineConfig({ jobs: { publish: {} } });
  assert.equal(typeof jobs.canary?.before, "function");
  assert.deepEqual(Object.keys(PROD_LEG), [...Object.keys(LEG), "hub_name"]);
});
