import assert from "node:assert/strict";
import { COMMENT_MARKER } from "../../src/github/comment.ts";
import { FakeGitHub, TOKEN } from "./fake_github.ts";

Deno.test.sanitizer({ ops: true, resources: true });

const MAIN = new URL("least_permissions_main.ts", import.meta.url);

Deno.test("connect() needs no permission but to reach the API, and lets the process end", async () => {
  await using fake = new FakeGitHub();
  const sha = "a".repeat(40);
  fake.addPullRequest({ number: 7, mergeCommitSha: sha, commits: [sha], labels: ["bug"] });
  const { host } = new URL(fake.url);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--cached-only",
      `--allow-net=${host}`,
      MAIN.href,
      fake.url,
      TOKEN,
      fake.repository,
      sha,
    ],
    signal: AbortSignal.timeout(8_000),
  }).output();
  assert.equal(new TextDecoder().decode(stderr), "");
  assert.equal(new TextDecoder().decode(stdout), "");
  assert.equal(code, 0);
  assert.deepEqual(fake.comments.map(({ body }) => body), [`${COMMENT_MARKER}\nbug`]);
});
