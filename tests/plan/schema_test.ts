import assert from "node:assert/strict";
import { BOUNDS } from "../../src/plan/bounds.ts";
import { Plan, ProdHubJob, SupportAndStagingJob } from "../../src/plan/schema.ts";
import { EXAMPLE } from "../report/arbitraries.ts";

const { support_and_staging: [LEG], prod: [PROD] } = EXAMPLE;
const leg = (given: object) => ({ ...EXAMPLE, support_and_staging: [{ ...LEG, ...given }] });
const hub = (given: object) => ({ ...EXAMPLE, prod: [{ ...PROD, ...given }] });
const notices = (...notices: readonly unknown[]) => ({ ...EXAMPLE, notices });
const NOTICE = { level: "notice", message: "x".repeat(BOUNDS.text) };

Deno.test("Plan accepts as much as a plan may hold", () => {
  const text = NOTICE.message;
  const staging_hubs = Array(BOUNDS.stagingHubs).fill("staging");
  const full = {
    ...EXAMPLE,
    support_and_staging: Array(BOUNDS.legs).fill({ ...LEG, support_reason: text, staging_hubs }),
    prod: Array(BOUNDS.legs).fill({ ...PROD, reason: text }),
    notices: Array(BOUNDS.notices).fill(NOTICE),
  };
  assert.deepEqual(Plan.parse(full), full);
});

// A plan comes from code that a fork controls; what else it may hold is refused by parsePlan().
const WRONG: Readonly<Record<string, unknown>> = {
  "another version": { ...EXAMPLE, version: 2 },
  "a missing list": { ...EXAMPLE, prod: undefined },
  "a leg with a key that it does not know": leg({ x: 1 }),
  "a hub that is not text": hub({ hub_name: 1 }),
  "a hub without a name": hub({ hub_name: "" }),
  "a staging hub without a name": leg({ staging_hubs: [""] }),
  "a cluster without a name": hub({ cluster_name: "" }),
  "upgrade_support as text": leg({ upgrade_support: "true" }),
  "an unknown level": notices({ ...NOTICE, level: "error" }),
  "a null for a reason": hub({ reason: null }),
  "a notice that is too long": notices({ ...NOTICE, message: `${NOTICE.message}x` }),
  "too many canary legs": {
    ...EXAMPLE,
    support_and_staging: Array(BOUNDS.planLegs + 1).fill(LEG),
  },
  "too many prod legs": { ...EXAMPLE, prod: Array(BOUNDS.planLegs + 1).fill(PROD) },
  "a wave that is not a list": { ...EXAMPLE, waves: ["lake"] },
  "too many notices": notices(...Array(BOUNDS.notices + 1).fill(NOTICE)),
  "too many staging hubs": leg({ staging_hubs: Array(BOUNDS.stagingHubs + 1).fill("staging") }),
};

for (const [what, value] of Object.entries(WRONG)) {
  Deno.test(`Plan refuses ${what}`, () => {
    assert.equal(Plan.safeParse(value).success, false);
  });
}

Deno.test("SupportAndStagingJob and ProdHubJob keep reasons out of the matrix", () => {
  for (const [job, row] of [[SupportAndStagingJob, LEG], [ProdHubJob, PROD]] as const) {
    assert.equal(job.safeParse(row).success, false);
    const others = Object.entries(row ?? {}).filter(([key]) => !key.endsWith("reason"));
    assert.equal(job.safeParse(Object.fromEntries(others)).success, true);
  }
});
