import assert from "node:assert/strict";
import { labelsOfMergedPullRequest } from "../../src/github/pull_request_labels.ts";
import { connectTo } from "./connected.ts";
import { FakeGitHub, type FakePullRequest, TOKEN } from "./fake_github.ts";

Deno.test.sanitizer({ ops: true, resources: true });

const SHA = "c".repeat(40);
const OTHER_SHA = "d".repeat(40);

/** A pull request with the commit, whose merge made it. */
const merged = (number: number, labels: string[], more: Partial<FakePullRequest> = {}) => ({
  number,
  mergeCommitSha: SHA,
  commits: [SHA],
  labels,
  ...more,
});

/** The pull requests with a commit, and the labels that count. */
const CASES: Readonly<Record<string, readonly [FakePullRequest[], labels: string[]]>> = {
  "reads the labels of the pull request that made the commit": [
    [merged(7, ["deployer:skip-deploy", "bug"])],
    ["bug", "deployer:skip-deploy"],
  ],
  "reads only the pull request whose merge made the commit": [
    [merged(6, ["six"], { mergeCommitSha: OTHER_SHA }), merged(7, ["seven"])],
    ["seven"],
  ],
  "unites the labels where no merge made the commit": [
    [
      merged(6, ["b", "a"], { mergeCommitSha: OTHER_SHA }),
      merged(7, ["c", "b"], { mergeCommitSha: OTHER_SHA }),
    ],
    ["a", "b", "c"],
  ],
  "passes over other pull requests with the commit": [
    [
      { number: 5, commits: [SHA], labels: ["open"] },
      { number: 6, state: "closed", commits: [SHA], labels: ["closed"] },
      merged(7, ["other branch"], { baseRef: "release" }),
      merged(8, ["other repository"], { baseRepository: "fork/infrastructure" }),
    ],
    [],
  ],
  "reads past the first page": [
    Array.from(
      { length: 120 },
      (_, index) =>
        merged(index, [`label ${index}`], index === 119 ? {} : { mergeCommitSha: OTHER_SHA }),
    ),
    ["label 119"],
  ],
  "is empty for a commit that was pushed directly": [[], []],
};

for (const [what, [pullRequests, labels]] of Object.entries(CASES)) {
  Deno.test(`labelsOfMergedPullRequest() ${what}`, async () => {
    await using fake = new FakeGitHub();
    for (const pullRequest of pullRequests) fake.addPullRequest(pullRequest);
    fake.commits.add(SHA);
    fake.tokens.set(TOKEN, new Set(["pull-requests: read"]));
    const { github } = connectTo(fake);
    assert.deepEqual(await labelsOfMergedPullRequest(github, SHA, "main"), labels);
  });
}

Deno.test("labelsOfMergedPullRequest() says where GitHub does not know the commit", async () => {
  await using fake = new FakeGitHub();
  await assert.rejects(labelsOfMergedPullRequest(connectTo(fake).github, SHA, "main"), {
    name: "UserError",
    message: `Cannot read the labels of the pull request behind commit ${SHA}: GitHub answered ` +
      `422 (No commit found for SHA: ${SHA}); expected a commit that was pushed to ` +
      "octo/infrastructure",
  });
});

Deno.test("labelsOfMergedPullRequest() names the permission that the token lacks", async () => {
  await using fake = new FakeGitHub();
  fake.tokens.set(TOKEN, new Set());
  await assert.rejects(labelsOfMergedPullRequest(connectTo(fake).github, SHA, "main"), {
    name: "UserError",
    message: /; give the job "pull-requests: read" under "permissions"$/,
  });
});
