import assert from "node:assert/strict";
import { labelsOfMergedPullRequest } from "../../src/github/labels.ts";
import { connectTo } from "./connected.ts";
import { FakeGitHub, TOKEN } from "./fake_github.ts";

Deno.test.sanitizer({ ops: true, resources: true });

const SHA = "c".repeat(40);
const OTHER_SHA = "d".repeat(40);

Deno.test("labelsOfMergedPullRequest() reads the labels of the pull request that made the commit", async () => {
  await using fake = new FakeGitHub();
  fake.addPullRequest({
    number: 7,
    mergeCommitSha: SHA,
    commits: [SHA],
    labels: ["deployer:skip-deploy", "bug"],
  });
  fake.tokens.set(TOKEN, new Set(["pull-requests: read"]));
  const { github } = connectTo(fake);
  assert.deepEqual(await labelsOfMergedPullRequest(github, SHA, "main"), [
    "bug",
    "deployer:skip-deploy",
  ]);
});

Deno.test("labelsOfMergedPullRequest() reads only the pull request whose merge made the commit", async () => {
  await using fake = new FakeGitHub();
  fake.addPullRequest({ number: 6, mergeCommitSha: OTHER_SHA, commits: [SHA], labels: ["six"] });
  fake.addPullRequest({ number: 7, mergeCommitSha: SHA, commits: [SHA], labels: ["seven"] });
  const { github } = connectTo(fake);
  assert.deepEqual(await labelsOfMergedPullRequest(github, SHA, "main"), ["seven"]);
});

Deno.test("labelsOfMergedPullRequest() unites the labels where no merge made the commit", async () => {
  await using fake = new FakeGitHub();
  fake.addPullRequest({ number: 6, mergeCommitSha: OTHER_SHA, commits: [SHA], labels: ["b", "a"] });
  fake.addPullRequest({ number: 7, mergeCommitSha: OTHER_SHA, commits: [SHA], labels: ["c", "b"] });
  const { github } = connectTo(fake);
  assert.deepEqual(await labelsOfMergedPullRequest(github, SHA, "main"), ["a", "b", "c"]);
});

Deno.test("labelsOfMergedPullRequest() passes over other pull requests with the commit", async () => {
  await using fake = new FakeGitHub();
  fake.addPullRequest({ number: 5, commits: [SHA], labels: ["open"] });
  fake.addPullRequest({ number: 6, state: "closed", commits: [SHA], labels: ["closed"] });
  fake.addPullRequest({
    number: 7,
    mergeCommitSha: SHA,
    baseRef: "release",
    commits: [SHA],
    labels: ["other branch"],
  });
  fake.addPullRequest({
    number: 8,
    mergeCommitSha: SHA,
    baseRepository: "fork/infrastructure",
    commits: [SHA],
    labels: ["other repository"],
  });
  const { github } = connectTo(fake);
  assert.deepEqual(await labelsOfMergedPullRequest(github, SHA, "main"), []);
});

Deno.test("labelsOfMergedPullRequest() reads past the first page", async () => {
  await using fake = new FakeGitHub();
  for (let number = 1; number <= 120; number++) {
    fake.addPullRequest({
      number,
      mergeCommitSha: number === 120 ? SHA : OTHER_SHA,
      commits: [SHA],
      labels: [`label ${number}`],
    });
  }
  const { github } = connectTo(fake);
  assert.deepEqual(await labelsOfMergedPullRequest(github, SHA, "main"), ["label 120"]);
});

Deno.test("labelsOfMergedPullRequest() is empty for a commit that was pushed directly", async () => {
  await using fake = new FakeGitHub();
  fake.commits.add(SHA);
  assert.deepEqual(await labelsOfMergedPullRequest(connectTo(fake).github, SHA, "main"), []);
});

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
  fake.commits.add(SHA);
  fake.tokens.set(TOKEN, new Set());
  await assert.rejects(labelsOfMergedPullRequest(connectTo(fake).github, SHA, "main"), {
    name: "UserError",
    message: /; give the job "pull-requests: read" under "permissions"$/,
  });
});
