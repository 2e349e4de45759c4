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

const withLeg = (leg: object) => ({ ...PLAN, support_and_staging: [{ ...LEG, ...leg }] });
const withProd = (prod: object) => ({ ...PLAN, prod: [{ ...PROD, ...prod }] });
const withNotice = (notice: object) => ({ ...PLAN, notices: [{ ...PLAN.notices[0], ...notice }] });
const LONG = "x".repeat(BOUNDS.text + 1);
const more = (bound: number, item: unknown) => Array(bound + 1).fill(item);

// A plan comes from code that a fork controls.
const WRONG: Readonly<Record<string, unknown>> = {
  "another version": { ...PLAN, version: 2 },
  "a key that it does not know": { ...PLAN, extra: 1 },
  "a missing list": { ...PLAN, prod: undefined },
  "a leg with a key that it does not know": withLeg({ x: 1 }),
  "a hub that is not text": withProd({ hub_name: 1 }),
  "a hub without a name": withProd({ hub_name: "" }),
  "a staging hub without a name": withLeg({ staging_hubs: [""] }),
  "a cluster without a name": withProd({ cluster_name: "" }),
  "upgrade_support as text": withLeg({ upgrade_support: "true" }),
  "an unknown level": withNotice({ level: "error" }),
  "a list": [],
  "a key that every object inherits": { ...PLAN, constructor: 1 },
  "a key that would be the prototype": JSON.parse(
    JSON.stringify(PLAN).replace("{", '{"__proto__":{},'),
  ),
  "a plan under a key that would be the prototype": JSON.parse(
    `{"__proto__":${JSON.stringify(PLAN)}}`,
  ),
  "a null for a reason": withProd({ reason: null }),
  "a list for a leg": { ...PLAN, prod: [[]] },
  "a reason that is too long": withProd({ reason: LONG }),
  "a notice that is too long": withNotice({ message: LONG }),
  "too many canary legs": { ...PLAN, support_and_staging: more(BOUNDS.planLegs, LEG) },
  "too many prod legs": { ...PLAN, prod: more(BOUNDS.planLegs, PROD) },
  "a wave that is not a list": { ...PLAN, waves: ["lake"] },
  "too many notices": { ...PLAN, notices: more(BOUNDS.notices, PLAN.notices[0]) },
  "too many staging hubs": withLeg({ staging_hubs: more(BOUNDS.stagingHubs, "staging") }),
};

for (const [what, value] of Object.entries(WRONG)) {
  Deno.test(`Plan refuses ${what}`, () => {
    assert.equal(Plan.safeParse(value).success, false);
  });
}

Deno.test("SupportAndStagingJob and ProdHubJob keep reasons out of the matrix", () => {
  for (const [job, row] of [[SupportAndStagingJob, LEG], [ProdHubJob, PROD]] as const) {
    assert.equal(job.safeParse(row).success, false);
    const others = Object.entries(row).filter(([key]) => !key.endsWith("reason"));
    assert.equal(job.safeParse(Object.fromEntries(others)).success, true);
  }
});
