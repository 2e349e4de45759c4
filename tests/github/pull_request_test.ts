import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { checkPullRequest } from "../../src/github/pull_request.ts";
import { connectTo } from "./connected.ts";
import { FakeGitHub, TOKEN } from "./fake_github.ts";

Deno.test.sanitizer({ ops: true, resources: true });

Deno.test("checkPullRequest() believes an open pull request at the commit", async () => {
  await using fake = new FakeGitHub();
  fake.addPullRequest({ number: 7, headSha: "b".repeat(40) });
  fake.tokens.set(TOKEN, new Set(["pull-requests: read"]));
  await checkPullRequest(connectTo(fake).github, 7, "b".repeat(40));
});

Deno.test("checkPullRequest() refuses a closed pull request", async () => {
  await using fake = new FakeGitHub();
  fake.addPullRequest({ number: 7, state: "closed" });
  await assert.rejects(checkPullRequest(connectTo(fake).github, 7, "a".repeat(40)), {
    name: "UserError",
    message: "Cannot comment on pull request 7: expected it to be open, found it closed; reopen " +
      "it to get a comment",
  });
});

Deno.test("checkPullRequest() names everything that is wrong, with nothing hidden in it", async () => {
  await using fake = new FakeGitHub();
  fake.addPullRequest({
    number: 7,
    state: "closed",
    baseRepository: "evil/\u202einfrastructure",
  });
  const error = await checkPullRequest(connectTo(fake).github, 7, "b".repeat(40))
    .catch((error) => error);
  assert(error instanceof UserError);
  assert.equal(error.problems.length, 3);
  assert.match(error.message, /found one to evil\/\\u\{202e\}infrastructure/);
  assert.match(error.message, /expected its head to be b{40}, .+, found a{40};/);
});

Deno.test("checkPullRequest() says where the pull request does not exist", async () => {
  await using fake = new FakeGitHub();
  await assert.rejects(checkPullRequest(connectTo(fake).github, 7, "a".repeat(40)), {
    name: "UserError",
    message: /^Cannot read pull request 7: GitHub answered 404 .+ pull request 7 is gone/,
  });
});

Deno.test("checkPullRequest() believes a pull request of a fork, to whatever branch", async () => {
  await using fake = new FakeGitHub();
  fake.addPullRequest({ number: 2_147_483_647, headSha: "b".repeat(40), baseRef: "next" });
  await checkPullRequest(connectTo(fake).github, 2_147_483_647, "b".repeat(40));
});

const FINE = {
  number: 7,
  state: "open",
  head: { sha: "a".repeat(40) },
  base: { repo: { full_name: "octo/infrastructure" } },
};

/** What GitHub does not answer, and what the line has to say. */
const ANSWERS: readonly (readonly [what: string, answer: unknown, line: RegExp])[] = [
  [
    "another pull request",
    { ...FINE, number: 8 },
    /expected GitHub to answer about it, .* about 8/,
  ],
  ["no number", { ...FINE, number: undefined }, /"number": expected a number, found nothing/],
  ["an unknown state", { ...FINE, state: "draft\n::error::" }, /found it draft\\n::error::;/],
  ["a state of no text", { ...FINE, state: true }, /"state": expected text/],
  ["a merged one", { ...FINE, state: "merged" }, /expected it to be open, found it merged/],
  ["no head", { ...FINE, head: null }, /"head": expected a mapping/],
  ["a head without a commit", { ...FINE, head: {} }, /"head\.sha": expected text/],
  [
    "a shorter commit",
    { ...FINE, head: { sha: "a".repeat(39) } },
    /its head to be a{40}, .* a{39};/,
  ],
  [
    "a longer commit",
    { ...FINE, head: { sha: "a".repeat(41) } },
    /its head to be a{40}, .* a{41};/,
  ],
  ["no base", { ...FINE, base: null }, /"base": expected a mapping/],
  [
    "a base without repository",
    { ...FINE, base: { repo: null } },
    /"base\.repo": expected a mapping/,
  ],
  [
    "a repository with a longer name",
    { ...FINE, base: { repo: { full_name: "octo/infrastructure2" } } },
    /expected a pull request to octo\/infrastructure, found one to octo\/infrastructure2;/,
  ],
  ["a list", [FINE], /expected a mapping, found a list/],
  ["a text", "open", /expected a mapping, found/],
  ["nothing", null, /expected a mapping, found/],
];

for (const [what, answer, line] of ANSWERS) {
  Deno.test(`checkPullRequest() does not believe ${what}`, async () => {
    await using fake = new FakeGitHub();
    fake.fail({ fault: { kind: "answer", body: JSON.stringify(answer) } });
    const error = await checkPullRequest(connectTo(fake).github, 7, "a".repeat(40))
      .catch((error) => error);
    assert.ok(error instanceof UserError, String(error));
    assert.equal(error.problems.length, 1);
    assert.match(error.message, line);
    assert.match(error.message, /^Cannot (?:comment on|read) pull request 7: [^\n]+$/);
  });
}

Deno.test("checkPullRequest() believes the answer that GitHub gives", async () => {
  await using fake = new FakeGitHub();
  fake.fail({ fault: { kind: "answer", body: JSON.stringify(FINE) } });
  await checkPullRequest(connectTo(fake).github, 7, "a".repeat(40));
});
