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

Deno.test("connect() names every setting that is unusable, and repeats no token", () => {
  const settings = { ...SETTINGS, token: "", baseUrl: "file:///etc", repository: "infrastructure" };
  assert.throws(() => connect(settings), {
    name: "UserError",
    message: [
      "expected a token, found none; pass one to this step, in a workflow github.token",
      'expected the address of its API, such as "https://api.github.com", found "file:///etc"; set ' +
      "GITHUB_API_URL",
      'expected a repository as "owner/name", found "infrastructure"; set GITHUB_REPOSITORY',
    ].map((why) => `Cannot connect to GitHub: ${why}`).join("\n"),
  });
  assert.throws(() => connect({ ...SETTINGS, token: `${TOKEN}\n` }), {
    message: "Cannot connect to GitHub: expected a token without spaces and line breaks; pass it " +
      "as GitHub gave it",
  });
});

Deno.test("connect() refuses what is not the name of a repository", () => {
  for (
    const repository of ["../infrastructure", "octo/..", "octo/a/b", "octo/a?b", "octo/", "./a"]
  ) {
    assert.throws(() => connect({ ...SETTINGS, repository }), UserError, repository);
  }
  for (const repository of ["octo/.github", "octo/a..b"]) connect({ ...SETTINGS, repository });
});

Deno.test("GitHub.request() says who asks, with which token, for which version, of any address", async () => {
  await using fake = new FakeGitHub("/api/v3");
  fake.addPullRequest({ number: 7 });
  const { github } = connectTo(fake, { baseUrl: `${fake.url}/` });
  assert.deepEqual(await read(github), { number: 7 });
  const [request] = fake.requests;
  assert.equal(request?.headers.get("authorization"), `Bearer ${TOKEN}`);
  assert.equal(request?.headers.get("x-github-api-version"), "2022-11-28");
  assert.equal(request?.headers.get("user-agent"), `hubwright/${VERSION}`);
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

const WELL = "try again; https://www.githubstatus.com says whether GitHub is well";
const NOT_GITHUB = "; check that GITHUB_API_URL is the address of GitHub's API and that no proxy " +
  "answers in its place";
const PERMISSION =
  '"pull-requests: read" under "permissions", or a token of your own that permission';
const HTML = { "content-type": "text/html" };
const UNTIL = "GitHub takes no more calls until 2026-11-22T";
const USED_UP = "(API rate limit exceeded for installation.)";
const NEVER = "GitHub takes no more calls until 9999-12-31T00:00:00Z (No); try again after that";
const LATE_RESET = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1e300" };
const clock = new TestClock();

/** What a call for a list meets again and again, how often it is made, and what is said in the end. */
type Ending = readonly [fault: Fault, tries: number, says: string];

const answer = (body: string, status = 200, headers = {}): Fault => (
  { kind: "answer", status, body, headers }
);
const refusal = (
  status: number,
  said: string,
  fix = WELL,
  tries = 1,
): Ending => [errorFault(status, said), tries, `GitHub answered ${status} (${said}); ${fix}`];
const unknown = (body: string, says: string, headers?: object, status?: number): Ending => [
  ...[answer(body, status, headers), 1] as const,
  `GitHub at HOST gave an unknown answer (${says})${NOT_GITHUB}`,
];
const noJson = (type: string) => `expected JSON, found something else of the type "${type}"`;

const ENDINGS: readonly Ending[] = [
  refusal(
    401,
    "Bad credentials",
    "pass a valid token, in a workflow the job's own: github.token",
  ),
  refusal(403, "Resource not accessible by integration", `give the job ${PERMISSION}`),
  refusal(403, "Locked", `fix what GitHub names, and check that the job has ${PERMISSION}`),
  refusal(409, "It is empty."),
  refusal(410, "Gone"),
  refusal(503, "Unavailable", WELL, 4),
  [answer("\n<h1>Whoa there!</h1>", 400, HTML), 1, `GitHub answered 400; ${WELL}`],
  [errorFault(400, "x".repeat(9_999)), 1, `GitHub answered 400 (${"x".repeat(300)}...); ${WELL}`],
  [answer("\u001b[tea\u0007", 418), 1, `GitHub answered 418 (\\u{1b}[tea\\u{7}); ${WELL}`],
  [
    answer('{"message":"No","errors":["a",{"field":"b","code":"c"},{"message":"d"}]}', 422),
    1,
    `GitHub answered 422 (No: a: b: c: d); ${WELL}`,
  ],
  [answer('{"message":"No","errors":[null]}', 422), 1, `GitHub answered 422 (No); ${WELL}`],
  [answer("", 301, { location: "" }), 4, `GitHub answered 301; ${WELL}`],
  [{ kind: "hang" }, 4, `GitHub did not answer within 120 s; ${WELL}`],
  [rateLimit(clock, -9), 4, `${UNTIL}00:00:04Z ${USED_UP}; try again after that`],
  [rateLimit(clock, 3_000), 1, `${UNTIL}00:50:01Z ${USED_UP}; try again after that`],
  [errorFault(429, "No", { "retry-after": "1e20" }), 1, NEVER],
  [errorFault(403, "No", LATE_RESET), 1, NEVER],
  unknown("[1", noJson("text/html"), HTML),
  unknown('[{"id":1},', noJson("application/json; charset=utf-8")),
  unknown("", "expected JSON, found nothing"),
  unknown('{"total_count":1}', "Cannot read it: expected a list, found a mapping"),
  unknown("null", "Cannot read it: expected a list, found nothing"),
  unknown('[{"id":"7"}]', 'Cannot read "[0].id": expected a number, found the text "7"'),
  unknown(
    "[".repeat(50_000) + "]".repeat(50_000),
    'Cannot read "[0]": expected a mapping, found a list',
  ),
  unknown("[]", 'expected an address, found "http://["', { link: '<http://[>; rel="next"' }),
  unknown("", 'expected an address, found "http://[a"', { location: "http://[a" }, 302),
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
  const queries = fake.requests.map(({ query }) => query);
  assert.deepEqual(queries, ["?filter=latest&per_page=100", "?page=2"]);
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

Deno.test("GitHub.request() repeats a write as a redirect says", async () => {
  for (const status of [301, 302, 307, 308]) {
    await using fake = fakeWithPullRequest();
    fake.addPullRequest({ number: 8 });
    const location = "/repos/octo/infrastructure/issues/8/comments";
    fake.fail({ fault: answer("", status, { location }) });
    await connectTo(fake).github.request(WRITE);
    const written = fake.comments.map(({ pullRequest, body }) => [pullRequest, body]);
    assert.deepEqual(written, [[8, "Hello"]], String(status));
  }
});

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
  for (const times of [3, 1]) {
    fake.fail({ fault: errorFault(502), times });
    await read(github);
  }
  assert.deepEqual(lines.map((line) => /in (\d+) s$/.exec(line)?.[1]), ["1", "4", "9", "1"]);
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
