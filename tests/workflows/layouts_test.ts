/** The workflows of each layout: which jobs there are, and what they wait for. */
import assert from "node:assert/strict";
import type { Config } from "../../src/config/config.ts";
import { secret } from "../../src/config/secret.ts";
import { format } from "../../src/workflow/functions.ts";
import { run } from "../../src/workflow/step.ts";
import { script } from "../../src/workflow/script.ts";
import { clusterOf, fileOf, filesOf, settingsOf, type WorkflowFile } from "./repositories.ts";

const CLUSTERS = [clusterOf("lake", 1), clusterOf("pond", 1, 2), clusterOf("sea", 0)];
const LEDGER = { since: "a".repeat(40) };

function generated(config: Config, name = "deploy-hubs"): WorkflowFile["workflow"] {
  return fileOf(filesOf(settingsOf(config), CLUSTERS), name).workflow;
}

/** What jobs need, by their ids. */
const needsOf = ({ jobs }: WorkflowFile["workflow"]) =>
  Object.fromEntries(Object.entries(jobs).map(([id, { needs = [] }]) => [id, needs]));

Deno.test("deploy-hubs.yaml has the four jobs for each wave, each after all of those before", () => {
  const needs = needsOf(generated({ waves: [["lake"], ["pond"], ["*"]], ledger: LEDGER }));
  const wave = (suffix: string) =>
    ["upgrade-support-and-staging", "filter-generate-jobs", "upgrade-prod-hubs"]
      .map((id) => id + suffix);
  const [first, second, third] = ["", "-wave-2", "-wave-3"].map(wave);
  assert.ok(first && second && third);
  const all = ["generate-jobs", ...first, ...second, ...third, "report-deployment"];
  assert.deepEqual(Object.keys(needs), all);
  const [canary = "", filter = "", prod = ""] = third;
  for (const id of [canary, filter]) {
    assert.deepEqual([...first, ...second].filter((job) => !needs[id]?.includes(job)), [], id);
  }
  assert.deepEqual(needs[prod], ["generate-jobs", filter]);
  assert.deepEqual(needs["report-deployment"], all.slice(0, -1));
});

Deno.test("deploy-hubs.yaml records the verdicts of a wave's own clusters", () => {
  const { jobs } = generated({ waves: [["lake"], ["*"]] });
  const verdicts = (id: string) => Object.keys(jobs[id]?.outputs ?? {});
  assert.deepEqual(verdicts("upgrade-support-and-staging"), ["success_lake"]);
  assert.deepEqual(verdicts("upgrade-support-and-staging-wave-2"), ["success_pond", "success_sea"]);
});

Deno.test("deploy-hubs.yaml lets shards run at once, or in turn where only so many legs may", () => {
  const prod = (config: Config) =>
    [1, 2, 3].map((shard) => shard === 1 ? "" : `-shard-${shard}`)
      .map((suffix) => needsOf(generated({ shards: 3, ...config }))[`upgrade-prod-hubs${suffix}`]);
  const filter = "filter-generate-jobs";
  assert.deepEqual(prod({}), [[filter], [filter], [filter]]);
  assert.deepEqual(prod({ jobs: { prod: { maxParallel: 10 } } }), [
    [filter],
    [filter, "upgrade-prod-hubs"],
    [filter, "upgrade-prod-hubs-shard-2"],
  ]);
  const callers = needsOf(
    generated({ layout: "pipelined", shards: 2, jobs: { canary: { maxParallel: 5 } } }),
  );
  assert.deepEqual(callers["deploy-clusters-shard-2"], ["generate-jobs", "deploy-clusters"]);
});

Deno.test("deploy-cluster.yaml gets what it takes: its inputs, and the secrets that its steps read", () => {
  const config: Config = {
    layout: "pipelined",
    ledger: LEDGER,
    jobs: { report: { env: { ONLY_THERE: secret("ELSEWHERE") } } },
    setup: [{
      name: "Sign in",
      run: "true",
      env: {
        A: secret((leg) => format("KEY_{0}", leg.cluster_name)),
        B: secret("ALL"),
        C: secret("all"),
        D: secret("GITHUB_TOKEN"),
      },
    }],
    extend: (workflow) => ({
      ...workflow,
      jobs: workflow.jobs.map((job) =>
        job.id !== "upgrade-prod-hubs" ? job : {
          ...job,
          steps: [
            ...job.steps,
            run({ name: "Own", env: { C: secret("ADDED") }, script: () => script`true` }).model,
          ],
        }
      ),
    }),
  };
  const names = ["ADDED", "ALL", "KEY_lake", "KEY_pond", "KEY_sea"];
  const called = generated(config, "deploy-cluster").on.workflow_call ?? {};
  assert.deepEqual(Object.keys(Object(called.secrets)), names);
  const caller = Object(generated(config).jobs["deploy-clusters"]);
  assert.deepEqual(
    caller.secrets,
    Object.fromEntries(
      names.map((name) => [name, `\${{ secrets.${name} }}`]),
    ),
  );
  assert.deepEqual(Object.keys(caller.with), Object.keys(Object(called.inputs)));
});

Deno.test("deploy-hubs.yaml gives a called workflow the permissions of all its jobs, and no more", () => {
  const why = "to sign in";
  const { jobs } = generated({
    layout: "pipelined",
    jobs: { prod: { permissions: { "id-token": { access: "write", why } } } },
  });
  assert.deepEqual(jobs["deploy-clusters"]?.permissions, { contents: "read", "id-token": "write" });
});

Deno.test("deploy-hubs.yaml gives only the outputs that its layout reads", () => {
  const outputs = (config: Config) =>
    Object.keys(generated(config).jobs["generate-jobs"]?.outputs ?? {});
  assert.deepEqual(outputs({ layout: "pipelined" }), ["clusters"]);
  assert.deepEqual(outputs({ shards: 2 }), ["prod-hub-matrix-jobs", "canary-clusters", "waves"]);
});
