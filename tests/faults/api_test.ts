/** An API that answers late, wrongly, without end or not at all. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors.ts";
import { connect, type GitHub } from "../../src/github/api.ts";
import { failure, fakeWithPullRequest, Identified, LIST } from "../github/calls.ts";
import { connectTo } from "../github/connected.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import type { Fault } from "../github/fault.ts";

/** Reads a list that fails; the answer is the line that says why. */
async function failureOf(github: GitHub): Promise<string> {
  const message = await failure(github.list(LIST, Identified));
  assert.match(message, /^Cannot read pull request 7: .*$/);
  return message;
}

function connectAt(url: string, totalTimeMs: number): { github: GitHub; lines: string[] } {
  const lines: string[] = [];
  const github = connect({
    token: TOKEN,
    baseUrl: url,
    repository: "octo/infrastructure",
    log: (line) => lines.push(line),
    totalTimeMs,
    retryDelayMs: 1,
  });
  return { github, lines };
}

const message = '{"message":"Slow down"}';
const limited = (status: number, headers: Readonly<Record<string, string>>): Fault => ({
  kind: "answer",
  status,
  body: message,
  headers,
});
const answer = (body: string, headers: Readonly<Record<string, string>> = {}): Fault => ({
  kind: "answer",
  body,
  headers,
});

/** Answers that GitHub does not give, and what is said about each. */
const ANSWERS: Readonly<Record<string, readonly [Fault, RegExp]>> = {
  "asks to wait for longer than there are dates": [
    limited(429, { "retry-after": "1e20" }),
    /takes no more calls until 9999-12-31T00:00:00Z \(Slow down\); rerun the job/,
  ],
  "asks to wait until after the last date": [
    limited(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1e300" }),
    /takes no more calls until 9999-12-31T00:00:00Z/,
  ],
  "asks to wait until some words": [
    limited(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon" }),
    /takes no more calls until 2\d{3}-/,
  ],
  "asks to wait until a day in words": [
    limited(429, { "retry-after": "Wed, 21 Oct 2099 07:28:00 GMT" }),
    /takes no more calls until 2\d{3}-/,
  ],
  "names no address for the next page": [
    answer("[]", { link: '<not a url>; rel="next"' }),
    /expected the address of the next page, found "not a url"/,
  ],
  "names half an address for the next page": [
    answer("[]", { link: '<http://[>; rel="next"' }),
    /expected the address of the next page, found "http:\/\/\["/,
  ],
  "counts in place of listing": [answer('{"total_count":1}'), /expected a list, found "total_cou/],
  "has errors that are none": [answer('{"errors":[null]}'), /gave an unknown answer/],
  "has no type": [answer("[1]", { "content-type": ";;;" }), /gave an unknown answer/],
  "is JSON that holds nothing": [answer("null"), /expected a JSON object or list/],
  "is deep": [answer("[".repeat(50_000) + "]".repeat(50_000)), /gave an unknown answer/],
  "redirects to a file": [
    { kind: "redirect", status: 302, location: "file:///etc/passwd" },
    /which must not see the token/,
  ],
  "redirects to data": [
    { kind: "redirect", status: 307, location: "data:application/json,[]" },
    /which must not see the token/,
  ],
  "redirects to half an address": [
    { kind: "redirect", status: 302, location: "http://[" },
    /Invalid URL/,
  ],
  "redirects to nowhere": [
    { kind: "redirect", status: 308, location: "" },
    /gave an unknown answer/,
  ],
  "is gone": [{ kind: "error", status: 410, message: "Gone" }, /GitHub answered 410 \(Gone\)/],
  "says that it is a teapot": [
    { kind: "answer", status: 418, body: "\u001b[31mteapot\u0007" },
    /GitHub answered 418 \(\\u\{1b\}\[31mteapot\\u\{7\}\)/,
  ],
  "claims to be compressed": [
    answer("[]", { "content-encoding": "gzip" }),
    /is out of reach \(unexpected end of file\)/,
  ],
};

for (const [what, [fault, says]] of Object.entries(ANSWERS)) {
  Deno.test(`GitHub.list() ends with one line where an answer ${what}`, async () => {
    await using fake = fakeWithPullRequest();
    fake.fail({ fault, times: 100 });
    assert.match(await failureOf(connectTo(fake).github), says);
  });
}

/** Bytes that are no answer, or the beginning of one, before the connection is closed. */
const BYTES: Readonly<Record<string, readonly [string, RegExp]>> = {
  "no HTTP": ["hello\r\n\r\n", /is out of reach/],
  "half a header": ["HTTP/1.1 200 OK\r\ncontent-le", /is out of reach/],
  "a header without end": [`HTTP/1.1 200 OK\r\nx: ${"a".repeat(1_000_000)}`, /is out of reach/],
  "half a body": [
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n[]",
    /is out of reach/,
  ],
  "half a chunk": [
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[]",
    /is out of reach/,
  ],
  "half a list": [
    'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[{"id":1},',
    /expected a JSON object or list/,
  ],
};

for (const [what, [bytes, says]] of Object.entries(BYTES)) {
  Deno.test(`GitHub.list() takes ${what} for no list`, async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const serving = (async () => {
      for await (const connection of listener) {
        // Closing while the request is half read resets the connection.
        await connection.read(new Uint8Array(10));
        await connection.write(new TextEncoder().encode(bytes)).catch(() => {});
        connection.close();
      }
    })();
    const { github } = connectAt(`http://127.0.0.1:${listener.addr.port}`, 5_000);
    assert.match(await failureOf(github), says);
    listener.close();
    await serving;
  });
}

/** A server whose answers have no end, of one kind or another. */
const ENDLESS: Readonly<Record<string, readonly [() => Response, RegExp, totalTimeMs: number]>> = {
  "a body without end": [
    () => stream((controller) => controller.enqueue(new Uint8Array(1 << 20).fill(32))),
    /expected at most 64000000 bytes, found more/,
    60_000,
  ],
  "a body a byte at a time": [
    () =>
      stream(async (controller) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        controller.enqueue(new Uint8Array([32]));
      }),
    /did not answer within 0\.\d s/,
    200,
  ],
};

function stream(
  pull: (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => unknown,
): Response {
  const body = new ReadableStream({ pull: async (controller) => void await pull(controller) });
  return new Response(body, { headers: { "content-type": "application/json" } });
}

for (const [what, [respond, says, totalTimeMs]] of Object.entries(ENDLESS)) {
  Deno.test(`GitHub.list() comes to an end with ${what}`, async () => {
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      respond,
    );
    const { github } = connectAt(`http://127.0.0.1:${server.addr.port}`, totalTimeMs);
    assert.match(await failureOf(github), says);
  });
}

Deno.test("GitHub.list() comes to an end with pages without end", async () => {
  let pages = 0;
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    ({ url }) => {
      const link = `<${new URL(url).origin}/page/${pages++}>; rel="next"`;
      return Response.json([], { headers: { link } });
    },
  );
  const { github } = connectAt(`http://127.0.0.1:${server.addr.port}`, 300);
  assert.match(await failureOf(github), /did not answer within 0\.\d s/);
  assert.ok(pages > 1);
});

Deno.test("GitHub.list() says where HTTPS meets a server without", async () => {
  await using fake = new FakeGitHub();
  const { github } = connectAt(fake.url.replace("http:", "https:"), 5_000);
  assert.match(await failureOf(github), /is out of reach \(.*InvalidContentType/);
  assert.deepEqual(fake.requests, []);
});

const TOTAL_MS = 250;

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom(500, 502, 503, 504, 599).map((status): Fault => ({ kind: "error", status })),
  fc.record({
    kind: fc.constant("rate limit" as const),
    status: fc.constantFrom(403 as const, 429 as const),
    resetsIn: fc.integer({ min: -10, max: 500 }),
  }),
  fc.record({
    kind: fc.constant("secondary rate limit" as const),
    status: fc.constantFrom(403 as const, 429 as const),
    retryAfter: fc.integer({ min: 0, max: 500 }),
  }),
  fc.constantFrom<Fault>({ kind: "cut off" }, ...Object.values(ANSWERS).map(([fault]) => fault)),
);

Deno.test("GitHub.list() ends with the list or one line, in time, whatever goes wrong", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 8 }), async (faults) => {
      await using fake = fakeWithPullRequest();
      const { id } = fake.addComment(7, "Hello");
      for (const fault of faults) fake.fail({ fault });
      const { github, lines } = connectTo(fake, { totalTimeMs: TOTAL_MS });
      const list = await github.list(LIST, Identified).catch((error) => {
        assert.ok(error instanceof UserError, Deno.inspect(error));
        assert.doesNotMatch(error.message, /\p{C}/u);
        return undefined;
      });
      if (list !== undefined) assert.deepEqual(list, [{ id }]);
      if (faults.length === 0) assert.ok(list !== undefined);
      // A second of waiting takes a millisecond here.
      const waits = lines.map((line) => Number(/trying again in (\d+) s$/.exec(line)?.[1]));
      assert.ok(waits.reduce((sum, seconds) => sum + seconds, 0) < TOTAL_MS, lines.join("\n"));
      assert.ok(fake.requests.length <= 1 + 2 * faults.length, String(fake.requests.length));
    }),
    { seed: 20261122, numRuns: 60 },
  );
});
