import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteStream } from "../../src/git/byte_stream.ts";

const LINE_FEED = 10;
const bytes = fc.uint8Array({ min: LINE_FEED - 1, max: LINE_FEED + 1, maxLength: 12 });

Deno.test("ByteStream gives the same bytes however they arrive, and no more", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bytes), fc.array(fc.nat(6)), async (chunks, sizes) => {
      const all = chunks.flatMap((chunk) => [...chunk]);
      await using stream = new ByteStream(ReadableStream.from(chunks));
      let at = 0;
      for (const size of sizes) {
        const taken = await stream.take(size);
        if (at + size > all.length) return assert.equal(taken, undefined);
        assert.deepEqual([...taken ?? []], all.slice(at, at + size));
        at += size;
      }
      for (let end; (end = all.indexOf(LINE_FEED, at)) >= 0; at = end + 1) {
        assert.equal(await stream.takeLine(), String.fromCharCode(...all.slice(at, end)));
      }
      assert.equal(await stream.takeLine(), undefined);
    }),
    { seed: 1, numRuns: 500, examples: [[[], [0, 1]]] },
  );
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
