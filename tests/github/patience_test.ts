/** When calls are repeated, and for how long. */
import assert from "node:assert/strict";
import { connect } from "../../src/github/api.ts";
import { failure, fakeWithPullRequest, read } from "./calls.ts";
import { connectTo } from "./connected.ts";
import { FakeGitHub, TOKEN } from "./fake_github.ts";

Deno.test.sanitizer({ ops: true, resources: true });

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
  assert.match(await failure(read(github)), /GitHub answered 502/);
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
  assert.match(
    await failure(read(github)),
    /^Cannot read pull request 7: GitHub did not answer within 0\.\d s; rerun the job; https:.*well$/,
  );
  assert(fake.requests.length <= 4);
  assert.match(await failure(read(github)), /GitHub did not answer within 0\.\d s/);
  assert(fake.requests.length <= 5);
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
