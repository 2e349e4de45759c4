import assert from "node:assert/strict";
import { joinPieces } from "../../src/text/join_pieces.ts";

Deno.test("joinPieces() gives the same text in few pieces", () => {
  const pieces = Array.from({ length: 30_000 }, (_, index) => `row ${index}\n`);
  const joined = [...joinPieces(pieces)];
  assert.equal(joined.join(""), pieces.join(""));
  assert.ok(joined.length > 1 && joined.length < 10, `${joined.length} pieces`);
  assert.deepEqual([...joinPieces(["", ""])], []);
});

Deno.test("joinPieces() takes no more pieces than it has to give one", () => {
  let taken = 0;
  const endless = function* () {
    for (;;) yield "x".repeat(++taken);
  };
  assert.ok((joinPieces(endless()).next().value ?? "").length > 0);
  assert.ok(taken < 1_000, `${taken}`);
});
