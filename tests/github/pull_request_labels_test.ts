import assert from "node:assert/strict";
import { labelsOfMergedPullRequest } from "../../src/github/pull_request_labels.ts";
import { failure } from "./calls.ts";
import { connectTo } from "./connected.ts";
import { FakeGitHub, type FakePullRequest, TOKEN } from "./fake_github.ts";

Deno.test.sanitizer({ ops: true, resources: true });

const SHA = "c".repeat(40);
const COMMIT = { sha: SHA, subject: "Change some values", defaultBranch: "main" };
const MERGE = { ...COMMIT, subject: "Merge pull request #7 from octo/patch" };
const SQUASH = { ...COMMIT, subject: "Change some values (#7)" };
const FAILING = `Cannot read the labels of the pull request behind commit ${SHA}: `;

/** A pull request with the commit, whose merge made it. */
const merged = (number: number, labels: string[], more: Partial<FakePullRequest> = {}) => (
  { number, mergeCommitSha: SHA, commits: [SHA], labels, ...more }
);
/** What is different of one that was merged as another commit. */
const otherwise = { mergeCommitSha: "d".repeat(40) };

/** GitHub, which knows the commit and pull requests. */
function fakeWith(...pullRequests: readonly FakePullRequest[]): FakeGitHub {
  const fake = new FakeGitHub();
  fake.commits.add(SHA);
  for (const pullRequest of pullRequests) fake.addPullRequest(pullRequest);
  return fake;
}

/** The pull requests with a commit, and the labels that count. */
const CASES: Readonly<Record<string, readonly [FakePullRequest[], labels: string[]]>> = {
  "reads the labels of the pull request that made the commit": [
    [merged(7, ["deployer:skip-deploy", "bug"])],
    ["bug", "deployer:skip-deploy"],
  ],
  "reads only the pull request whose merge made the commit": [
    [merged(6, ["six"], otherwise), merged(7, ["seven"])],
    ["seven"],
  ],
  "unites the labels where no merge made the commit": [
    [merged(6, ["b", "a"], otherwise), merged(7, ["c", "b"], otherwise)],
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
    Array.from({ length: 120 }, (_, n) => merged(n, [`label ${n}`], n === 119 ? {} : otherwise)),
    ["label 119"],
  ],
  "is empty for a commit that was pushed directly": [[], []],
};

for (const [what, [pullRequests, labels]] of Object.entries(CASES)) {
  Deno.test(`labelsOfMergedPullRequest() ${what}`, async () => {
    await using fake = fakeWith(...pullRequests);
    fake.tokens.set(TOKEN, new Set(["pull-requests: read"]));
    const { github } = connectTo(fake);
    assert.deepEqual(await labelsOfMergedPullRequest(github, COMMIT), labels);
  });
}

Deno.test("labelsOfMergedPullRequest() says where GitHub does not know the commit, or may not tell", async () => {
  await using fake = new FakeGitHub();
  const { github } = connectTo(fake);
  assert.equal(
    await failure(labelsOfMergedPullRequest(github, COMMIT)),
    `${FAILING}GitHub answered 422 (No commit found for SHA: ${SHA}); expected a commit that was ` +
      "pushed to octo/infrastructure",
  );
  fake.tokens.set(TOKEN, new Set());
  assert.match(
    await failure(labelsOfMergedPullRequest(github, COMMIT)),
    /; give the job "pull-requests: read" under "permissions", or a token of/,
  );
});

for (const commit of [COMMIT, MERGE, SQUASH]) {
  Deno.test(`labelsOfMergedPullRequest() waits for GitHub to know of "${commit.subject}"`, async () => {
    await using fake = fakeWith();
    fake.before("GET", () => fake.before("GET", () => fake.addPullRequest(merged(7, ["late"]))));
    const { github } = connectTo(fake);
    assert.deepEqual(await labelsOfMergedPullRequest(github, commit), ["late"]);
    assert.equal(fake.requests.length, 2);
  });
}

const OPEN = `${FAILING}its message names pull request 7, which GitHub says is open; rerun the ` +
  "job when GitHub says that it is merged, or close it where this commit takes its place";

/** The pull requests that a message may name, and the labels that count in the end, or why none do. */
const NAMED: Readonly<Record<string, readonly [FakePullRequest[], ends: string | string[]]>> = {
  "is not there: the number is another repository's": [[], []],
  "made the commit, which GitHub does not say of the commit": [
    [merged(7, ["x"], { commits: [] })],
    ["x"],
  ],
  "was merged as another commit, and this one was picked": [
    [merged(7, ["x"], { ...otherwise, commits: [] })],
    [],
  ],
  "was closed": [[{ number: 7, state: "closed", labels: ["x"] }], []],
  "is open": [[{ number: 7, labels: ["x"] }], OPEN],
};

for (const [what, [pullRequests, ends]] of Object.entries(NAMED)) {
  Deno.test(`labelsOfMergedPullRequest() knows what to do where the named pull request ${what}`, async () => {
    for (const commit of [MERGE, SQUASH]) {
      await using fake = fakeWith(...pullRequests);
      const start = fake.clock.now();
      const reading = labelsOfMergedPullRequest(connectTo(fake).github, commit);
      assert.deepEqual(await (ends === OPEN ? failure(reading) : reading), ends);
      assert.equal(fake.clock.now() - start, 17_000);
    }
  });
}

Deno.test("labelsOfMergedPullRequest() looks no number up that is not that of a merge", async () => {
  for (
    const subject of ["Fixes #7", "(#7) is not last", "Merge pull request #7", "Revert (#7) x"]
  ) {
    await using fake = fakeWith({ number: 7 });
    const { github } = connectTo(fake);
    assert.deepEqual(await labelsOfMergedPullRequest(github, { ...COMMIT, subject }), [], subject);
    assert.equal(fake.requests.length, 2, subject);
  }
});
