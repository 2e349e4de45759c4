import assert from "node:assert/strict";
import { matrixJobs, matrixProblems } from "../../src/plan/matrix.ts";
import { ProdHubJob, SupportAndStagingJob } from "../../src/plan/schema.ts";
import { EXAMPLE } from "../report/arbitraries.ts";

Deno.test("matrixJobs() takes the legs out of a plan, in order, and leaves the reasons", () => {
  const { canaries, prod } = matrixJobs(EXAMPLE);
  const withoutReasons = (rows: readonly object[]) =>
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([key]) => !key.endsWith("reason")))
    );
  assert.deepEqual(canaries, withoutReasons(EXAMPLE.support_and_staging));
  assert.deepEqual(prod, withoutReasons(EXAMPLE.prod));
  assert.ok(canaries.every((job) => SupportAndStagingJob.safeParse(job).success));
  assert.ok(prod.every((job) => ProdHubJob.safeParse(job).success));
});

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

interface Given {
  /** How many clusters have a canary leg, and how many staging hubs that has. */
  readonly canaries?: number;
  readonly stagingHubs?: number;
  /** How many prod hubs each of so many clusters has. */
  readonly prod?: readonly [clusters: number, hubs: number];
  readonly layout?: "four-jobs" | "pipelined";
  readonly shards?: number;
  readonly waves?: string[][];
}

/** What GitHub has no room for, of some legs. */
function problemsOf(
  { canaries = 0, stagingHubs = 1, prod: [clusters, hubs] = [0, 0], waves, ...given }: Given,
): readonly string[] {
  const leg = (cluster_name: string) => ({ cluster_name, provider: "gcp" });
  const staging_hubs = numbered(stagingHubs);
  const jobs = {
    canaries: numbered(canaries)
      .map((name) => ({ ...leg(name), upgrade_support: true, staging_hubs })),
    prod: numbered(clusters)
      .flatMap((name) => numbered(hubs).map((hub_name) => ({ ...leg(name), hub_name }))),
  };
  const layout = { layout: "four-jobs", shards: 1, ...given } as const;
  return matrixProblems(jobs, { waves }, layout, "push less").map(({ message }) => message);
}

const NAMES = numbered(513);

for (
  const [criterion, given, found] of [
    ["nothing up to 256 jobs", { canaries: 256, prod: [256, 1] }, []],
    ["a matrix that is larger", { canaries: 257 }, [
      /257 canary legs.* 256 .*; set `shards: 2` in the config and .*, or push less$/,
    ]],
    // One number is enough for both.
    ["each of two", { canaries: 300, prod: [1, 1_000] }, [
      ...[/300 canary .* `shards: 4`/, /1000 prod .* `shards: 4`/],
    ]],
    ["what no key helps with", { canaries: 10_241 }, [
      /^Cannot plan 10241 canary legs: GitHub [^;]*; push less$/,
    ]],
    ["nothing up to 256 staging hubs", { canaries: 1, stagingHubs: 256 }, []],
    ["a leg with more staging hubs", { canaries: 1, stagingHubs: 257 }, [
      /^Cannot plan 257 staging hubs of n0: .* at most 256/,
    ]],
    ["what shards have no room for", { canaries: 513, prod: [513, 1], shards: 2 }, [/./, /./]],
    ["nothing where each wave has room", {
      ...{ canaries: 513, prod: [513, 1], shards: 2 },
      waves: [NAMES.slice(0, 1), NAMES.slice(1)],
    }, []],
    ["the wave that is too large", {
      ...{ canaries: 500, prod: [500, 2], shards: 2 },
      waves: [[], NAMES.slice(0, 10), NAMES.slice(10)],
    }, [
      /^Cannot plan 980 prod legs in wave 3: .* 256 jobs of one matrix, 512 with `shards: 2`; set `shards: 4` /,
    ]],
    ["nothing up to 256 clusters in the pipelined layout", {
      ...{ canaries: 256, prod: [256, 4], layout: "pipelined" },
    }, []],
    ["more clusters in the pipelined layout", { canaries: 300, layout: "pipelined" }, [
      /^Cannot plan 300 clusters: .* set `shards: 2` /,
    ]],
    ["nothing where shards have room for clusters", {
      ...{ canaries: 300, layout: "pipelined", shards: 2 },
    }, []],
    ["many prod hubs of a cluster in the pipelined layout", {
      ...{ prod: [1, 600], layout: "pipelined" },
    }, [
      /^Cannot plan 600 prod legs of n0: .* has one; set `layout: "four-jobs"` and `shards: 3` /,
    ]],
  ] as readonly (readonly [string, Given, readonly RegExp[]])[]
) {
  Deno.test(`matrixProblems() finds ${criterion}`, () => {
    const problems = problemsOf(given);
    assert.equal(problems.length, found.length);
    found.forEach((pattern, index) => assert.match(problems[index] ?? "", pattern));
  });
}
