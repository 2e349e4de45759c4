import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteStream } from "../../src/git/byte_stream.ts";

const bytes = fc.uint8Array({ max: 3, maxLength: 12 });

/** A stream that gives its bytes in these chunks, empty ones among them. */
function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return ReadableStream.from(chunks);
}

Deno.test("ByteStream gives the same bytes however they arrive", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bytes), fc.array(fc.nat(6)), async (chunks, sizes) => {
      const all = chunks.flatMap((chunk) => [...chunk]);
      await using stream = new ByteStream(streamOf(chunks));
      let at = 0;
      for (const size of sizes) {
        const taken = await stream.take(size);
        if (at + size > all.length) return assert.equal(taken, undefined);
        assert.deepEqual([...taken ?? []], all.slice(at, at + size));
        at += size;
      }
      for (let end = all.indexOf(0, at); end >= 0; end = all.indexOf(0, at)) {
        assert.deepEqual([...await stream.takeUntil(0) ?? []], all.slice(at, end));
        at = end + 1;
      }
      assert.equal(await stream.takeUntil(0), undefined);
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("ByteStream has nothing of a stream without bytes, except no bytes", async () => {
  await using stream = new ByteStream(streamOf([]));
  assert.deepEqual(await stream.take(0), new Uint8Array());
  assert.equal(await stream.take(1), undefined);
  assert.equal(await stream.takeUntil(0), undefined);
});

Deno.test("ByteStream stops the stream when it is disposed of", async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array([1])),
    cancel: () => void (cancelled = true),
  });
  {
    await using stream = new ByteStream(endless);
    assert.deepEqual([...await stream.take(3) ?? []], [1, 1, 1]);
    assert.equal(cancelled, false);
  }
  assert.equal(cancelled, true);
});
