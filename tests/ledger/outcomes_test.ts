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

type Ends = readonly [string | null, string | null];
const steps = (name: string, [upgrade, check]: Ends) => (
  { [`Upgrade ${name}`]: upgrade, [`Check ${name}`]: check }
);
/** The legs: how they ended, and how the upgrade and the check of their hubs did. */
const canary = (conclusion: string, support: string | null, hub: Ends, more = {}) =>
  leg(CANARY, conclusion, {
    "Upgrade the support chart": support,
    ...steps("staging hub 1", hub),
  }, more);
const prod = (conclusion: string | null, hub: Ends, more = {}) =>
  leg(PROD, conclusion, steps("the hub", hub), more);

const again = { run_attempt: 2 };
const unassigned = { runner_name: "" };
const GOOD = ["success", "success"] as const;
const UNCHECKED = ["success", "failure"] as const;
const FAILED = ["failure", "skipped"] as const;
const SKIPPED = ["skipped", "skipped"] as const;
const LOST = ["success", null] as const;

/** Jobs, and how the support chart, the staging hub and the prod hub ended. */
const CASES: readonly (readonly [when: string, ends: string, ...jobs: readonly ListedJob[]])[] = [
  [
    "all steps succeeded",
    "success success success",
    canary("success", "success", GOOD),
    prod("success", GOOD),
  ],
  ["the check failed", "success failed blocked", canary("failure", "success", UNCHECKED)],
  ["a step before failed", "failed blocked blocked", canary("failure", "failure", SKIPPED)],
  ["it was cancelled", "cancelled blocked blocked", canary("cancelled", "cancelled", SKIPPED)],
  [
    "the leg timed out in the check",
    "blocked blocked cancelled",
    prod("cancelled", ["success", "cancelled"]),
  ],
  [
    "no leg is listed",
    "blocked blocked blocked",
    leg("Canary", "skipped", [] as never, unassigned),
  ],
  ["no runner took the leg", "blocked blocked blocked", leg(PROD, "cancelled", {}, unassigned)],
  ["the leg was skipped", "blocked blocked blocked", leg(PROD, "skipped", null)],
  [
    "the runner was lost in a step",
    "success lost blocked",
    canary("failure", "success", [null, null]),
  ],
  [
    "the runner was lost, and the steps after it are missing",
    "lost lost blocked",
    leg(CANARY, "failure", { "Upgrade the support chart": null }),
  ],
  ["the runner was lost with all it said", "blocked blocked lost", leg(PROD, "failure", null)],
  ["the runner was lost before the check", "blocked blocked lost", prod("failure", LOST)],
  ["the leg still runs", "blocked blocked lost", prod(null, LOST)],
  [
    "a later attempt succeeded",
    "blocked blocked success",
    prod("success", GOOD, again),
    prod("failure", FAILED),
  ],
  [
    "a later attempt failed",
    "blocked blocked failed",
    prod("success", GOOD),
    prod("failure", UNCHECKED, again),
  ],
  [
    "a later attempt did not begin it",
    "blocked blocked failed",
    prod("failure", FAILED),
    prod("failure", SKIPPED, again),
  ],
  [
    "a later attempt began another release of the leg alone",
    "failed failed blocked",
    canary("failure", "success", FAILED),
    canary("failure", "failure", SKIPPED, again),
  ],
  [
    "steps ended as none does today",
    "blocked blocked cancelled",
    prod("neutral", ["neutral", "skipped"]),
  ],
];

for (const [when, ends, ...jobs] of CASES) {
  Deno.test(`outcomesOf() tells how each upgrade ended where ${when}`, () => {
    const outcomes = outcomesOf(PLANNED, jobs).map(({ outcome }) => outcome);
    assert.equal(outcomes.join(" "), ends);
  });
}

Deno.test("outcomesOf() gives the page of the attempt that decides", () => {
  const urlOf = (...jobs: readonly ListedJob[]) =>
    outcomesOf(PLANNED, jobs).find(({ release }) => release === "plankton")?.url?.slice(-1);
  const blocked = prod("failure", SKIPPED, again);
  assert.equal(urlOf(prod("failure", FAILED), blocked), "1");
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
const good = { ...prod("success", GOOD), name: CUT };
const bad = { ...prod("failure", FAILED), name: CUT };

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
  const ends = (...names: readonly string[]) => {
    const jobs = names.map((name, index) => ({ ...(index === 0 ? good : bad), name }));
    return outcomesOf(CALLED, jobs).map(({ outcome }) => outcome).join(" ");
  };
  assert.equal(ends(krill, plankton), "success failed");
  const cut = `${krill.slice(0, 97)}...`;
  assert.equal(ends(cut, cut), "lost lost");
  assert.equal(ends("Cluster (pond) / Prod hub (pond, gc..."), "blocked blocked");
});
