import assert from "node:assert/strict";
import type { ListedJob } from "../../src/github/run_jobs.ts";
import { plannedReleases } from "../../src/ledger/ledger_output.ts";
import { outcomesOf } from "../../src/ledger/outcomes.ts";

const lake = { cluster_name: "lake", provider: "gcp" };
const PLANNED = plannedReleases({
  canaries: [{ ...lake, upgrade_support: true, staging_hubs: ["staging"] }],
  prod: [{ ...lake, hub_name: "plankton" }],
});
const CANARY = "Canary (lake, gcp, true, staging)";
const PROD = "Prod hub (lake, gcp, plankton)";

/** A leg as GitHub lists it, with how its steps ended, by the start of their names. */
function leg(
  name: string,
  conclusion: string | null,
  steps: Readonly<Record<string, string | null>> | null,
  more: Partial<ListedJob> = {},
): ListedJob {
  return {
    name,
    run_attempt: 1,
    conclusion,
    runner_name: "GitHub Actions 7",
    html_url: `https://github.com/octo/infrastructure/actions/runs/1/job/${more.run_attempt ?? 1}`,
    steps: steps && Object.entries({ "Set up job": "success", ...steps })
      .map(([name, conclusion]) => ({ name, conclusion })),
    ...more,
  };
}

const support = (conclusion: string | null) => ({ "Upgrade the support chart": conclusion });
const staging = (upgrade: string | null, check: string | null) => ({
  "Upgrade staging hub 1": upgrade,
  "Check staging hub 1": check,
});
const prod = (upgrade: string | null, check: string | null) => ({
  "Upgrade the hub": upgrade,
  "Check the hub": check,
});
const again = { run_attempt: 2 };
const unassigned = { runner_name: "" };

/** Jobs, and how the support chart, the staging hub and the prod hub ended. */
const CASES: readonly (readonly [when: string, jobs: readonly ListedJob[], ends: string])[] = [
  [
    "all steps succeeded",
    [
      leg(CANARY, "success", { ...support("success"), ...staging("success", "success") }),
      leg(PROD, "success", prod("success", "success")),
    ],
    "success success success",
  ],
  [
    "the health check failed",
    [leg(CANARY, "failure", { ...support("success"), ...staging("success", "failure") })],
    "success failed blocked",
  ],
  [
    "a step before failed",
    [leg(CANARY, "failure", { ...support("failure"), ...staging("skipped", "skipped") })],
    "failed blocked blocked",
  ],
  [
    "the leg was cancelled in the middle",
    [leg(CANARY, "cancelled", { ...support("cancelled"), ...staging("skipped", "skipped") })],
    "cancelled blocked blocked",
  ],
  [
    "the leg timed out in the health check",
    [leg(PROD, "cancelled", prod("success", "cancelled"))],
    "blocked blocked cancelled",
  ],
  [
    "no leg is listed",
    [leg("Canary", "skipped", [] as never, unassigned)],
    "blocked blocked blocked",
  ],
  ["no runner took the leg", [leg(PROD, "cancelled", {}, unassigned)], "blocked blocked blocked"],
  ["the leg was skipped", [leg(PROD, "skipped", null)], "blocked blocked blocked"],
  [
    "the runner was lost in a step",
    [leg(CANARY, "failure", { ...support("success"), ...staging(null, null) })],
    "success lost blocked",
  ],
  [
    "the runner was lost, and the steps after it are missing",
    [leg(CANARY, "failure", support(null))],
    "lost lost blocked",
  ],
  ["the runner was lost with all it said", [leg(PROD, "failure", null)], "blocked blocked lost"],
  [
    "the runner was lost between the upgrade and the check",
    [leg(PROD, "failure", prod("success", null))],
    "blocked blocked lost",
  ],
  [
    "the leg still runs",
    [leg(PROD, null, prod("success", null))],
    "blocked blocked lost",
  ],
  [
    "a later attempt succeeded",
    [
      leg(PROD, "success", prod("success", "success"), again),
      leg(PROD, "failure", prod("failure", "skipped")),
    ],
    "blocked blocked success",
  ],
  [
    "a later attempt failed",
    [
      leg(PROD, "success", prod("success", "success")),
      leg(PROD, "failure", prod("success", "failure"), again),
    ],
    "blocked blocked failed",
  ],
  [
    "a later attempt did not begin it",
    [
      leg(PROD, "failure", prod("failure", "skipped")),
      leg(PROD, "failure", prod("skipped", "skipped"), again),
    ],
    "blocked blocked failed",
  ],
  [
    "a later attempt began another release of the leg alone",
    [
      leg(CANARY, "failure", { ...support("success"), ...staging("failure", "skipped") }),
      leg(CANARY, "failure", { ...support("failure"), ...staging("skipped", "skipped") }, again),
    ],
    "failed failed blocked",
  ],
  [
    "steps ended as none does today",
    [leg(PROD, "neutral", prod("neutral", "skipped"))],
    "blocked blocked cancelled",
  ],
];

for (const [when, jobs, ends] of CASES) {
  Deno.test(`outcomesOf() tells how each upgrade ended where ${when}`, () => {
    const outcomes = outcomesOf(PLANNED, jobs).map(({ outcome }) => outcome);
    assert.equal(outcomes.join(" "), ends);
  });
}

Deno.test("outcomesOf() gives the page of the attempt that decides", () => {
  const urlOf = (...jobs: readonly ListedJob[]) =>
    outcomesOf(PLANNED, jobs).find(({ release }) => release === "plankton")?.url?.slice(-1);
  const failed = leg(PROD, "failure", prod("failure", "skipped"));
  const blocked = leg(PROD, "failure", prod("skipped", "skipped"), again);
  assert.equal(urlOf(failed, blocked), "1");
  assert.equal(urlOf(blocked), "2");
  assert.equal(urlOf(), undefined);
});

/** Two legs whose names GitHub cuts before they differ. */
const LONG = "l".repeat(90);
const SHARED = plannedReleases({
  canaries: [],
  prod: ["krill", "plankton"].map((hub_name) => ({ ...lake, cluster_name: LONG, hub_name })),
});
const CUT = SHARED[0]?.leg ?? "";
const good = leg(CUT, "success", prod("success", "success"));
const bad = leg(CUT, "failure", prod("failure", "skipped"));

for (
  const [when, jobs, ends] of [
    ["all succeeded", [good, good], "success success"],
    ["one failed", [good, bad], "lost lost"],
    ["one was not begun", [good], "lost lost"],
    ["one is run again, and is either of them", [good, bad, { ...good, ...again }], "lost lost"],
    ["none was begun", [], "blocked blocked"],
  ] as const
) {
  Deno.test(`outcomesOf() tells no two legs of one name apart where ${when}`, () => {
    assert.equal(CUT.length, 100);
    assert.equal(outcomesOf(SHARED, jobs).map(({ outcome }) => outcome).join(" "), ends);
  });
}

/** The legs of two prod hubs in a called workflow, as they are named, and as GitHub may cut that. */
const CALLED = plannedReleases({
  canaries: [],
  prod: ["krill", "plankton"].map((hub_name) => (
    { ...lake, cluster_name: "l".repeat(45), hub_name }
  )),
}, { canary: "Canary", prod: "Prod hub", cluster: "Cluster" });

Deno.test("outcomesOf() tells legs of a called workflow apart, whose names are long, unless they are cut", () => {
  const [krill = "", plankton = ""] = CALLED.map((release) => release.leg);
  assert.ok(krill.length > 100 && krill.includes(") / Prod hub ("));
  const named = (...names: readonly string[]) =>
    names.map((name, index) =>
      index === 0
        ? leg(name, "success", prod("success", "success"))
        : leg(name, "failure", prod("failure", "skipped"))
    );
  const ends = (...names: readonly string[]) =>
    outcomesOf(CALLED, named(...names)).map(({ outcome }) => outcome).join(" ");
  assert.equal(ends(krill, plankton), "success failed");
  const cut = `${krill.slice(0, 97)}...`;
  assert.equal(ends(cut, cut), "lost lost");
  assert.equal(ends("Cluster (pond) / Prod hub (pond, gc..."), "blocked blocked");
});
