import assert from "node:assert/strict";
import { readPullRequest, whySuperseded } from "../../src/github/pull_request.ts";
import { failure } from "./calls.ts";
import { connectTo } from "./connected.ts";
import { FakeGitHub, TOKEN } from "./fake_github.ts";

Deno.test.sanitizer({ ops: true, resources: true });

const [A, B] = ["a".repeat(40), "b".repeat(40)] as const;

Deno.test("readPullRequest() reads the state of a pull request, with a token that reads", async () => {
  await using fake = new FakeGitHub();
  const number = 2_147_483_647;
  fake.addPullRequest({ number, headSha: B, baseRef: "next" });
  fake.tokens.set(TOKEN, new Set(["pull-requests: read"]));
  const { github } = connectTo(fake);
  const open = { isOpen: true, headSha: B, baseRef: "next" };
  assert.deepEqual(await readPullRequest(github, number), open);
  assert.match(
    await failure(readPullRequest(github, 7)),
    /^Cannot read pull request 7: GitHub answered 404 .+ pull request 7 is gone/,
  );
});

const BASE = { ref: "main", repo: { full_name: "octo/infrastructure" } };
const FINE = { number: 7, state: "open", head: { sha: A }, base: BASE };
const EVIL = { full_name: "evil/\u202einfrastructure" };

/** What GitHub does not answer, and what the line has to say. */
const ANSWERS: readonly (readonly [answer: unknown, line: RegExp])[] = [
  [{ ...FINE, number: 8 }, /expected an answer about it and octo\/infrastructure, .* about 8 and/],
  [{ ...FINE, number: undefined }, /"number": expected a number, found nothing/],
  [{ ...FINE, state: true }, /"state": expected text/],
  [{ ...FINE, head: {} }, /"head\.sha": expected text/],
  [{ ...FINE, head: { sha: "a".repeat(39) } }, /"head\.sha": expected a hash/],
  [{ ...FINE, head: { sha: "main\n::error::" } }, /"head\.sha": expected a hash/],
  [{ ...FINE, base: null }, /"base": expected a mapping/],
  [{ ...FINE, base: { ...BASE, ref: 1 } }, /"base\.ref": expected text/],
  [{ ...FINE, base: { ...BASE, repo: null } }, /"base\.repo": expected a mapping/],
  [{ ...FINE, base: { ...BASE, repo: EVIL } }, /one about 7 and evil\/\\u\{202e\}infrastructure/],
  [null, /expected a mapping, found nothing/],
];

for (const [answer, line] of ANSWERS) {
  Deno.test(`readPullRequest() does not believe ${JSON.stringify(answer)}`, async () => {
    await using fake = new FakeGitHub();
    fake.fail({ fault: { kind: "answer", body: JSON.stringify(answer) } });
    const message = await failure(readPullRequest(connectTo(fake).github, 7));
    assert.match(message, /^Cannot read pull request 7: /);
    assert.match(message, line);
  });
}

Deno.test("whySuperseded() believes an open pull request at the commit, and no other", () => {
  const open = { isOpen: true, headSha: A, baseRef: "main" };
  assert.equal(whySuperseded(open, A), undefined);
  assert.equal(whySuperseded({ ...open, isOpen: false }, A), "it is closed");
  for (const other of [B, A.slice(1)]) {
    assert.equal(
      whySuperseded(open, other),
      `its head is ${A}, and the plan was made for ${other}`,
    );
  }
});
