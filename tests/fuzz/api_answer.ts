import fc from "fast-check";
import type { FaultRule } from "../github/fault.ts";
import { hostileText } from "./hostile.ts";
import { jsonTexts, mutatedValues } from "./values.ts";

const SHA = "a".repeat(40);

/** What GitHub answers where nothing is wrong: pull requests, comments, records. */
const pullRequest = {
  number: 7,
  state: "open",
  merged_at: null,
  merge_commit_sha: SHA,
  head: { ref: "patch-1", sha: SHA },
  base: { ref: "main", repo: { full_name: "octo/infrastructure" } },
  labels: [{ id: 1, name: "bug" }],
};
const comment = {
  id: 1001,
  body: "<!-- deployment-plan -->\nolder",
  user: { login: "github-actions[bot]", type: "Bot" },
};
const deployment = {
  id: 301,
  sha: SHA,
  task: "deploy:hubwright",
  environment: "hubs",
  payload: {
    version: 1,
    as_of: SHA,
    owed: [{
      cluster: "lake",
      release: "plankton",
      base: SHA,
      outcome: "failed",
      run: 456,
      attempt: 1,
    }],
    deployed: { [SHA]: ["lake/staging"] },
  },
  created_at: "2026-11-22T12:00:00Z",
  creator: { login: "github-actions[bot]" },
};
const refusal = {
  message: "Validation Failed",
  errors: [{ resource: "IssueComment", code: "missing_field", field: "body" }],
  status: "422",
};

const body = jsonTexts(mutatedValues(fc.constantFrom<unknown>(
  pullRequest,
  comment,
  refusal,
  [],
  [comment],
  [comment, { ...comment, id: 1000 }],
  [pullRequest],
  deployment,
  [deployment],
  [{ ...deployment, payload: JSON.stringify(deployment.payload) }, deployment],
  [{ ...pullRequest, merged_at: "2026-11-22T12:00:00Z" }],
)));

/** What may stand in a header: visible ASCII. */
const headerText = fc.oneof(
  fc.constantFrom(...["", "0", "-1", "1", "60", "1e9", "1e300", "NaN", "abc", "99999999999999"]),
  hostileText.map((text) => text.replace(/[^\x21-\x7e]/g, "").slice(0, 1_000)),
);

const header = fc.oneof(
  fc.tuple(
    fc.constantFrom("retry-after", "x-ratelimit-remaining", "x-ratelimit-reset", "location"),
    headerText,
  ),
  fc.tuple(
    fc.constant("content-type"),
    fc.constantFrom("", "text/html", "application/json", "x", "application/json; charset=x"),
  ),
  fc.tuple(
    fc.constant("link"),
    fc.constantFrom(
      '<SELF>; rel="next"',
      '<https://example.org/>; rel="next"',
      '<>; rel="next"',
      '<SELF>; rel="next", <SELF>; rel="last"',
      "rel=next",
      "<".repeat(500),
    ),
  ),
);

const status = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(200, 200, 201) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(301, 302, 303, 307, 400, 401, 403, 404, 409, 410, 422, 429, 451),
  },
  { weight: 2, arbitrary: fc.constantFrom(500, 502, 503, 504, 599, 299, 399) },
);

/** Calls that go wrong: answers that GitHub does not give, and connections that break. */
export const faultRules: fc.Arbitrary<readonly FaultRule[]> = fc.array(
  fc.record({
    fault: fc.oneof(
      {
        weight: 12,
        arbitrary: fc.record({
          kind: fc.constant("answer" as const),
          status,
          body,
          headers: fc.array(header, { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs)),
        }),
      },
      { weight: 1, arbitrary: fc.constant({ kind: "cut off" as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: "hang" as const }) },
    ),
    times: fc.constantFrom(1, 1, 2, 5, 1_000),
    applied: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
);
