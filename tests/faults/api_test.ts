/** An API that answers late, wrongly, without end or not at all. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors.ts";
import { failure, fakeWithPullRequest, LIST } from "../github/calls.ts";
import { connectTo } from "../github/connected.ts";
import { FakeGitHub } from "../github/fake_github.ts";
import { errorFault, type Fault, rateLimit, secondaryLimit } from "../github/fault.ts";
import { TestClock } from "../github/test_clock.ts";

/** Reads a list that fails; the answer is the line that says why. */
async function failureAt(url: string, clock: TestClock = new TestClock()): Promise<string> {
  const message = await failure(connectTo({ url, clock }).github.list(LIST));
  assert.match(message, /^Cannot read pull request 7: .*$/);
  return message;
}

Deno.test("GitHub.list() does not take a lost connection for a shorter list", async () => {
  await using fake = fakeWithPullRequest();
  const { id } = fake.addComment(7, "Hello");
  fake.fail({ fault: { kind: "cut off" } });
  assert.deepEqual(await connectTo(fake).github.list(LIST), [{ id }]);
  assert.equal(fake.requests.length, 2);
});

Deno.test("GitHub.list() says where an answer is compressed in another way than it says", async () => {
  await using fake = fakeWithPullRequest();
  const headers = { "content-encoding": "gzip" };
  fake.fail({ fault: { kind: "answer", body: "[]", headers }, times: 9 });
  assert.match(await failureAt(fake.url, fake.clock), /is out of reach \(.*unexpected end of file/);
});

/** Bytes that are not an answer, or only the beginning of one, before the connection is closed. */
const BYTES: Readonly<Record<string, string>> = {
  "nothing": "",
  "what is not HTTP": "hello\r\n\r\n",
  "half a header": "HTTP/1.1 200 OK\r\ncontent-le",
  "a header without end": `HTTP/1.1 200 OK\r\nx: ${"a".repeat(1_000_000)}`,
  "half a body":
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n[]",
  "half a chunk":
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[]",
};

for (const [what, bytes] of Object.entries(BYTES)) {
  Deno.test(`GitHub.list() takes ${what} for no list, and tries again`, async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    let connections = 0;
    const serving = (async () => {
      for await (const connection of listener) {
        connections++;
        // Closing while the request is half read resets the connection.
        if (bytes !== "") await connection.read(new Uint8Array(10));
        await connection.write(new TextEncoder().encode(bytes)).catch(() => {});
        connection.close();
      }
    })();
    const host = `127.0.0.1:${listener.addr.port}`;
    const message = await failureAt(`http://${host}`);
    assert(message.includes(`: GitHub at ${host} is out of reach (`), message);
    assert(message.includes("; check GITHUB_API_URL and the network, then try again"));
    assert.equal(connections, 4);
    listener.close();
    await serving;
  });
}

Deno.test("GitHub.list() says where nothing listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  assert.match(await failureAt(`http://127.0.0.1:${listener.addr.port}`), /is out of reach \(/);
});

Deno.test("GitHub.list() says where HTTPS meets a server without", async () => {
  await using fake = new FakeGitHub();
  const message = await failureAt(fake.url.replace("http:", "https:"));
  assert.match(message, /is out of reach \(.*InvalidContentType/);
  assert.deepEqual(fake.requests, []);
});

/** Servers whose answers have no end, of one kind or another. */
const ENDLESS: Readonly<
  Record<string, readonly [says: RegExp, respond: (clock: TestClock, url: string) => Response]>
> = {
  "a body without end": [
    /expected at most 64000000 bytes/,
    () => stream((controller) => controller.enqueue(new Uint8Array(1 << 20).fill(32))),
  ],
  "a body a byte at a time": [
    /did not answer within (?:30|120) s/,
    (clock) =>
      stream((controller) => {
        clock.pass(1_000);
        controller.enqueue(new Uint8Array([32]));
      }),
  ],
  "pages without end": [
    /did not answer within 120 s/,
    (clock, url) => {
      clock.pass(1_000);
      const link = `<${new URL(url).origin}/page>; rel="next"`;
      return Response.json([], { headers: { link } });
    },
  ],
};

function stream(
  pull: (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => void,
): Response {
  const headers = { "content-type": "application/json" };
  return new Response(new ReadableStream({ pull }), { headers });
}

for (const [what, [says, respond]] of Object.entries(ENDLESS)) {
  Deno.test(`GitHub.list() comes to an end with ${what}`, async () => {
    const clock = new TestClock();
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      ({ url }) => respond(clock, url),
    );
    assert.match(await failureAt(`http://127.0.0.1:${server.addr.port}`, clock), says);
  });
}

const clock = new TestClock();

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom(500, 502, 503, 504, 599).map((status) => errorFault(status)),
  fc.tuple(fc.integer({ min: -10, max: 500 }), fc.constantFrom(403, 429))
    .map(([seconds, status]) => rateLimit(clock, seconds, status)),
  fc.tuple(fc.nat({ max: 500 }), fc.constantFrom(403, 429))
    .map(([seconds, status]) => secondaryLimit(seconds, status)),
  fc.constantFrom<Fault>(
    { kind: "cut off" },
    { kind: "hang" },
    { kind: "answer", body: "null" },
    { kind: "answer", status: 308, body: "", headers: { location: "" } },
    { kind: "answer", status: 418, body: "\u001b[31mteapot\u0007" },
    errorFault(403, "Slow down", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon" }),
  ),
);

Deno.test("GitHub.list() ends with the list or one line, in time, whatever goes wrong", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 8 }), async (faults) => {
      await using fake = fakeWithPullRequest();
      const { id } = fake.addComment(7, "Hello");
      for (const fault of faults) fake.fail({ fault });
      const start = fake.clock.now();
      const list = await connectTo(fake).github.list(LIST).catch((error) => {
        assert.ok(error instanceof UserError, Deno.inspect(error));
        assert.doesNotMatch(error.message, /\p{C}/u);
        return undefined;
      });
      if (list !== undefined) assert.deepEqual(list, [{ id }]);
      if (faults.length === 0) assert.ok(list !== undefined);
      assert.ok(fake.clock.now() - start <= 120_000);
      assert.ok(fake.requests.length <= 1 + faults.length, String(fake.requests.length));
    }),
    { seed: 20261122, numRuns: 60 },
  );
});
