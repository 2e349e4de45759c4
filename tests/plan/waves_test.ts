/** The clusters that go first, and the jobs over which many legs are spread. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { inShards, namesInWaves, waveOf, type Waves } from "../../src/plan/waves.ts";
import { patterns } from "./arbitraries.ts";

const wavesOf = (...waves: readonly (readonly string[])[]): Waves =>
  waves.map((globs) => patterns(...globs));

Deno.test("waveOf() is the first wave with a pattern that matches", () => {
  const waves = wavesOf(["pilot-*", "lake"], ["lake", "sea.*"], ["*"]);
  const clusters = ["pilot-a", "lake", "lakes", "sea.west", "pilot"];
  assert.deepEqual(clusters.map((name) => waveOf(name, waves)), [0, 0, 2, 1, 2]);
  assert.equal(waveOf("lake", wavesOf(["pond"])), -1);
});

Deno.test("namesInWaves() puts each cluster into its wave, in the order given", () => {
  const waves = wavesOf(["b*"], ["none"], ["*"]);
  assert.deepEqual(namesInWaves(["a", "b", "ba", "c"], waves), [["b", "ba"], [], ["a", "c"]]);
});

Deno.test("inShards() keeps all legs in their order, no more than GitHub allows in one job", () => {
  fc.assert(fc.property(fc.nat(1_500), (count) => {
    const legs = Array.from({ length: count }, (_, index) => index);
    const shards = inShards(legs);
    assert.deepEqual(shards.flat(), legs);
    assert.ok(shards.every(({ length }) => length > 0 && length <= 256));
    assert.equal(shards.length, Math.ceil(count / 256));
  }));
});
