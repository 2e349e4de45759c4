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

Deno.test("matrixProblems() finds none up to the 256 jobs that GitHub makes", () => {
  const jobs = { canaries: numbered(256).map(leg), prod: numbered(256).map(prod) };
  assert.deepEqual(matrixProblems(jobs), []);
});

Deno.test("matrixProblems() finds each matrix that is larger", () => {
  const canaries = matrixProblems({ canaries: numbered(257).map(leg), prod: [] });
  assert.deepEqual(
    canaries.map(({ message }) => /257 (canary|prod) legs.*256/.exec(message)?.[1]),
    [
      "canary",
    ],
  );
  const both = matrixProblems({
    canaries: numbered(300).map(leg),
    prod: numbered(257).map(prod),
  });
  assert.deepEqual(both.map(({ message }) => /\d+ (canary|prod) legs/.exec(message)?.[1]), [
    "canary",
    "prod",
  ]);
});

Deno.test("matrixProblems() finds lists that are too long for the outputs of a job", () => {
  const long = (hubs: number) =>
    numbered(100).map((name) => ({
      ...leg(name),
      staging_hubs: Array.from({ length: hubs }, (_, index) => `${"n".repeat(95)}${index}`),
    }));
  assert.deepEqual(matrixProblems({ canaries: long(48), prod: [] }), []);
  const [problem, ...more] = matrixProblems({ canaries: long(60), prod: [] });
  assert.match(problem?.message ?? "", /^Cannot plan legs with 6\d{5} characters of names: GitHub/);
  assert.deepEqual(more, []);
});

Deno.test("matrixProblems() finds a leg with more than 256 staging hubs", () => {
  const leg256 = { ...leg("earth"), staging_hubs: numbered(256) };
  assert.deepEqual(matrixProblems({ canaries: [leg256], prod: [] }), []);
  const [problem, ...more] = matrixProblems({
    canaries: [leg256, { ...leg("mars"), staging_hubs: numbered(257) }],
    prod: [],
  });
  assert.match(problem?.message ?? "", /^Cannot plan 257 staging hubs of mars: .* at most 256/);
  assert.deepEqual(more, []);
});
