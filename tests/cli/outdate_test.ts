import assert from "node:assert/strict";
import type { FakePullRequest } from "../github/fake_github.ts";
import { TOKEN } from "../github/fake_github.ts";
import { Following, said, SHA } from "./following.ts";

const B = "b".repeat(40);

/** A pull request with a comment, and how it moved on. */
async function moved(change: Partial<FakePullRequest>): Promise<Following> {
  const following = await Following.of();
  await following.comment();
  following.github.addPullRequest({ number: 7, headSha: SHA, ...change });
  return following;
}

Deno.test("outdate marks the comment where the head has moved on, and a new plan takes it back", async () => {
  await using following = await moved({ headSha: B });
  const [before = ""] = following.bodies;
  assert.deepEqual(await following.outdate(), said("Marked the comment as out of date"));
  const [body = ""] = following.bodies;
  assert.match(body, /^> \[!WARNING\]\n> This plan is out of date: .*\[aaaaaaa\].*\[bbbbbbb\]/m);
  assert.deepEqual(await following.outdate(), said("No comment is out of date"));

  assert.deepEqual(await following.comment({ RUN_HEAD_SHA: B }), said("Updated the comment"));
  assert.deepEqual(following.bodies, [before.replaceAll(SHA, B).replaceAll("aaaaaaa", "bbbbbbb")]);
  assert.deepEqual(await following.outdate(), said("No comment is out of date"));
});

Deno.test("outdate marks the comment where the pull request goes to another branch", async () => {
  await using following = await moved({ baseRef: "next" });
  assert.deepEqual(await following.outdate(), said("Marked the comment as out of date"));
  assert.match(following.bodies[0] ?? "", /goes to another branch now/);
});

Deno.test("outdate writes nothing where the plan is of the head, or there is no comment", async () => {
  await using current = await moved({});
  const [before] = current.bodies;
  assert.deepEqual(await current.outdate(), said("No comment is out of date"));
  assert.deepEqual(current.bodies, [before]);

  await using silent = await Following.of();
  assert.deepEqual(await silent.outdate(), said("No comment is out of date"));
  assert.deepEqual(silent.github.writes(), []);
});

Deno.test("outdate says what it is not allowed to do", async () => {
  await using following = await moved({ headSha: B });
  following.github.tokens.set(TOKEN, new Set(["pull-requests: read"]));
  const { code, err } = await following.outdate();
  assert.equal(code, 1);
  assert.match(err, /^Cannot write the comment on pull request 7: .* "pull-requests: write"/);
});

Deno.test("outdate marks the comments of the workflows that are followed as well", async () => {
  await using following = await moved({});
  await following.comment({ FOLLOWED: "Check" });
  following.github.addPullRequest({ number: 7, headSha: B });
  const env = { FOLLOWS: '["Check", "Other"]' };
  assert.deepEqual(await following.outdate(env), said("Marked the comment as out of date"));
  assert.equal(following.bodies.length, 2);
  for (const body of following.bodies) assert.match(body, /> This plan is out of date/);
  assert.deepEqual(await following.outdate(env), said("No comment is out of date"));
});
