import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { type ApiSettings, connect } from "../../src/github/api.ts";
import type { Call } from "../../src/github/call.ts";
import { VERSION } from "../../src/version.ts";
import * as z from "../../src/zod.ts";
import { failure, fakeWithPullRequest, LIST, READ, read, WRITE } from "./calls.ts";
import { connectTo } from "./connected.ts";
import { FakeGitHub, TOKEN } from "./fake_github.ts";
import { errorFault, type Fault, rateLimit, secondaryLimit } from "./fault.ts";
import { TestClock } from "./test_clock.ts";

Deno.test.sanitizer({ ops: true, resources: true });

const SETTINGS: ApiSettings = {
  token: TOKEN,
  baseUrl: "https://api.github.com",
  repository: "octo/infrastructure",
  log: () => {},
};

Deno.test("connect() names every setting that is unusable", () => {
  const settings = { ...SETTINGS, token: "", baseUrl: "file:///etc", repository: "infrastructure" };
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
  const message =
    "Cannot connect to GitHub: expected a token without spaces and line breaks; pass " +
    "it as GitHub gave it";
  assert.throws(() => connect({ ...SETTINGS, token: `${TOKEN}\n` }), { message });
});

Deno.test("connect() refuses what is not the name of a repository", () => {
  for (
    const repository of ["../infrastructure", "octo/..", "octo/a/b", "octo/a?b", "octo/", "./a"]
  ) {
    assert.throws(() => connect({ ...SETTINGS, repository }), UserError, repository);
  }
  for (const repository of ["octo/.github", "octo/a..b"]) connect({ ...SETTINGS, repository });
});

Deno.test("GitHub.request() says who asks, with which token, for which version", async () => {
  await using fake = fakeWithPullRequest();
  assert.deepEqual(await read(connectTo(fake).github), { number: 7 });
  const [request] = fake.requests;
  assert.equal(request?.headers.get("authorization"), `Bearer ${TOKEN}`);
  assert.equal(request?.headers.get("x-github-api-version"), "2022-11-28");
  assert.equal(request?.headers.get("user-agent"), `hubwright/${VERSION}`);
});

Deno.test("GitHub.request() keeps the path of the API's address", async () => {
  await using fake = new FakeGitHub("/api/v3");
  fake.addPullRequest({ number: 7 });
  const { github } = connectTo(fake, { baseUrl: `${fake.url}/` });
  assert.deepEqual(await read(github), { number: 7 });
});

Deno.test("GitHub.request() says what Deno must allow", {
  permissions: { net: false, read: true },
}, async () => {
  const github = connect({ ...SETTINGS, baseUrl: "https://github.example.edu/api/v3" });
  assert.equal(
    await failure(read(github)),
    "Cannot read pull request 7: Deno denies access to github.example.edu; add " +
      "--allow-net=github.example.edu to the command that starts hubwright",
  );
});

const WELL = "; try again; https://www.githubstatus.com says whether GitHub is well";
const NOT_GITHUB = "; check that GITHUB_API_URL is the address of GitHub's API and that no proxy " +
  "answers in its place";
const PERMISSION =
  '"pull-requests: read" under "permissions", or a token of your own that permission';
const answer = (body: string, status = 200, headers = {}): Fault => ({
  kind: "answer",
  status,
  body,
  headers,
});
const HTML = { "content-type": "text/html" };

const UNTIL = "GitHub takes no more calls until 2026-11-22T";
const USED_UP = "(API rate limit exceeded for installation.)";
const NEVER = "GitHub takes no more calls until 9999-12-31T00:00:00Z (No); try again after that";
const LATE_RESET = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1e300" };
const JSON_TYPE = '"application/json; charset=utf-8"';
const clock = new TestClock();
const unknown = (says: string) => `GitHub at HOST gave an unknown answer (${says})${NOT_GITHUB}`;

/** What a call for a list meets again and again, how often it is made, and what is said in the end. */
const ENDINGS: readonly (readonly [fault: Fault, tries: number, says: string])[] = [
  [
    errorFault(401, "Bad credentials"),
    1,
    "GitHub answered 401 (Bad credentials); pass a valid token, in a workflow the " +
    "job's own: github.token",
  ],
  [
    errorFault(403, "Resource not accessible by integration"),
    1,
    "GitHub answered 403 (Resource not accessible by integration); give the job " + PERMISSION,
  ],
  [
    errorFault(403, "Locked"),
    1,
    `GitHub answered 403 (Locked); fix what GitHub names, and check that the job has ${PERMISSION}`,
  ],
  [answer("\n<h1>Whoa there!</h1>", 400, HTML), 1, `GitHub answered 400${WELL}`],
  [errorFault(400, "x".repeat(9_999)), 1, `GitHub answered 400 (${"x".repeat(300)}...)${WELL}`],
  [errorFault(409, "It is empty."), 1, `GitHub answered 409 (It is empty.)${WELL}`],
  [errorFault(410, "Gone"), 1, `GitHub answered 410 (Gone)${WELL}`],
  [answer("\u001b[tea\u0007", 418), 1, `GitHub answered 418 (\\u{1b}[tea\\u{7})${WELL}`],
  [
    answer('{"message":"No","errors":["a",{"field":"b","code":"c"},{"message":"d"}]}', 422),
    1,
    `GitHub answered 422 (No: a: b: c: d)${WELL}`,
  ],
  [answer('{"message":"No","errors":[null]}', 422), 1, `GitHub answered 422 (No)${WELL}`],
  [answer("", 301, { location: "" }), 4, `GitHub answered 301${WELL}`],
  [errorFault(503, "Unavailable"), 4, `GitHub answered 503 (Unavailable)${WELL}`],
  [{ kind: "hang" }, 4, `GitHub did not answer within 120 s${WELL}`],
  [rateLimit(clock, -9), 4, `${UNTIL}00:00:04Z ${USED_UP}; try again after that`],
  [rateLimit(clock, 3_000), 1, `${UNTIL}00:50:01Z ${USED_UP}; try again after that`],
  [errorFault(429, "No", { "retry-after": "1e20" }), 1, NEVER],
  [errorFault(403, "No", LATE_RESET), 1, NEVER],
  [
    answer("[1", 200, HTML),
    1,
    unknown('expected JSON, found something else of the type "text/html"'),
  ],
  [
    answer('[{"id":1},'),
    1,
    unknown(`expected JSON, found something else of the type ${JSON_TYPE}`),
  ],
  [answer(""), 1, unknown("expected JSON, found nothing")],
  [answer('{"total_count":1}'), 1, unknown("Cannot read it: expected a list, found a mapping")],
  [answer("null"), 1, unknown("Cannot read it: expected a list, found nothing")],
  [
    answer('[{"id":"7"}]'),
    1,
    unknown('Cannot read "[0].id": expected a number, found the text "7"'),
  ],
  [
    answer("[".repeat(50_000) + "]".repeat(50_000)),
    1,
    unknown('Cannot read "[0]": expected a mapping, found a list'),
  ],
  [
    answer("[]", 200, { link: '<http://[>; rel="next"' }),
    1,
    unknown('expected an address, found "http://["'),
  ],
  [
    answer("", 302, { location: "http://[a" }),
    1,
    unknown('expected an address, found "http://[a"'),
  ],
];

for (const [fault, tries, says] of ENDINGS) {
  Deno.test(`GitHub.list() ends in time: ${says.slice(0, 150)}`, async () => {
    await using fake = fakeWithPullRequest();
    fake.fail({ fault, times: 100 });
    const start = fake.clock.now();
    const message = await failure(connectTo(fake).github.list(LIST));
    const { host } = new URL(fake.url);
    assert.equal(message, `Cannot read pull request 7: ${says.replace("HOST", host)}`);
    assert.equal(fake.requests.length, tries);
    assert(fake.clock.now() - start <= 120_000);
  });
}

Deno.test("GitHub.request() says what GitHub does not know, and what it accepts", async () => {
  await using fake = new FakeGitHub();
  const { github } = connectTo(fake);
  assert.equal(
    await failure(read(github)),
    "Cannot read pull request 7: GitHub answered 404 (Not Found); either pull request 7 is gone " +
      `or the token cannot see it: check that it exists and that the job has ${PERMISSION}`,
  );
  fake.addPullRequest({ number: 7 });
  assert.match(
    await failure(github.request({ ...WRITE, body: { body: "" }, accepted: "a text" })),
    /GitHub answered 422 \(Validation Failed: body: missing_field\); expected a text$/,
  );
});

Deno.test("GitHub.list() reads a list that lies in an object, page by page", async () => {
  await using fake = fakeWithPullRequest();
  const link = `<${fake.url}/repos/octo/infrastructure/actions/runs/1/jobs?page=2>; rel="next"`;
  fake.fail({ fault: answer('{"total_count":2,"jobs":[{"id":1}]}', 200, { link }) });
  fake.fail({ fault: answer('{"total_count":2,"jobs":[{"id":2}]}') });
  const call: Call<{ id: number }[]> = {
    ...READ,
    path: "actions/runs/1/jobs?filter=latest",
    answer: z.pipe(
      z.object({ jobs: z.array(z.object({ id: z.number() })) }),
      z.transform(({ jobs }) => jobs),
    ),
  };
  assert.deepEqual(await connectTo(fake).github.list(call), [{ id: 1 }, { id: 2 }]);
  assert.deepEqual(fake.requests.map(({ query }) => query), [
    "?filter=latest&per_page=100",
    "?page=2",
  ]);
});

Deno.test("GitHub.wait() waits no longer than there is time for", async () => {
  await using fake = fakeWithPullRequest();
  const { github } = connectTo(fake);
  const start = fake.clock.now();
  await github.wait(119_000);
  await github.wait(10_000);
  assert.equal(fake.clock.now() - start, 120_000);
  assert.match(await failure(read(github)), /GitHub did not answer within 120 s/);
});

/** Where an answer may lead to that must not see the token. */
const ELSEWHERE: readonly (readonly [what: string, place: (other: string) => Fault])[] = [
  ["a next page", (url) => answer("[]", 200, { link: `<${url}/x>; rel="next"` })],
  ["a redirect", (url) => answer("", 302, { location: `${url}/x` })],
  ["a file", () => answer("", 302, { location: "file:///etc/passwd" })],
  ["data", () => answer("", 307, { location: "data:application/json,[]" })],
];

for (const [what, place] of ELSEWHERE) {
  Deno.test(`GitHub.list() does not show the token to ${what} elsewhere`, async () => {
    await using fake = fakeWithPullRequest();
    await using other = fakeWithPullRequest();
    fake.fail({ fault: place(other.url) });
    const message = await failure(connectTo(fake).github.list(LIST));
    assert(message.includes(`GitHub at ${fake.url} points to `), message);
    assert(message.endsWith(`, which must not see the token${NOT_GITHUB}`), message);
    assert.deepEqual([fake.requests.length, other.requests.length], [1, 0]);
  });
}

for (const status of [301, 302, 307, 308]) {
  Deno.test(`GitHub.request() repeats a write as a redirect of ${status} says`, async () => {
    await using fake = fakeWithPullRequest();
    fake.addPullRequest({ number: 8 });
    const location = "/repos/octo/infrastructure/issues/8/comments";
    fake.fail({ fault: answer("", status, { location }) });
    await connectTo(fake).github.request(WRITE);
    assert.deepEqual(fake.comments.map(({ pullRequest, body }) => [pullRequest, body]), [
      [8, "Hello"],
    ]);
  });
}

Deno.test("GitHub.find() and GitHub.remove() know of what is gone, and of nothing else", async () => {
  await using fake = fakeWithPullRequest();
  const gone: Call<unknown> = { ...READ, method: "DELETE", path: "issues/comments/1" };
  const { github } = connectTo(fake);
  await github.remove(gone);
  assert.deepEqual(await github.find(READ), { number: 7 });
  assert.equal(await github.find({ ...READ, path: "pulls/8" }), undefined);
  fake.tokens.set(TOKEN, new Set());
  for (const work of [github.remove(gone), github.find(READ)]) {
    assert.match(await failure(work), /GitHub answered 403/);
  }
});

const FEWER = "(You have exceeded a secondary rate limit. Please wait a few minutes before you " +
  "try again.): trying again in";
const IN_WORDS = { "retry-after": "Wed, 21 Oct 2099 07:28:00 GMT" };

/** Calls that go wrong at first, and what is said about each. */
const REPEATED: readonly (readonly [fault: Fault, says: string])[] = [
  [errorFault(502, "Bad\nGateway"), "GitHub answered 502 (Bad\\nGateway): trying again in 1 s"],
  [{ kind: "hang" }, "GitHub did not answer within 30 s: trying again in 1 s"],
  [rateLimit(clock, 30), `${UNTIL}00:00:31Z ${USED_UP}: trying again in 31 s`],
  [rateLimit(clock, 30, 429), `${UNTIL}00:00:31Z ${USED_UP}: trying again in 31 s`],
  [rateLimit(clock, -1_000), `${UNTIL}00:00:01Z ${USED_UP}: trying again in 1 s`],
  [secondaryLimit(20), `${UNTIL}00:00:20Z ${FEWER} 20 s`],
  [secondaryLimit(20, 429), `${UNTIL}00:00:20Z ${FEWER} 20 s`],
  [secondaryLimit(), `${UNTIL}00:01:00Z ${FEWER} 60 s`],
  [errorFault(429, "Slow down"), `${UNTIL}00:01:00Z (Slow down): trying again in 60 s`],
  [errorFault(429, "Wait", IN_WORDS), `${UNTIL}00:01:00Z (Wait): trying again in 60 s`],
];

for (const [fault, says] of REPEATED) {
  Deno.test(`GitHub.request() says: ${says}`, async () => {
    await using fake = fakeWithPullRequest();
    fake.fail({ fault });
    const { github, lines } = connectTo(fake);
    assert.deepEqual(await read(github), { number: 7 });
    assert.deepEqual(lines, [says]);
  });
}

Deno.test("GitHub.request() waits longer each time, and counts for each call by itself", async () => {
  await using fake = fakeWithPullRequest();
  const { github, lines } = connectTo(fake);
  fake.fail({ fault: errorFault(502), times: 3 });
  await read(github);
  fake.fail({ fault: errorFault(502) });
  await read(github);
  assert.deepEqual(lines.map((line) => /in \d+ s$/.exec(line)?.[0]), [
    "in 1 s",
    "in 4 s",
    "in 9 s",
    "in 1 s",
  ]);
});

Deno.test("GitHub.request() has only the time that earlier calls have left", async () => {
  await using fake = fakeWithPullRequest();
  const { github, lines } = connectTo(fake);
  fake.clock.pass(118_500);
  fake.fail({ fault: errorFault(502), times: 9 });
  assert.match(await failure(read(github)), /GitHub answered 502/);
  assert.equal(lines.length, 1);
  fake.clock.pass(1_000);
  assert.match(await failure(read(github)), /GitHub did not answer within 120 s/);
  assert.equal(fake.requests.length, 2);
});

Deno.test("connect() keeps the token out of what GitHub repeats", async () => {
  await using fake = fakeWithPullRequest();
  fake.fail({ fault: errorFault(502, `Bad header: ${TOKEN}`) });
  fake.fail({ fault: errorFault(400, `${"x".repeat(290)}${TOKEN}`) });
  const { github, lines } = connectTo(fake);
  assert.match(await failure(read(github)), /GitHub answered 400 \(x+\*\*\*\)/);
  assert.deepEqual(lines, ["GitHub answered 502 (Bad header: ***): trying again in 1 s"]);
});
