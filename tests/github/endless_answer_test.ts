import assert from "node:assert/strict";
import { failure, fakeWithPullRequest, Identified, LIST, read } from "./calls.ts";
import { connectTo } from "./connected.ts";

Deno.test("GitHub.list() ends with the time where a list has pages without end", async () => {
  await using fake = fakeWithPullRequest();
  const link = `<${fake.url}/repos/octo/infrastructure/issues/7/comments>; rel="next"`;
  fake.fail({ fault: { kind: "answer", body: "[]", headers: { link } }, times: 1_000_000 });
  const start = performance.now();
  const { github } = connectTo(fake, { totalTimeMs: 200 });
  assert.match(await failure(github.list(LIST, Identified)), /did not answer within 0\.2 s/);
  assert.ok(performance.now() - start < 5_000);
});

Deno.test("GitHub.request() refuses an answer that is nested deeper than any of GitHub's", async () => {
  for (const status of [200, 500]) {
    await using fake = fakeWithPullRequest();
    const body = `{"number":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    fake.fail({ fault: { kind: "answer", status, body } });
    const message = await failure(read(connectTo(fake).github));
    assert.match(message, /expected at most 100 levels of JSON, found more/);
  }
});
