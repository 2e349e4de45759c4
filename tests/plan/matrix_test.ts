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
const long = (hubs: number) =>
  canaries(100).map((job) => ({
    ...job,
    staging_hubs: numbered(hubs).map((name) => name.padStart(97, "n")),
  }));

for (
  const [criterion, jobs, found] of [
    ["nothing up to 256 jobs", { canaries: canaries(256), prod: prodLegs(256) }, []],
    ["a matrix that is larger", { canaries: canaries(257), prod: [] }, [/257 canary legs.* 256 /]],
    ["each of two", { canaries: canaries(300), prod: prodLegs(257) }, [/300 canary/, /257 prod/]],
    ["nothing up to 256 staging hubs", { canaries: withHubs(256), prod: [] }, []],
    ["a leg with more staging hubs", { canaries: withHubs(256, 257), prod: [] }, [
      /^Cannot plan 257 staging hubs of earth: .* at most 256/,
    ]],
    ["nothing in lists that an output holds", { canaries: long(46), prod: [] }, []],
    ["lists that are too long for an output", { canaries: long(60), prod: [] }, [
      /^Cannot plan legs with 6\d{5} characters of names: GitHub/,
    ]],
  ] as const
) {
  Deno.test(`matrixProblems() finds ${criterion}`, () => {
    const problems = matrixProblems(jobs);
    assert.equal(problems.length, found.length);
    found.forEach((pattern, index) => assert.match(problems[index]?.message ?? "", pattern));
  });
}
