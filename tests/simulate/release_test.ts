import assert from "node:assert/strict";
import type { Cluster } from "../../src/plan/cluster.ts";
import type {
  DeploymentRecord,
  JobRecord,
  LegRecord,
  Result,
  RunRecord,
} from "../../src/simulate/record.ts";
import { releaseRecords } from "../../src/simulate/release.ts";

const CLUSTER: Cluster = {
  ...{ name: "lake", provider: "gcp", file: "cluster.yaml", support: null },
  hubs: [{ name: "plankton", staging: false, valuesFiles: [] }],
};
const ROW = { cluster_name: "lake", provider: "gcp", hub_name: "plankton", reason: "" };
const PLAN = { support_and_staging: [], prod: [ROW], waves: [["lake-west"], ["lake"]] };

type Call = Pick<DeploymentRecord, "action" | "fate">;
const UPGRADED: Call = { action: "upgrade-hub", fate: undefined };
const CHECKED: Call = { action: "check-hub", fate: undefined };

/** A leg of the hub, with one step that called something. */
function leg(
  calls: readonly Call[],
  more: Partial<LegRecord> = {},
  conclusion: Result = "success",
): LegRecord {
  const deployments = calls.map((call) => ({ ...call, cluster: "lake", hub: "plankton" }));
  return {
    name: "lake: plankton",
    matrix: { jobs: { cluster_name: "lake", hub_name: "plankton" } },
    ...{ result: "success", lost: false, outputs: {}, annotations: [], summary: "" },
    ...more,
    steps: [{ name: "Upgrade", log: "", outcome: conclusion, conclusion, deployments }],
  };
}

function run(legs: readonly LegRecord[], more: Partial<RunRecord & JobRecord> = {}): RunRecord {
  const job: Omit<JobRecord, "legs"> = {
    ...{ id: "prod", name: "Prod", needs: [], seen: "success", outputs: {}, result: "success" },
    ...{ why: "", ...more },
  };
  return {
    ...{
      path: "w.yaml",
      name: "W",
      event: "push",
      id: 1,
      attempt: 1,
      conclusion: "success",
      cancelled: false,
    },
    jobs: [{ ...job, legs }],
    ...more,
  };
}

const FAILED = { result: "failure", seen: "failure" } as const;
const SKIPPED = { result: "skipped", seen: "skipped", why: "canary: failure" } as const;

/** A run in which a leg for a cluster calls a canary, and a prod job that has no leg. */
function calls(
  canary: Partial<LegRecord>,
  { cluster = "lake", ...more }: Partial<LegRecord & { cluster: string }> = {},
): RunRecord {
  const called = run([leg([], canary, "failure")], { id: "canary", ...FAILED } as object).jobs;
  const skipped = run([], { id: "prod", ...SKIPPED } as object).jobs;
  const caller = { matrix: { cluster }, name: `Cluster (${cluster})`, ...FAILED };
  const legs = [leg([], { ...caller, called: [...called, ...skipped], ...more })];
  return run(legs, { id: "deploy-clusters", ...FAILED } as object);
}

/** A run whose first wave ended so, and whose second was skipped. */
function waves(result: Result, id = "deploy-clusters-wave-2"): RunRecord {
  const first = run([leg([], OTHER)], { id: "deploy-clusters", result } as object).jobs;
  const second = run([], { id, ...SKIPPED, needs: ["deploy-clusters"] } as object).jobs;
  return { ...run([]), jobs: [...first, ...second] };
}
const CANARY = { matrix: { jobs: { cluster_name: "lake" } }, result: "failure" } as const;

const says = (message: string) => run([leg([], { annotations: [{ level: "error", message }] })]);
const SAYS_WHY = run([leg(
  [],
  {
    annotations: [
      { level: "notice", message: "off it goes" },
      { level: "error", message: "it is old" },
      { level: "error", message: "very old" },
    ],
  },
  "failure",
)]);
const LOST: Call = { ...UPGRADED, fate: "lost" };
const ILL: Call = { ...CHECKED, fate: "fail" };
const OTHER = { matrix: { jobs: { cluster_name: "lake-west", hub_name: "plankton" } } };
const NO_MATRIX = { result: "failure", why: "no matrix" } as const;
const SILENT = "nothing in the run says why";

for (
  const [what, record, status, why] of [
    ["upgraded and checked", run([leg([UPGRADED, CHECKED])]), "deployed", ""],
    ["never checked", run([leg([UPGRADED])]), "failed", "it was upgraded and never checked"],
    ["lost while it is upgraded", run([leg([LOST])]), "failed", "the upgrade lost its runner"],
    ["unhealthy", run([leg([UPGRADED, ILL])]), "failed", "the health check failed"],
    ["of a pull request", run([], { event: "pull_request" }), "planned", "a pull request deploys"],
    ["of no run", undefined, "blocked", "the change starts no run"],
    ["blocked in words", says('lake: plankton is blocked: "no"'), "blocked", '"no"'],
    ["beside one that is blocked", says("lake: plankton-2 is blocked: x"), "dropped", SILENT],
    ["after a failed step", run([leg([], {}, "failure")]), "blocked", '"Upgrade" failed before'],
    [
      ...["after a step that says why it failed", SAYS_WHY, "blocked"],
      '"Upgrade" failed: it is old; and 1 more error',
    ],
    ["beside another cluster's failed hub", run([leg([], OTHER, "failure")]), "dropped", SILENT],
    ["of a cancelled run", run([], { cancelled: true }), "blocked", "the run was cancelled"],
    ["of no legs", run([], NO_MATRIX), "blocked", "the job prod ended as failure: no matrix"],
    [
      ...["behind a failed canary that is called", calls(CANARY), "blocked"],
      'the job canary ended as failure: "Upgrade" failed before',
    ],
    [
      ...["behind a lost canary that is called", calls({ ...CANARY, lost: true }), "blocked"],
      'the job canary ended as failure: the runner of "lake: plankton" was lost in "Upgrade"',
    ],
    [
      ...["behind a call that was cancelled", calls({}, { called: [], result: "cancelled" })],
      ...["blocked", '"Cluster (lake)" was cancelled before it started'],
    ],
    [
      "behind the failed canary of a call for another cluster",
      ...[calls({ ...OTHER, ...FAILED }, { cluster: "lake-west" }), "dropped", SILENT],
    ],
    [
      ...["of a wave behind one that failed", waves("failure"), "blocked"],
      "a wave before did not succeed: the job deploy-clusters ended as failure",
    ],
    ["of a wave behind one that succeeded", waves("success"), "dropped", SILENT],
    ["beside a later wave", waves("failure", "deploy-clusters-wave-3"), "dropped", SILENT],
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
