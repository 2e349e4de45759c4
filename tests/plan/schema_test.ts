import assert from "node:assert/strict";
import { BOUNDS } from "../../src/plan/bounds.ts";
import { Plan, ProdHubJob, SupportAndStagingJob } from "../../src/plan/schema.ts";

const LEG = {
  cluster_name: "earth",
  provider: "gcp",
  upgrade_support: true,
  support_reason: "deployer/a.py (rule: all hubs)",
  staging_hubs: ["staging"],
  staging_reason: "prod (rule: staging before prod)",
};
const PROD = {
  cluster_name: "earth",
  provider: "gcp",
  hub_name: "prod",
  reason: "deployer/a.py (rule: all hubs)",
};
const PLAN = {
  version: 1,
  base: "abc",
  head: "def",
  support_and_staging: [LEG],
  prod: [PROD],
  notices: [{ level: "warning", message: "Everything is planned" }],
};

Deno.test("Plan accepts a plan as it is written down", () => {
  assert.deepEqual(Plan.parse(PLAN), PLAN);
});

Deno.test("Plan accepts as much as a plan may hold", () => {
  const text = "x".repeat(BOUNDS.text);
  const full = {
    ...PLAN,
    support_and_staging: Array(BOUNDS.legs).fill({
      ...LEG,
      support_reason: text,
      staging_hubs: Array(BOUNDS.stagingHubs).fill("staging"),
    }),
    prod: Array(BOUNDS.legs).fill({ ...PROD, reason: text }),
    notices: Array(BOUNDS.notices).fill({ level: "notice", message: text }),
  };
  assert.deepEqual(Plan.parse(full), full);
});

// A plan comes from code that a fork controls.
const WRONG: Readonly<Record<string, unknown>> = {
  "another version": { ...PLAN, version: 2 },
  "a key that it does not know": { ...PLAN, extra: 1 },
  "a missing list": { ...PLAN, prod: undefined },
  "a leg with a key that it does not know": { ...PLAN, support_and_staging: [{ ...LEG, x: 1 }] },
  "a hub that is no text": { ...PLAN, prod: [{ ...PROD, hub_name: 1 }] },
  "a hub without a name": { ...PLAN, prod: [{ ...PROD, hub_name: "" }] },
  "a staging hub without a name": {
    ...PLAN,
    support_and_staging: [{ ...LEG, staging_hubs: [""] }],
  },
  "a cluster without a name": { ...PLAN, prod: [{ ...PROD, cluster_name: "" }] },
  "upgrade_support as text": {
    ...PLAN,
    support_and_staging: [{ ...LEG, upgrade_support: "true" }],
  },
  "an unknown level": { ...PLAN, notices: [{ level: "error", message: "" }] },
  "no mapping": [],
  "a key that every object inherits": { ...PLAN, constructor: 1 },
  "a key that would be the prototype": JSON.parse(
    JSON.stringify(PLAN).replace("{", '{"__proto__":{},'),
  ),
  "a plan under a key that would be the prototype": JSON.parse(
    `{"__proto__":${JSON.stringify(PLAN)}}`,
  ),
  "a null for a reason": { ...PLAN, prod: [{ ...PROD, reason: null }] },
  "a list for a leg": { ...PLAN, prod: [[]] },
  "a reason that is too long": {
    ...PLAN,
    prod: [{ ...PROD, reason: "x".repeat(BOUNDS.text + 1) }],
  },
  "a notice that is too long": {
    ...PLAN,
    notices: [{ level: "notice", message: "x".repeat(BOUNDS.text + 1) }],
  },
  "too many canary legs": { ...PLAN, support_and_staging: Array(BOUNDS.legs + 1).fill(LEG) },
  "too many prod legs": { ...PLAN, prod: Array(BOUNDS.legs + 1).fill(PROD) },
  "too many notices": { ...PLAN, notices: Array(BOUNDS.notices + 1).fill(PLAN.notices[0]) },
  "too many staging hubs": {
    ...PLAN,
    support_and_staging: [{ ...LEG, staging_hubs: Array(BOUNDS.stagingHubs + 1).fill("staging") }],
  },
};

for (const [what, value] of Object.entries(WRONG)) {
  Deno.test(`Plan refuses ${what}`, () => {
    assert.equal(Plan.safeParse(value).success, false);
  });
}

Deno.test("SupportAndStagingJob and ProdHubJob keep reasons out of the matrix", () => {
  assert.equal(SupportAndStagingJob.safeParse(LEG).success, false);
  assert.equal(ProdHubJob.safeParse(PROD).success, false);
  assert.deepEqual(Object.keys(SupportAndStagingJob.shape).sort(), [
    "cluster_name",
    "provider",
    "staging_hubs",
    "upgrade_support",
  ]);
  assert.deepEqual(Object.keys(ProdHubJob.shape).sort(), [
    "cluster_name",
    "hub_name",
    "provider",
  ]);
});
