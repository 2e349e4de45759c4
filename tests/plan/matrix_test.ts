import assert from "node:assert/strict";
import { matrixJobs, matrixProblems } from "../../src/plan/matrix.ts";
import { ProdHubJob, SupportAndStagingJob } from "../../src/plan/schema.ts";

const leg = (cluster: string) => ({
  cluster_name: cluster,
  provider: "gcp",
  upgrade_support: true,
  staging_hubs: ["staging"],
});
const prod = (hub: string) => ({ cluster_name: "earth", provider: "gcp", hub_name: hub });

Deno.test("matrixJobs() takes the legs out of a plan, in order, and leaves the reasons", () => {
  const { canaries, prod: legs } = matrixJobs({
    version: 1,
    base: "",
    head: "",
    support_and_staging: ["earth", "a"].map((name) => ({
      ...leg(name),
      support_reason: "x",
      staging_reason: "y",
    })),
    prod: ["b", "a"].map((name) => ({ ...prod(name), reason: "z" })),
    notices: [],
  });
  assert.deepEqual(canaries, [leg("earth"), leg("a")]);
  assert.deepEqual(legs, [prod("b"), prod("a")]);
  assert.ok(canaries.every((job) => SupportAndStagingJob.safeParse(job).success));
  assert.ok(legs.every((job) => ProdHubJob.safeParse(job).success));
});

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);
const canaries = (count: number) => numbered(count).map(leg);
const prodLegs = (count: number) => numbered(count).map(prod);
const withHubs = (...counts: readonly number[]) =>
  counts.map((count) => ({ ...leg("earth"), staging_hubs: numbered(count) }));

const FEWER = "push less";
const FOUR_JOBS = { layout: "four-jobs", shards: 1 } as const;

for (
  const [criterion, jobs, found] of [
    ["nothing up to 256 jobs", { canaries: canaries(256), prod: prodLegs(256) }, []],
    ["a matrix that is larger", { canaries: canaries(257), prod: [] }, [
      /257 canary legs.* 256 .*; set `shards: 2` in the config and .*, or push less$/,
    ]],
    // One number is enough for both.
    ["each of two", { canaries: canaries(300), prod: prodLegs(1_000) }, [
      /300 canary .* `shards: 4`/,
      /1000 prod .* `shards: 4`/,
    ]],
    ["what no key helps with", { canaries: canaries(10_241), prod: [] }, [
      /^Cannot plan 10241 canary legs: GitHub [^;]*; push less$/,
    ]],
    ["nothing up to 256 staging hubs", { canaries: withHubs(256), prod: [] }, []],
    ["a leg with more staging hubs", { canaries: withHubs(256, 257), prod: [] }, [
      /^Cannot plan 257 staging hubs of earth: .* at most 256/,
    ]],
  ] as const
) {
  Deno.test(`matrixProblems() finds ${criterion}`, () => {
    const problems = matrixProblems(jobs, {}, FOUR_JOBS, FEWER);
    assert.equal(problems.length, found.length);
    found.forEach((pattern, index) => assert.match(problems[index]?.message ?? "", pattern));
  });
}

/** What is wrong with some legs, a canary and so many prod hubs for each cluster. */
function wrong(
  clusters: number,
  hubs: number,
  layout: Parameters<typeof matrixProblems>[2],
  waves?: string[][],
): readonly string[] {
  const legs = canaries(clusters);
  const prod = legs.flatMap(({ cluster_name }) =>
    prodLegs(hubs).map((job) => ({ ...job, cluster_name }))
  );
  return matrixProblems({ canaries: legs, prod }, { waves }, layout, FEWER).map(({ message }) =>
    message
  );
}

Deno.test("matrixProblems() counts each wave by itself, and what the shards of it have room for", () => {
  const layout = { layout: "four-jobs", shards: 2 } as const;
  assert.equal(wrong(513, 1, layout).length, 2);
  const names = numbered(513);
  assert.deepEqual(wrong(513, 1, layout, [names.slice(0, 1), names.slice(1)]), []);
  const [message = "", ...more] = wrong(500, 2, layout, [[], names.slice(0, 10), names.slice(10)]);
  assert.match(
    message,
    /^Cannot plan 980 prod legs in wave 3: .* 256 jobs of one matrix, 512 with `shards: 2`; set `shards: 4` /,
  );
  assert.deepEqual(more, []);
});

Deno.test("matrixProblems() counts clusters in the pipelined layout, and the prod hubs of each", () => {
  const layout = { layout: "pipelined", shards: 1 } as const;
  assert.deepEqual(wrong(256, 4, layout), []);
  assert.match(wrong(300, 4, layout)[0] ?? "", /^Cannot plan 300 clusters: .* set `shards: 2` /);
  assert.deepEqual(wrong(300, 4, { ...layout, shards: 2 }), []);
  const [large = "", ...more] = wrong(1, 600, layout);
  assert.match(
    large,
    /^Cannot plan 600 prod legs of n0: .* has one; set `layout: "four-jobs"` and `shards: 3` /,
  );
  assert.deepEqual(more, []);
});
