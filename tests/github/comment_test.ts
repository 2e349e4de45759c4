import assert from "node:assert/strict";
import { COMMENT_MARKER, upsertComment } from "../../src/github/comment.ts";
import { connectTo } from "./connected.ts";
import { ACTIONS_BOT, FakeGitHub, type FakeUser, TOKEN } from "./fake_github.ts";

Deno.test.sanitizer({ ops: true, resources: true });

const BODY = `${COMMENT_MARKER}\nOne hub`;
const OLD_BODY = `${COMMENT_MARKER}\nTwo hubs`;
const CREATE = { createIfAbsent: true };
const COMMENTS = "/repos/octo/infrastructure/issues/comments";

function fakeWithPullRequest(): FakeGitHub {
  const fake = new FakeGitHub();
  fake.addPullRequest({ number: 7 });
  return fake;
}

function bodies({ comments }: FakeGitHub): string[] {
  return comments.map(({ body }) => body);
}

Deno.test("upsertComment() creates a comment where there is none", async () => {
  await using fake = fakeWithPullRequest();
  assert.equal(await upsertComment(connectTo(fake).github, 7, BODY, CREATE), "created");
  assert.deepEqual(bodies(fake), [BODY]);
  assert.deepEqual(fake.writes(), ["POST /repos/octo/infrastructure/issues/7/comments"]);
});

Deno.test("upsertComment() creates none where none is wanted", async () => {
  await using fake = fakeWithPullRequest();
  const { github } = connectTo(fake);
  assert.equal(await upsertComment(github, 7, BODY, { createIfAbsent: false }), "none");
  assert.deepEqual(fake.comments, []);
});

Deno.test("upsertComment() updates a comment even where none would be created", async () => {
  await using fake = fakeWithPullRequest();
  const { id } = fake.addComment(7, OLD_BODY);
  const { github } = connectTo(fake);
  assert.equal(await upsertComment(github, 7, BODY, { createIfAbsent: false }), "updated");
  assert.deepEqual(bodies(fake), [BODY]);
  assert.deepEqual(fake.writes(), [`PATCH ${COMMENTS}/${id}`]);
});

Deno.test("upsertComment() writes nothing where the comment says it already", async () => {
  await using fake = fakeWithPullRequest();
  fake.addComment(7, BODY);
  assert.equal(await upsertComment(connectTo(fake).github, 7, BODY, CREATE), "unchanged");
  assert.deepEqual(fake.writes(), []);
});

Deno.test("upsertComment() finds a comment behind the first page", async () => {
  await using fake = fakeWithPullRequest();
  for (let count = 0; count < 230; count++) {
    fake.addComment(7, "Discussion", { login: "octocat", type: "User" });
  }
  const { id } = fake.addComment(7, OLD_BODY);
  assert.equal(await upsertComment(connectTo(fake).github, 7, BODY, CREATE), "updated");
  assert.equal(fake.comments.find((comment) => comment.id === id)?.body, BODY);
  assert.equal(fake.comments.length, 231);
  assert.equal(fake.requests.filter(({ method }) => method === "GET").length, 3);
});

const FOREIGN: readonly { whose: string; user: FakeUser | null; body: string }[] = [
  { whose: "a person's comment", user: { login: "octocat", type: "User" }, body: OLD_BODY },
  { whose: "a deleted user's comment", user: null, body: OLD_BODY },
  { whose: "another bot's comment", user: { login: "renovate[bot]", type: "Bot" }, body: OLD_BODY },
  {
    whose: "a comment of a person with the bot's name",
    user: { login: "github-actions[bot]", type: "User" },
    body: OLD_BODY,
  },
  { whose: "the bot's comment without the marker", user: ACTIONS_BOT, body: "Lint passed" },
  { whose: "the bot's comment that quotes the marker", user: ACTIONS_BOT, body: `> ${OLD_BODY}` },
];

for (const { whose, user, body } of FOREIGN) {
  Deno.test(`upsertComment() leaves ${whose} alone`, async () => {
    await using fake = fakeWithPullRequest();
    fake.addComment(7, body, user);
    assert.equal(await upsertComment(connectTo(fake).github, 7, BODY, CREATE), "created");
    assert.deepEqual(bodies(fake), [body, BODY]);
  });
}

Deno.test("upsertComment() leaves the comments of other pull requests alone", async () => {
  await using fake = fakeWithPullRequest();
  fake.addPullRequest({ number: 8 });
  fake.addComment(8, OLD_BODY);
  assert.equal(await upsertComment(connectTo(fake).github, 7, BODY, CREATE), "created");
  assert.deepEqual(bodies(fake), [OLD_BODY, BODY]);
});

Deno.test("upsertComment() updates the oldest of two comments and deletes the other", async () => {
  await using fake = fakeWithPullRequest();
  const oldest = fake.addComment(7, OLD_BODY);
  fake.addComment(7, BODY);
  assert.equal(await upsertComment(connectTo(fake).github, 7, BODY, CREATE), "updated");
  assert.deepEqual(fake.comments, [{ ...oldest, body: BODY }]);
});

Deno.test("upsertComment() deletes the newer of two comments where the older says it already", async () => {
  await using fake = fakeWithPullRequest();
  const oldest = fake.addComment(7, BODY);
  fake.addComment(7, OLD_BODY);
  assert.equal(await upsertComment(connectTo(fake).github, 7, BODY, CREATE), "unchanged");
  assert.deepEqual(fake.comments, [oldest]);
});

Deno.test("upsertComment() gives way to an older comment of a run that was faster", async () => {
  await using fake = fakeWithPullRequest();
  fake.before("POST", () => fake.addComment(7, OLD_BODY));
  assert.equal(await upsertComment(connectTo(fake).github, 7, BODY, CREATE), "updated");
  assert.deepEqual(fake.comments, [{ id: 1001, pullRequest: 7, body: BODY, user: ACTIONS_BOT }]);
});

Deno.test("upsertComment() leaves one comment where two runs are there at once", async () => {
  await using fake = fakeWithPullRequest();
  const runs = [BODY, OLD_BODY].map((body) =>
    upsertComment(connectTo(fake).github, 7, body, CREATE)
  );
  await Promise.all(runs);
  assert.equal(fake.comments.length, 1);
  assert.equal(fake.comments[0]?.id, 1001);
});

Deno.test("upsertComment() leaves one comment where a creation succeeded but looked failed", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ method: "POST", fault: { kind: "error", status: 502 }, applied: true });
  assert.equal(await upsertComment(connectTo(fake).github, 7, BODY, CREATE), "created");
  assert.deepEqual(bodies(fake), [BODY]);
  assert.equal(fake.writes().filter((write) => write.startsWith("POST")).length, 2);
});

Deno.test("upsertComment() accepts that a superfluous comment is gone already", async () => {
  await using fake = fakeWithPullRequest();
  fake.addComment(7, BODY);
  fake.addComment(7, BODY);
  fake.fail({ method: "DELETE", fault: { kind: "error", status: 502 }, applied: true });
  assert.equal(await upsertComment(connectTo(fake).github, 7, BODY, CREATE), "unchanged");
  assert.deepEqual(bodies(fake), [BODY]);
});

Deno.test("upsertComment() says where a superfluous comment cannot be deleted", async () => {
  await using fake = fakeWithPullRequest();
  fake.addComment(7, BODY);
  fake.addComment(7, BODY);
  fake.fail({ method: "DELETE", fault: { kind: "error", status: 403, message: "Locked" } });
  await assert.rejects(upsertComment(connectTo(fake).github, 7, BODY, CREATE), {
    name: "UserError",
    message: "Cannot delete a superfluous comment on pull request 7: GitHub answered 403 " +
      '(Locked); see to what GitHub names, and check that the job has "pull-requests: write" ' +
      'under "permissions"',
  });
});

Deno.test("upsertComment() names the permission that the token lacks", async () => {
  await using fake = fakeWithPullRequest();
  fake.tokens.set(TOKEN, new Set(["pull-requests: read"]));
  await assert.rejects(upsertComment(connectTo(fake).github, 7, BODY, CREATE), {
    name: "UserError",
    message: "Cannot write the comment on pull request 7: GitHub answered 403 (Resource not " +
      'accessible by integration); give the job "pull-requests: write" under "permissions"',
  });
});

Deno.test("upsertComment() says where the pull request is gone", async () => {
  await using fake = new FakeGitHub();
  await assert.rejects(upsertComment(connectTo(fake).github, 7, BODY, CREATE), {
    name: "UserError",
    message: "Cannot read the comments of pull request 7: GitHub answered 404 (Not Found); " +
      "either pull request 7 is gone or the token cannot see it: check that it exists and that " +
      'the job has "pull-requests: write" under "permissions"',
  });
});

Deno.test("upsertComment() says why GitHub does not accept a body", async () => {
  await using fake = fakeWithPullRequest();
  const long = COMMENT_MARKER + "x".repeat(65_537 - COMMENT_MARKER.length);
  await assert.rejects(upsertComment(connectTo(fake).github, 7, long, CREATE), {
    name: "UserError",
    message: "Cannot write the comment on pull request 7: GitHub answered 422 (Validation " +
      "Failed: Body is too long (maximum is 65536 characters)); expected a body of 1 to 65,536 " +
      "characters",
  });
  assert.equal(
    await upsertComment(connectTo(fake).github, 7, long.slice(0, -1), CREATE),
    "created",
  );
});

Deno.test("upsertComment() refuses a body that it could not find again", async () => {
  await using fake = fakeWithPullRequest();
  const { github } = connectTo(fake);
  await assert.rejects(upsertComment(github, 7, "Two hubs", CREATE), RangeError);
  assert.deepEqual(fake.requests, []);
});
