/** What the jobs of a run are given, at the sizes that fleets have and at those that are too large. */
import assert from "node:assert/strict";
import { planOutputs, roomProblems } from "../../src/contract/plan_outputs.ts";
import { defaultSettings, type Settings } from "../../src/config/settings.ts";
import type { LedgerOutput } from "../../src/ledger/ledger_output.ts";
import { packLedger, unpackLedger } from "../../src/ledger/packed_ledger.ts";
import { matrixJobs } from "../../src/plan/matrix.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { EMPTY } from "../report/arbitraries.ts";

const REGIONS = ["us-west-2", "europe-west1", "ap-southeast-1"];
const COMMITS = ["a", "b"].map((digit) => digit.repeat(40));

/** A plan of everything on a fleet with names as long as fleets have them. */
function planOf(clusters: number, hubs: number): Plan {
  const names = Array.from(
    { length: clusters },
    (_, index) => `university-${index}-${REGIONS[index % 3]}`,
  );
  const shared = (cluster_name: string) => ({ cluster_name, provider: "kubeconfig" });
  return {
    ...EMPTY,
    waves: [names.slice(0, 10), names.slice(10)],
    support_and_staging: names.map((name) => ({
      ...shared(name),
      upgrade_support: true,
      support_reason: "a",
      staging_hubs: ["staging", "dask-staging"],
      staging_reason: "a",
    })),
    prod: Array.from({ length: hubs }, (_, index) => ({
      ...shared(names[index % clusters] ?? ""),
      hub_name: `earth-science-${index}`,
      reason: "a",
    })),
  };
}

/** What the ledger has to know of it where an earlier run left all of it undone. */
function ledgerOf(plan: Plan) {
  const owed = plan.prod.map(({ cluster_name, hub_name }, index) =>
    [`${cluster_name}/${hub_name}`, COMMITS[index % 2] ?? ""] as const
  );
  return {
    ...{ environment: "hubs", head: "c".repeat(40), record: 1, as_of: "d".repeat(40) },
    bases: Object.fromEntries(owed),
    ...matrixJobs(plan),
    ...{ held: [], settled: [] },
  };
}

function problemsOf(plan: Plan, given: Partial<Settings>): readonly string[] {
  const settings = {
    ...defaultSettings("hubwright.config.ts"),
    ledger: { environment: "hubs", since: "a".repeat(40) },
    ...given,
  };
  const ledger = settings.ledger && ledgerOf(plan);
  const outputs = planOutputs(plan, matrixJobs(plan), settings, ledger);
  return roomProblems(plan, settings, outputs).map(({ message }) => message);
}

const LAYOUTS = ["four-jobs", "pipelined"] as const;

for (const layout of LAYOUTS) {
  Deno.test(`roomProblems() lets 1,000 prod hubs on 300 clusters through with ${layout}, all of it owed`, () => {
    const { waves: _, ...plan } = planOf(300, 1_000);
    assert.deepEqual(problemsOf(plan, { layout, shards: 4 }), []);
  });
}

Deno.test("roomProblems() finds a variable that is too long, and says which layout has none", () => {
  const plan = planOf(300, 1_800);
  const [message = "", ...more] = problemsOf(plan, { shards: 40 });
  assert.match(
    message,
    /^Cannot hand over the prod legs in \d{6} bytes: .*; set `layout: "pipelined"`.* or split /,
  );
  assert.deepEqual(more, []);
  assert.deepEqual(problemsOf(plan, { layout: "pipelined", shards: 40 }), []);
  assert.match(problemsOf(plan, { shards: 40, gate: "fleet" })[0] ?? "", /; split the change, /);
});

Deno.test("roomProblems() finds verdicts that are too long, and waves for them", () => {
  const { waves, ...plan } = planOf(2_400, 0);
  const given = { shards: 40, ledger: undefined };
  assert.match(
    problemsOf(plan, given)[0] ?? "",
    /^Cannot hand over the verdicts of a wave's canaries .*; put the clusters into more "waves", /,
  );
  const names = waves?.flat() ?? [];
  const halves = [names.slice(0, 1_200), names.slice(1_200)];
  assert.deepEqual(problemsOf({ ...plan, waves: halves }, given), []);
});

Deno.test("roomProblems() finds a ledger that is too long, and outputs that are", () => {
  const found = problemsOf(planOf(1_000, 6_000), { layout: "pipelined", shards: 40 });
  assert.match(
    found[0] ?? "",
    /^Cannot plan legs that take \d+ characters: GitHub takes 500000 /,
  );
  assert.match(
    found[1] ?? "",
    /^Cannot hand over what the ledger has to know .*; split the change/,
  );
  assert.equal(found.length, 2);
});

Deno.test("roomProblems() names what helps where a run is too large because of what is owed", () => {
  const { waves: _, ...plan } = planOf(300, 300);
  const byHand =
    /or start the workflow by hand with some "releases" at a time; the others stay owed$/;
  assert.match(problemsOf(plan, { dispatch: true })[0] ?? "", byHand);
  const split = /or split the change, so that each push upgrades fewer of them$/;
  assert.match(problemsOf(plan, { dispatch: false })[0] ?? "", split);
  // A pull request can be split.
  const settings = { ...defaultSettings("hubwright.config.ts"), dispatch: true };
  assert.match(roomProblems(plan, settings)[0]?.message ?? "", split);
});

Deno.test("packLedger() takes as little for releases that are held back as for others", () => {
  const ledger = ledgerOf(planOf(300, 2_000));
  const { prod } = ledger;
  const held = prod.map(({ cluster_name: cluster, hub_name: release }) => (
    { cluster, release, why: "blocked" as const }
  ));
  const length = (of: LedgerOutput) => JSON.stringify(packLedger(of)).length;
  const nothing = { ...ledger, canaries: [] };
  assert.ok(length({ ...nothing, prod: [], held }) < length({ ...nothing, held: [] }));
});

Deno.test("unpackLedger() gives back what packLedger() was given", () => {
  const ledger = ledgerOf(planOf(3, 7));
  const [first, ...canaries] = ledger.canaries;
  const [hub] = ledger.prod;
  assert.ok(first !== undefined && hub !== undefined);
  const values = { region: "eu" };
  const all = {
    ...ledger,
    canaries: [{ ...first, addons: ["pods"], values }, ...canaries],
    prod: ledger.prod.toSorted((a, b) => a.cluster_name < b.cluster_name ? -1 : 1)
      .map((job) => job.cluster_name === first.cluster_name ? { ...job, values } : job),
  };
  const back = unpackLedger(JSON.parse(JSON.stringify(packLedger(all))));
  assert.deepEqual(back, all);
  // However many were asked for.
  for (const count of [1, 8]) {
    const held = [{ cluster: "sea", release: "prod", why: "paused" as const }];
    const keys = [...all.prod.map((job) => `${job.cluster_name}/${job.hub_name}`), "sea/prod"];
    const asked = keys.slice(0, count);
    const { asked: found, ...rest } = unpackLedger(packLedger({ ...all, held, asked }));
    assert.deepEqual([new Set(found), rest], [new Set(asked), { ...all, held }]);
  }
  // Names of legs are made of the values in their order.
  assert.equal(JSON.stringify(back.canaries), JSON.stringify(all.canaries));
  assert.equal(JSON.stringify(back.prod), JSON.stringify(all.prod));
});
