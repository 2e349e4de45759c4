import assert from "node:assert/strict";
import { z } from "../../src/zod.ts";
import { UserError } from "../../src/errors.ts";
import { type ApiSettings, connect, type GitHub } from "../../src/github/api.ts";
import type { Call } from "../../src/github/call.ts";
import { VERSION } from "../../src/version.ts";
import { connectTo } from "./connected.ts";
import { FakeGitHub, TOKEN } from "./fake_github.ts";

Deno.test.sanitizer({ ops: true, resources: true });

const READ: Call = {
  route: "GET /repos/{owner}/{repo}/pulls/{pull_number}",
  parameters: { pull_number: 7 },
  failing: "Cannot read pull request 7",
  subject: "pull request 7",
  permission: "pull-requests: read",
};
const LIST: Call = {
  ...READ,
  route: "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
  parameters: { issue_number: 7 },
};
const WRITE: Call = {
  ...READ,
  route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  parameters: { issue_number: 7, body: "Hello" },
};
const Numbered = z.object({ number: z.number() });
const Identified = z.object({ id: z.number() });

function fakeWithPullRequest(): FakeGitHub {
  const fake = new FakeGitHub();
  fake.addPullRequest({ number: 7 });
  return fake;
}

async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => "no error", (error) => error);
  assert(error instanceof UserError, String(error));
  assert(!error.message.includes(TOKEN));
  return error.message;
}

function read(github: GitHub): Promise<{ number: number }> {
  return github.request(READ, Numbered);
}

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

Deno.test("GitHub.request() never repeats what GitHub refused", async () => {
  await using fake = new FakeGitHub();
  assert.match(await failure(read(connectTo(fake).github)), /GitHub answered 404/);
  assert.equal(fake.requests.length, 1);
});

Deno.test("GitHub.request() tries again where GitHub had an error, and says so", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "error", status: 502, message: "Bad\nGateway" }, times: 3 });
  const { github, lines } = connectTo(fake);
  assert.deepEqual(await read(github), { number: 7 });
  assert.deepEqual(lines, [
    "GitHub answered 502 (Bad\\nGateway): trying again in 1 s",
    "GitHub answered 502 (Bad\\nGateway): trying again in 4 s",
    "GitHub answered 502 (Bad\\nGateway): trying again in 9 s",
  ]);
});

Deno.test("GitHub.request() gives up where GitHub's errors last", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "error", status: 503, message: "Unavailable" }, times: 100 });
  assert.equal(
    await failure(read(connectTo(fake).github)),
    "Cannot read pull request 7: GitHub answered 503 (Unavailable); rerun the job; " +
      "https://www.githubstatus.com says whether GitHub is well",
  );
  assert.equal(fake.requests.length, 4);
});

Deno.test("GitHub.request() counts the tries of each call by itself", async () => {
  await using fake = fakeWithPullRequest();
  const { github, lines } = connectTo(fake);
  const fault = { kind: "error", status: 502, message: "" } as const;
  fake.fail({ fault, times: 2 });
  await read(github);
  fake.fail({ fault, times: 1 });
  await read(github);
  assert.deepEqual(lines.map((line) => /in \d+ s/.exec(line)?.[0]), ["in 1 s", "in 4 s", "in 1 s"]);
});

Deno.test("GitHub.request() does not begin to wait for longer than the time allows", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "error", status: 502 }, times: 100 });
  const { github, lines } = connectTo(fake, { totalTimeMs: 1_000, retryDelayMs: 300 });
  const start = performance.now();
  assert.match(await failure(read(github)), /GitHub answered 502/);
  assert(performance.now() - start < 1_000);
  assert.equal(fake.requests.length, 2);
  assert.equal(lines.length, 1);
});

for (const status of [403, 429] as const) {
  Deno.test(`GitHub.request() waits for the rate limit of a ${status} to be reset`, async () => {
    await using fake = fakeWithPullRequest();
    fake.fail({ fault: { kind: "rate limit", status, resetsIn: 30 } });
    const { github, lines } = connectTo(fake);
    assert.deepEqual(await read(github), { number: 7 });
    assert.match(lines.join("\n"), /^GitHub's rate limit is used up: trying again in 3[01] s$/);
  });

  Deno.test(`GitHub.request() waits where a ${status} asks for fewer calls`, async () => {
    await using fake = fakeWithPullRequest();
    fake.fail({ fault: { kind: "secondary rate limit", status, retryAfter: 20 } });
    const { github, lines } = connectTo(fake);
    assert.deepEqual(await read(github), { number: 7 });
    assert.deepEqual(lines, ["GitHub asks for fewer calls: trying again in 20 s"]);
  });
}

Deno.test("GitHub.request() says until when a rate limit holds that it cannot wait for", async () => {
  await using fake = fakeWithPullRequest();
  const resetsIn = 3_000;
  fake.fail({ fault: { kind: "rate limit", resetsIn } });
  const { github, lines } = connectTo(fake, { totalTimeMs: 2_000 });
  const message = await failure(read(github));
  const [, until] = /GitHub takes no more calls until (\S+Z) \(API rate limit exceeded .+\); rerun/
    .exec(message) ?? [];
  assert(Math.abs(Date.parse(until ?? "") - Date.now() - resetsIn * 1_000) < 10_000, message);
  assert.equal(fake.requests.length, 1);
  assert.deepEqual(lines, []);
});

Deno.test("GitHub.request() takes a secondary limit without a date for one of a minute", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "secondary rate limit" } });
  const { github, lines } = connectTo(fake);
  await read(github);
  assert.deepEqual(lines, ["GitHub asks for fewer calls: trying again in 60 s"]);
});

Deno.test("GitHub.request() says until when a secondary limit holds that it cannot wait for", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "secondary rate limit", retryAfter: 3_000 } });
  const message = await failure(read(connectTo(fake, { totalTimeMs: 2_000 }).github));
  const [, until] = /GitHub takes no more calls until (\S+Z) \(You have exceeded .+\); rerun/
    .exec(message) ?? [];
  assert(Math.abs(Date.parse(until ?? "") - Date.now() - 3_000_000) < 10_000, message);
});

Deno.test("GitHub.request() does not repeat where a 429 does not say for how long", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "error", status: 429, message: "Too Many Requests" } });
  const message = await failure(read(connectTo(fake).github));
  assert.match(message, /GitHub takes no more calls until \S+Z \(Too Many Requests\); rerun/);
  assert.equal(fake.requests.length, 1);
});

Deno.test("GitHub.request() tries again where GitHub has an error after a rate limit", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "secondary rate limit", retryAfter: 5 } });
  fake.fail({ fault: { kind: "error", status: 502, message: "Bad Gateway" } });
  const { github, lines } = connectTo(fake);
  assert.deepEqual(await read(github), { number: 7 });
  assert.deepEqual(lines, [
    "GitHub asks for fewer calls: trying again in 5 s",
    "GitHub answered 502 (Bad Gateway): trying again in 1 s",
  ]);
});

Deno.test("GitHub.request() gives up where a rate limit is never lifted", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "rate limit", resetsIn: -1_000 }, times: 100 });
  assert.match(await failure(read(connectTo(fake).github)), /GitHub takes no more calls until/);
  assert.equal(fake.requests.length, 4);
});

Deno.test("GitHub.request() tries again where no answer comes", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "hang" } });
  const { github, lines } = connectTo(fake, { totalTimeMs: 2_000 });
  assert.deepEqual(await read(github), { number: 7 });
  assert.deepEqual(lines, ["GitHub did not answer within 0.5 s: trying again in 1 s"]);
});

Deno.test("GitHub.request() ends in time where no answer ever comes", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: { kind: "hang" }, times: 100 });
  const { github } = connectTo(fake, { totalTimeMs: 400 });
  const start = performance.now();
  assert.equal(
    await failure(read(github)),
    "Cannot read pull request 7: GitHub did not answer within 0.4 s; rerun the job; " +
      "https://www.githubstatus.com says whether GitHub is well",
  );
  assert(performance.now() - start < 1_000);
  assert.match(await failure(read(github)), /GitHub did not answer within 0.4 s/);
});

Deno.test("GitHub.request() says where nothing listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const host = `127.0.0.1:${listener.addr.port}`;
  listener.close();
  const lines: string[] = [];
  const github = connect({
    token: TOKEN,
    baseUrl: `http://${host}`,
    repository: "octo/infrastructure",
    log: (line) => lines.push(line),
    retryDelayMs: 1,
  });
  const message = await failure(read(github));
  assert(message.startsWith(`Cannot read pull request 7: GitHub at ${host} is out of reach (`));
  assert(message.includes("; check GITHUB_API_URL and the runner's network, then rerun the job"));
  assert.equal(lines.length, 3);
});

Deno.test("GitHub.request() says where connections are dropped", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let dropped = 0;
  const dropping = (async () => {
    for await (const connection of listener) {
      dropped++;
      connection.close();
    }
  })();
  const github = connect({
    token: TOKEN,
    baseUrl: `http://127.0.0.1:${listener.addr.port}`,
    repository: "octo/infrastructure",
    log: () => {},
    retryDelayMs: 1,
  });
  assert.match(await failure(read(github)), /is out of reach \(/);
  assert.equal(dropped, 4);
  listener.close();
  await dropping;
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
