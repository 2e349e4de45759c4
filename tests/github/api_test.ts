import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { type ApiSettings, connect } from "../../src/github/api.ts";
import type { Call } from "../../src/github/call.ts";
import { VERSION } from "../../src/version.ts";
import { failure, fakeWithPullRequest, Identified, LIST, READ, read, WRITE } from "./calls.ts";
import { connectTo } from "./connected.ts";
import { FakeGitHub, TOKEN } from "./fake_github.ts";

Deno.test.sanitizer({ ops: true, resources: true });

Deno.test("connect() names every setting that is unusable", () => {
  const settings: ApiSettings = {
    token: "",
    baseUrl: "file:///etc",
    repository: "infrastructure",
    log: () => {},
  };
  assert.throws(() => connect(settings), (error) => {
    assert(error instanceof UserError);
    assert.deepEqual(error.problems.map(({ message }) => message), [
      "Cannot connect to GitHub: expected a token, found none; pass one to this step, in a " +
      "workflow github.token",
      'Cannot connect to GitHub: expected the address of its API, such as "https://api.github.com"' +
      ', found "file:///etc"; set GITHUB_API_URL',
      'Cannot connect to GitHub: expected a repository as "owner/name", found "infrastructure"; ' +
      "set GITHUB_REPOSITORY",
    ]);
    return true;
  });
});

Deno.test("connect() does not repeat a token that is malformed", () => {
  const settings = {
    baseUrl: "https://api.github.com",
    repository: "octo/infrastructure",
    log: () => {},
  };
  assert.throws(() => connect({ ...settings, token: `${TOKEN}\n` }), (error) => {
    assert(error instanceof UserError);
    assert.match(error.message, /expected a token without spaces and line breaks/);
    assert(!error.message.includes(TOKEN));
    return true;
  });
});

for (const repository of ["../infrastructure", "octo/..", "octo/a/b", "octo/a?b", "octo/"]) {
  Deno.test(`connect() refuses the repository ${repository}`, () => {
    const settings = { token: TOKEN, baseUrl: "https://api.github.com", log: () => {} };
    assert.throws(() => connect({ ...settings, repository }), UserError);
  });
}

Deno.test("GitHub.request() says who asks, with which token, for which version", async () => {
  await using fake = fakeWithPullRequest();
  assert.deepEqual(await read(connectTo(fake).github), { number: 7 });
  const [request] = fake.requests;
  assert.equal(request?.headers.get("authorization"), `token ${TOKEN}`);
  assert.equal(request?.headers.get("x-github-api-version"), "2022-11-28");
  assert.match(request?.headers.get("user-agent") ?? "", new RegExp(`^hubwright/${VERSION} `));
});

Deno.test("GitHub.request() keeps the path of the API's address", async () => {
  await using fake = new FakeGitHub({ prefix: "/api/v3" });
  fake.addPullRequest({ number: 7 });
  const { github } = connectTo(fake, { baseUrl: `${fake.url}/` });
  assert.deepEqual(await read(github), { number: 7 });
});

Deno.test("GitHub.request() says where the token is not valid", async () => {
  await using fake = fakeWithPullRequest();
  assert.equal(
    await failure(read(connectTo(fake, { token: "expired" }).github)),
    "Cannot read pull request 7: GitHub answered 401 (Bad credentials); pass a valid token to " +
      "this step, in a workflow the job's own: github.token",
  );
  assert.equal(fake.requests.length, 1);
});

Deno.test("GitHub.request() says what Deno must allow", {
  permissions: { net: false, read: true },
}, async () => {
  const lines: string[] = [];
  const github = connect({
    token: TOKEN,
    baseUrl: "https://github.example.edu/api/v3",
    repository: "octo/infrastructure",
    log: (line) => lines.push(line),
  });
  assert.equal(
    await failure(read(github)),
    "Cannot read pull request 7: Deno denies access to github.example.edu; add " +
      "--allow-net=github.example.edu to the command that starts hubwright",
  );
  assert.deepEqual(lines, []);
});

Deno.test("GitHub.request() names the field that GitHub does not accept", async () => {
  await using fake = fakeWithPullRequest();
  const call = { ...WRITE, parameters: { issue_number: 7, body: "" } };
  const message = await failure(connectTo(fake).github.request(call, Identified));
  assert.match(message, /GitHub answered 422 \(Validation Failed: body: missing_field\)/);
});

Deno.test("GitHub.request() keeps a page of HTML out of its message", async () => {
  await using fake = fakeWithPullRequest();
  const headers = { "content-type": "text/html" };
  fake.fail({ fault: { kind: "answer", status: 400, body: "\n<h1>Whoa there!</h1>", headers } });
  assert.equal(
    await failure(read(connectTo(fake).github)),
    "Cannot read pull request 7: GitHub answered 400; rerun the job; https://www.githubstatus.com " +
      "says whether GitHub is well",
  );
});

Deno.test("GitHub.request() shortens a long message", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "error", status: 400, message: "x".repeat(10_000) } });
  assert.match(await failure(read(connectTo(fake).github)), /400 \(x{300}\.\.\.\); rerun the job/);
});

const UNREADABLE = "; check that GITHUB_API_URL is the address of GitHub's API and that no proxy " +
  "answers in its place";

Deno.test("GitHub.request() refuses an answer that is not JSON", async () => {
  await using fake = fakeWithPullRequest();
  const headers = { "content-type": "text/html" };
  fake.fail({ fault: { kind: "answer", body: "<h1>Log in</h1>", headers } });
  const message = await failure(read(connectTo(fake).github));
  assert(message.endsWith(
    ` gave an unknown answer (expected a JSON object or list, found other text of the type "text/html")${UNREADABLE}`,
  ));
});

Deno.test("GitHub.request() refuses an answer of another shape", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "answer", body: '{"number":"7"}' } });
  const message = await failure(read(connectTo(fake).github));
  assert.match(message, / gave an unknown answer \(Cannot read "number": expected a number/);
});

Deno.test("GitHub.request() refuses broken JSON", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "answer", body: '{"number":7' } });
  assert.match(await failure(read(connectTo(fake).github)), /gave an unknown answer/);
});

Deno.test("GitHub.list() does not take a lost connection for an empty list", async () => {
  await using fake = fakeWithPullRequest();
  const { id } = fake.addComment(7, "Hello");
  fake.fail({ fault: { kind: "cut off" } });
  assert.deepEqual(await connectTo(fake).github.list(LIST, Identified), [{ id }]);
  assert.equal(fake.requests.length, 2);
});

Deno.test("GitHub.list() does not take an empty answer for an empty list", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "answer", body: "" } });
  const message = await failure(connectTo(fake).github.list(LIST, Identified));
  assert.match(message, /gave an unknown answer \(expected a JSON object or list, found nothing\)/);
});

Deno.test("GitHub.list() does not take a conflict for an empty list", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "error", status: 409, message: "Git Repository is empty." } });
  const message = await failure(connectTo(fake).github.list(LIST, Identified));
  assert.match(message, /GitHub answered 409 \(Git Repository is empty\.\)/);
});

Deno.test("GitHub.list() refuses an object in place of a list", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "answer", body: "{}" } });
  const message = await failure(connectTo(fake).github.list(LIST, Identified));
  assert.match(message, /gave an unknown answer \(Cannot read "\[0\]\.id": expected a number/);
});

Deno.test("GitHub.list() does not show the token to the host of a next page", async () => {
  await using fake = fakeWithPullRequest();
  await using other = fakeWithPullRequest();
  const link = `<${other.url}/repos/octo/infrastructure/issues/7/comments?page=2>; rel="next"`;
  fake.fail({ fault: { kind: "answer", body: "[]", headers: { link } } });
  const message = await failure(connectTo(fake).github.list(LIST, Identified));
  assert.equal(
    message,
    `Cannot read pull request 7: GitHub at ${fake.url} points to ${other.url}, which must not ` +
      `see the token${UNREADABLE}`,
  );
  assert.deepEqual(other.requests, []);
});

Deno.test("GitHub.request() does not show the token to the host of a redirect", async () => {
  await using fake = fakeWithPullRequest();
  await using other = fakeWithPullRequest();
  const location = `${other.url}/repos/octo/infrastructure/pulls/7`;
  fake.fail({ fault: { kind: "redirect", status: 302, location } });
  assert.match(await failure(read(connectTo(fake).github)), /which must not see the token/);
  assert.deepEqual(other.requests, []);
  assert.equal(fake.requests.length, 1);
});

for (const status of [301, 302, 307, 308]) {
  Deno.test(`GitHub.request() repeats a write as a redirect of ${status} says`, async () => {
    await using fake = fakeWithPullRequest();
    fake.addPullRequest({ number: 8 });
    const location = "/repos/octo/infrastructure/issues/8/comments";
    fake.fail({ fault: { kind: "redirect", status, location } });
    await connectTo(fake).github.request(WRITE, Identified);
    assert.deepEqual(fake.comments.map(({ pullRequest, body }) => [pullRequest, body]), [
      [8, "Hello"],
    ]);
  });
}

Deno.test("GitHub.request() does not follow redirects in a circle", async () => {
  await using fake = fakeWithPullRequest();
  const location = "/repos/octo/infrastructure/pulls/7";
  fake.fail({ fault: { kind: "redirect", status: 301, location }, times: 100 });
  assert.match(await failure(read(connectTo(fake).github)), /gave an unknown answer/);
  assert.equal(fake.requests.length, 4);
});

Deno.test("GitHub.remove() takes what is gone for deleted", async () => {
  await using fake = fakeWithPullRequest();
  const call: Call = {
    ...READ,
    route: "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}",
    parameters: { comment_id: 1 },
  };
  await connectTo(fake).github.remove(call);
  assert.equal(fake.requests.length, 1);
  fake.tokens.set(TOKEN, new Set());
  assert.match(await failure(connectTo(fake).github.remove(call)), /GitHub answered 403/);
});

Deno.test("connect() logs through its settings alone", async (t) => {
  await using fake = fakeWithPullRequest();
  const printed: unknown[] = [];
  const { warn, error, log } = console;
  try {
    Object.assign(console, {
      warn: (...line: unknown[]) => printed.push(line),
      error: (...line: unknown[]) => printed.push(line),
      log: (...line: unknown[]) => printed.push(line),
    });
    await t.step("a deprecated route", async () => {
      const headers = { deprecation: "Sat, 01 Jan 2028 00:00:00 GMT", sunset: "\t2028" };
      fake.fail({ fault: { kind: "answer", body: '{"number":7}', headers } });
      const { github, lines } = connectTo(fake);
      await read(github);
      assert.match(lines.join("\n"), /is deprecated\. It is scheduled to be removed on 2028$/);
    });
    await t.step("another try", async () => {
      fake.fail({ fault: { kind: "error", status: 502 } });
      await read(connectTo(fake).github);
    });
  } finally {
    Object.assign(console, { warn, error, log });
  }
  assert.deepEqual(printed, []);
});

Deno.test("connect() keeps the token out of what GitHub repeats", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "error", status: 502, message: `Bad header: ${TOKEN}` } });
  fake.fail({ fault: { kind: "error", status: 400, message: `Bad header: ${TOKEN}` } });
  const { github, lines } = connectTo(fake);
  assert.match(await failure(read(github)), /GitHub answered 400 \(Bad header: \*\*\*\)/);
  assert.deepEqual(lines, ["GitHub answered 502 (Bad header: ***): trying again in 1 s"]);
});
