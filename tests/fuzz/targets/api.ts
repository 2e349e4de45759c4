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
import { faultRules } from "../api_answer.ts";
import { type Target, target } from "../target.ts";

const SHA = "a".repeat(40);

const RECORD: LedgerRecord = { version: 1, as_of: SHA, owed: [] };

type Work = (github: GitHub) => Promise<unknown>;

const WORK: Readonly<Record<string, Work>> = {
  "read the pull request": (github: GitHub) => readPullRequest(github, 7),
  "write the comment": (github: GitHub) =>
    writeComment(github, 7, () => `${COMMENT_MARKER}\nnewer`),
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
  "read the labels": (github: GitHub) =>
    labelsOfMergedPullRequest(github, { sha: SHA, subject: "x (#7)", defaultBranch: "main" }),
};

/** The answers of GitHub's API. */
export const apiTarget: Target = target({
  name: "answers of GitHub's API",
  share: 8,
  cases: fc.record({
    work: fc.constantFrom(...Object.keys(WORK)),
    rules: faultRules,
    commented: fc.boolean(),
  }),
  open: () => async ({ work, rules, commented }) => {
    await using fake = new FakeGitHub();
    fake.addPullRequest({ number: 7, headSha: SHA, commits: [SHA] });
    fake.addComment(7, `${COMMENT_MARKER}\nsomebody's`, { login: "ada", type: "User" });
    if (commented) fake.addComment(7, `${COMMENT_MARKER}\nolder`, ACTIONS_BOT);
    if (commented) fake.deployments.add(RECORD);
    for (const rule of rules) fake.fail(here(rule, fake.url));
    const { github, lines } = connectTo(fake);
    const start = fake.clock.now();
    const error = await WORK[work]?.(github).then(() => undefined, (error: unknown) => error);
    assert.ok(fake.clock.now() - start <= 120_000, "it is over in time");
    assert.ok(error === undefined || error instanceof UserError, Deno.inspect(error));
    const said = [...lines, ...error?.message.split("\n") ?? []];
    for (const line of said) {
      assert.equal(visible(line), line, "what GitHub says is plain");
      assert.ok(!line.includes(TOKEN), "the token is said");
      assert.ok(line.length < 2_000, `a line of ${line.length} characters`);
    }
    for (const { message } of error?.problems ?? []) assert.match(message, /^Cannot /);
    return error === undefined ? "accepted" : "refused";
  },
});

/** Makes the links of an answer lead back to the server. */
function here(rule: FaultRule, url: string): FaultRule {
  const { fault } = rule;
  if (fault.kind !== "answer") return rule;
  const headers = Object.entries(fault.headers ?? {})
    .map(([name, value]) => [name, value.replaceAll("SELF", `${url}/repos/octo/infrastructure/x`)]);
  return { ...rule, fault: { ...fault, headers: Object.fromEntries(headers) } };
}
