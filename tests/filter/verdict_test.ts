import assert from "node:assert/strict";
import fc from "fast-check";
import { NAME } from "../../src/config/names.ts";
import { readVerdict, verdictOutput } from "../../src/filter/verdict.ts";
import { filter } from "../../src/filter/filter.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { clusterOf, jobOf, repositoryOf, stepOf } from "../workflows/repositories.ts";
import { parseOutputs, runStep } from "../workflows/shell.ts";
import { fillAll } from "../workflows/world.ts";

const clusterName = fc.oneof(
  fc.constantFrom("a", "a.b", "a..b", "a-b.c_d", "0", "x--y", "a.-.b", "if", "n", "e.e"),
  fc.stringMatching(NAME, { maxLength: 40 }),
);

const status = fc.constantFrom("success" as const, "failure" as const, "cancelled" as const);

Deno.test("verdictOutput() agrees with the script that records the verdict, and filter() reads it", async () => {
  await using folder = await Sandbox.create();
  const output = folder.join("output");
  await fc.assert(
    fc.asyncProperty(
      clusterName,
      status,
      fc.integer({ min: 1, max: 20 }),
      async (name, status, attempt) => {
        const { deploy } = repositoryOf(name, {}, [clusterOf(name, 1)]);
        const job = jobOf(deploy, "upgrade-support-and-staging");
        const cluster = { cluster_name: name, provider: "gcp" };
        const leg = { ...cluster, upgrade_support: true, staging_hubs: ["staging"] };
        await Deno.writeTextFile(output, "");
        const github = { run_attempt: String(attempt) };
        const contexts = { matrix: { jobs: leg }, job: { status }, github };
        const { code, err } = await runStep(stepOf(job, "Record the verdict"), contexts, {
          cwd: folder.path,
          env: { GITHUB_OUTPUT: output },
        });
        assert.deepEqual({ code, err }, { code: 0, err: "" });

        const outputs = parseOutputs(await Deno.readTextFile(output));
        assert.deepEqual(Object.keys(outputs), [verdictOutput(name)]);
        assert.deepEqual(readVerdict(outputs[verdictOutput(name)] ?? ""), { status, attempt });

        const verdicts = fillAll(job.outputs, { steps: { verdict: { outputs } } });
        const prod = [{ ...cluster, hub_name: "prod" }];
        const { passed } = filter({
          ...{ prod, canaries: [name], canaryResult: "failure", verdicts },
          latestAttempt: () => attempt,
        });
        assert.equal(passed.length, status === "success" ? 1 : 0);
      },
    ),
    { seed: 20261122, numRuns: 15 },
  );
});

Deno.test("verdictOutput() gives a name that GitHub takes for an output", () => {
  fc.assert(
    fc.property(clusterName, (name) => {
      assert.match(verdictOutput(name), /^[A-Za-z_][A-Za-z0-9_-]*$/);
    }),
    { seed: 20261122 },
  );
});
