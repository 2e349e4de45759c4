import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../../src/errors.ts";
import type { GitHub } from "../../../src/github/api.ts";
import { writeComment } from "../../../src/github/write_comment.ts";
import { COMMENT_MARKER } from "../../../src/github/comment_marker.ts";
import { labelsOfMergedPullRequest } from "../../../src/github/pull_request_labels.ts";
import { readPullRequest } from "../../../src/github/pull_request.ts";
import { readRecord, readRecords, writeRecord } from "../../../src/ledger/deployments.ts";
import type { LedgerRecord } from "../../../src/ledger/ledger_record.ts";
import { visible } from "../../../src/text/visible.ts";
import { connectTo } from "../../github/connected.ts";
import { ACTIONS_BOT, FakeGitHub, TOKEN } from "../../github/fake_github.ts";
import type { FaultRule } from "../../github/fault.ts";
import { hostileText } from "../hostile.ts";
import { type Target, target } from "../target.ts";
import { jsonTexts, mutatedValues } from "../values.ts";

const SHA = "a".repeat(40);

const RECORD: LedgerRecord = { version: 1, as_of: SHA, owed: [] };

/** What GitHub answers where nothing is wrong. */
const PULL_REQUEST = {
  number: 7,
  state: "open",
  merged_at: null,
  merge_commit_sha: SHA,
  head: { ref: "patch-1", sha: SHA },
  base: { ref: "main", repo: { full_name: "octo/infrastructure" } },
  labels: [{ id: 1, name: "bug" }],
};
const COMMENT = {
  id: 1001,
  body: "<!-- deployment-plan -->\nolder",
  user: { login: "github-actions[bot]", type: "Bot" },
};
const DEPLOYMENT = {
  id: 301,
  sha: SHA,
  task: "deploy:hubwright",
  environment: "hubs",
  payload: {
    version: 1,
    as_of: SHA,
    owed: [
      { cluster: "lake", release: "prod", base: SHA, outcome: "failed", run: 456, attempt: 1 },
    ],
    deployed: { [SHA]: ["lake/staging"] },
  },
  created_at: "2026-11-22T12:00:00Z",
  creator: { login: "github-actions[bot]" },
};
const REFUSAL = {
  message: "Validation Failed",
  errors: [{ resource: "IssueComment", code: "missing_field", field: "body" }],
  status: "422",
};

const body = jsonTexts(mutatedValues(fc.constantFrom<unknown>(
  ...[PULL_REQUEST, COMMENT, REFUSAL, [], [COMMENT], [COMMENT, { ...COMMENT, id: 1000 }]],
  ...[DEPLOYMENT, [DEPLOYMENT]],
  [{ ...DEPLOYMENT, payload: JSON.stringify(DEPLOYMENT.payload) }, DEPLOYMENT],
  ...[[PULL_REQUEST], [{ ...PULL_REQUEST, merged_at: "2026-11-22T12:00:00Z" }]],
)));

/** What may be in a header: visible ASCII. */
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
      ...['<SELF>; rel="next"', '<https://example.org/>; rel="next"', '<>; rel="next"', "rel=next"],
      ...['<SELF>; rel="next", <SELF>; rel="last"', "<".repeat(500)],
    ),
  ),
);

const answer = fc.record({
  kind: fc.constant("answer" as const),
  status: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(200, 200, 201) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(301, 302, 303, 307, 400, 401, 403, 404, 409, 410, 422, 429, 451),
    },
    { weight: 2, arbitrary: fc.constantFrom(500, 502, 503, 504, 599, 299, 399) },
  ),
  body,
  headers: fc.array(header, { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs)),
});

/** Calls that go wrong: answers that GitHub does not give, and connections that break. */
const rule: fc.Arbitrary<FaultRule> = fc.record({
  fault: fc.oneof(
    { weight: 12, arbitrary: answer },
    { weight: 1, arbitrary: fc.constant({ kind: "cut off" as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: "hang" as const }) },
  ),
  times: fc.constantFrom(1, 1, 2, 5, 1_000),
  applied: fc.boolean(),
});

const WORK: Readonly<Record<string, (github: GitHub) => Promise<unknown>>> = {
  "read the pull request": (github) => readPullRequest(github, 7),
  "write the comment": (github) => writeComment(github, 7, () => `${COMMENT_MARKER}\nnewer`),
  "read the record": (github: GitHub) => readRecord(github, { environment: "hubs" }),
  "read the records": (github: GitHub) => readRecords(github, { environment: "hubs" }),
  "write the record": (github: GitHub) =>
    writeRecord(github, {
      environment: "hubs",
      record: RECORD,
      success: true,
      logUrl: "https://github.com/octo/infrastructure/actions/runs/456",
      description: "1 deployed",
    }),
  "read the labels": (github) =>
    labelsOfMergedPullRequest(github, { sha: SHA, subject: "x (#7)", defaultBranch: "main" }),
};

export const apiTarget: Target = target({
  name: "answers of GitHub's API",
  share: 8,
  cases: fc.record({
    work: fc.constantFrom(...Object.keys(WORK)),
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
    commented: fc.boolean(),
  }),
  open: () => async ({ work, rules, commented }) => {
    await using fake = new FakeGitHub();
    fake.addPullRequest({ number: 7, headSha: SHA, commits: [SHA] });
    fake.addComment(7, `${COMMENT_MARKER}\nsomebody's`, { login: "ada", type: "User" });
    if (commented) fake.addComment(7, `${COMMENT_MARKER}\nolder`, ACTIONS_BOT);
    if (commented) fake.deployments.add(RECORD);
    for (const rule of rules) fake.fail(linkedTo(fake.url, rule));
    const { github, lines } = connectTo(fake);
    const start = fake.clock.now();
    const error = await WORK[work]?.(github).then(() => undefined, (error: unknown) => error);
    assert.ok(fake.clock.now() - start <= 120_000, "it is over in time");
    assert.ok(error === undefined || error instanceof UserError, Deno.inspect(error));
    for (const line of [...lines, ...error?.message.split("\n") ?? []]) {
      assert.equal(visible(line), line, "what GitHub says is plain");
      assert.ok(!line.includes(TOKEN), "the token is said");
      assert.ok(line.length < 2_000, `a line of ${line.length} characters`);
    }
    for (const { message } of error?.problems ?? []) assert.match(message, /^Cannot /);
    return error === undefined ? "accepted" : "refused";
  },
});

function linkedTo(url: string, rule: FaultRule): FaultRule {
  const { fault } = rule;
  if (fault.kind !== "answer") return rule;
  const headers = Object.entries(fault.headers ?? {})
    .map(([name, value]) => [name, value.replaceAll("SELF", `${url}/repos/octo/infrastructure/x`)]);
  return { ...rule, fault: { ...fault, headers: Object.fromEntries(headers) } };
}
