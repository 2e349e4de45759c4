import assert from "node:assert/strict";
import type { Cluster } from "../../src/plan/cluster.ts";
import type { Plan } from "../../src/plan/schema.ts";
import type {
  DeploymentRecord,
  JobRecord,
  LegRecord,
  RunRecord,
} from "../../src/simulate/record.ts";
import { releaseRecords } from "../../src/simulate/release.ts";

const CLUSTER: Cluster = {
  name: "lake",
  provider: "gcp",
  file: "cluster.yaml",
  support: null,
  hubs: [{ name: "plankton", staging: false, valuesFiles: [] }],
};

const PLAN: Plan = {
  version: 1,
  base: "",
  head: "",
  support_and_staging: [],
  prod: [{ cluster_name: "lake", provider: "gcp", hub_name: "plankton", reason: "" }],
  notices: [],
};

type Call = Pick<DeploymentRecord, "action" | "fate">;

/** A leg of the hub, with one step that called something. */
function leg(calls: readonly Call[], more: Partial<LegRecord> = {}): LegRecord {
  const deployments = calls.map((call) => ({ ...call, cluster: "lake", hub: "plankton" }));
  const ended = { outcome: "success", conclusion: "success", ...more.steps?.[0] } as const;
  return {
    name: "lake: plankton",
    matrix: { jobs: { cluster_name: "lake", hub_name: "plankton" } },
    result: "success",
    lost: false,
    outputs: {},
    annotations: [],
    summary: "",
    ...more,
    steps: [{ name: "Upgrade", log: "", ...ended, deployments }],
  };
}

function run(legs: readonly LegRecord[], more: Partial<RunRecord & JobRecord> = {}): RunRecord {
  const job = {
    id: "prod",
    name: "Prod",
    needs: [],
    seen: "success",
    outputs: {},
    result: "success",
  } as const;
  return {
    path: "w.yaml",
    name: "W",
    event: "push",
    id: 1,
    conclusion: "success",
    cancelled: false,
    jobs: [{ ...job, why: "", ...more, legs }],
    ...more,
  };
}

const UPGRADED: Call = { action: "upgrade-hub", fate: undefined };
const CHECKED: Call = { action: "check-hub", fate: undefined };
const blocked = (message: string) => leg([], { annotations: [{ level: "error", message }] });

for (
  const [what, record, status, why] of [
    ["upgraded and checked", run([leg([UPGRADED, CHECKED])]), "deployed", ""],
    ["never checked", run([leg([UPGRADED])]), "failed", "it was upgraded and never checked"],
    [
      "lost while it is upgraded",
      run([leg([{ ...UPGRADED, fate: "lost" }])]),
      "failed",
      "the upgrade lost its runner",
    ],
    [
      "unhealthy",
      run([leg([UPGRADED, { ...CHECKED, fate: "fail" }])]),
      "failed",
      "the health check failed",
    ],
    ["of a pull request", run([], { event: "pull_request" }), "planned", "a pull request deploys"],
    ["of no run", undefined, "blocked", "the change starts no run"],
    [
      "blocked in words",
      run([blocked('lake: plankton is blocked: "no" verdict')]),
      "blocked",
      '"no" verdict',
    ],
    [
      "beside one that is blocked",
      run([blocked("lake: plankton-2 is blocked: x")]),
      "dropped",
      "nothing in the run says why",
    ],
    [
      "after a step that failed",
      run([leg([], { steps: [{ conclusion: "failure" } as LegRecord["steps"][0]] })]),
      "blocked",
      '"Upgrade" failed before',
    ],
    [
      "beside a step that failed for another cluster's hub of the same name",
      run([leg([], {
        matrix: { jobs: { cluster_name: "lake-west", hub_name: "plankton" } },
        steps: [{ conclusion: "failure" } as LegRecord["steps"][0]],
      })]),
      "dropped",
      "nothing in the run says why",
    ],
    ["of a cancelled run", run([], { cancelled: true }), "blocked", "the run was cancelled"],
    [
      "of a job that failed before its legs",
      run([], { result: "failure", why: "no matrix" }),
      "blocked",
      "the job prod ended as failure: no matrix",
    ],
  ] as const
) {
  Deno.test(`releaseRecords() says what became of a release: ${what}`, () => {
    const [release] = releaseRecords([CLUSTER], PLAN, record);
    assert.equal(release?.status, status);
    assert.ok(release?.why.startsWith(why), release?.why);
    const [unplanned] = releaseRecords([CLUSTER], { ...PLAN, prod: [] }, record);
    const called = status === "deployed" || status === "failed";
    assert.equal(unplanned?.status, called ? status : "not planned");
  });
}
