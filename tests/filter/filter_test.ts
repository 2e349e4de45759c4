import assert from "node:assert/strict";
import fc from "fast-check";
import { filter, type Filtered, type FilterInput } from "../../src/filter/filter.ts";
import type { ProdHubJob } from "../../src/plan/schema.ts";

const prod = (cluster: string, hub = "prod"): ProdHubJob => ({
  cluster_name: cluster,
  provider: "gcp",
  hub_name: hub,
});

/** What a first attempt knows: every canary leg was run in it. */
const latestAttempt = () => 1;

/** The verdict outputs of the canary job, by clusters: `.` is `-` there. */
function verdictsOf(
  byCluster: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(byCluster).flatMap(([cluster, verdict]) =>
      verdict === undefined ? [] : [[`success_${cluster.split(".").join("-")}`, verdict]]
    ),
  );
}

/** Filters one prod hub of the cluster earth, with what its canary recorded. */
function filterEarth(verdict: string | undefined, canaryResult = "failure"): Filtered {
  return filter({
    prod: [prod("earth")],
    canaries: ["earth"],
    canaryResult,
    verdicts: verdictsOf({ earth: verdict }),
    latestAttempt,
  });
}

Deno.test("filter() passes a prod hub whose canary succeeded", () => {
  assert.deepEqual(filterEarth("success@1"), { passed: [prod("earth")], blocked: [] });
});

Deno.test("filter() passes a prod hub whose canary succeeded beside one that failed", () => {
  const { passed, blocked } = filter({
    prod: [prod("earth"), prod("mars")],
    canaries: ["earth", "mars"],
    canaryResult: "failure",
    verdicts: verdictsOf({ earth: "success@1", mars: "failure@1" }),
    latestAttempt,
  });
  assert.deepEqual(passed, [prod("earth")]);
  assert.deepEqual(blocked.map(({ job }) => job), [prod("mars")]);
});

Deno.test("filter() passes a prod hub for whose cluster no canary was planned", () => {
  for (const canaryResult of ["skipped", "success", "failure", "cancelled"]) {
    const { passed } = filter({
      prod: [prod("earth")],
      canaries: ["mars"],
      canaryResult,
      verdicts: {},
      latestAttempt,
    });
    assert.deepEqual(passed, [prod("earth")], canaryResult);
  }
});

const REASONS: readonly [
  verdict: string | undefined,
  canaryResult: string,
  reason: RegExp,
][] = [
  ["failure@1", "failure", /^the canary failed$/],
  ["cancelled@1", "cancelled", /cancelled or timed out/],
  [undefined, "failure", /no verdict.*runner was lost.*masked secret/],
  ["", "failure", /no verdict.*runner was lost.*masked secret/],
  [undefined, "cancelled", /no verdict.*cancelled.*masked secret/],
  [undefined, "skipped", /never ran/],
  [undefined, "success", /no verdict.*generate it again.*masked secret/],
  [undefined, "", /no verdict.*""/],
  ["success@2", "success", /succeeded in attempt 2, but recorded no verdict in attempt 1/],
  ["success", "success", /"success", which is not a verdict/],
  ["maybe\n::error::x", "success", /"maybe\\n::error::x"/],
];

for (const [verdict, canaryResult, reason] of REASONS) {
  const recorded = verdict === undefined ? "no verdict" : JSON.stringify(verdict);
  Deno.test(`filter() blocks on ${recorded} from a job that ended as "${canaryResult}"`, () => {
    const { passed, blocked } = filterEarth(verdict, canaryResult);
    assert.deepEqual(passed, []);
    assert.deepEqual(blocked.map(({ job }) => job), [prod("earth")]);
    assert.match(blocked[0]?.reason ?? "", reason);
    assert.doesNotMatch(blocked[0]?.reason ?? "", /\n|\.$/);
  });
}

Deno.test("filter() takes nothing but exactly success and the attempt for success", () => {
  for (
    const verdict of [
      ...["Success@1", " success@1", "success@1 ", "success@1\n", "success@01", "success@1.0"],
      ...["success@", "success@-1", "success@1@1", "success@0", "true", "1", "successful@1"],
    ]
  ) {
    assert.deepEqual(filterEarth(verdict, "success").passed, [], JSON.stringify(verdict));
  }
});

/** In a re-run: what a leg recorded, its latest attempt, and why its hub is blocked, if it is. */
const RERUNS: readonly (readonly [verdict: string, latest: number | undefined, why?: RegExp])[] = [
  ["success@1", 1],
  ["success@2", 2],
  ["success@1", 2, /succeeded in attempt 1, but recorded no verdict in attempt 2: its runner was/],
  ["success@2", 3, /succeeded in attempt 2, but recorded no verdict in attempt 3/],
  ["success@1", undefined, /succeeded in attempt 1, and GitHub lists no job of it/],
  ["failure@2", 2, /^the canary failed$/],
  ["cancelled@2", 2, /cancelled or timed out/],
];

for (const [verdict, latest, why] of RERUNS) {
  Deno.test(`filter() ${why === undefined ? "believes" : "blocks on"} ${verdict} where the latest attempt is ${latest}`, () => {
    const { passed, blocked } = filter({
      prod: [prod("earth"), prod("mars")],
      canaries: ["earth", "mars"],
      canaryResult: "failure",
      verdicts: verdictsOf({ earth: verdict, mars: "success@1" }),
      latestAttempt: (cluster) => cluster === "earth" ? latest : 1,
    });
    assert.deepEqual(passed, why === undefined ? [prod("earth"), prod("mars")] : [prod("mars")]);
    if (why !== undefined) assert.match(blocked[0]?.reason ?? "", why);
  });
}

Deno.test("filter() matches clusters exactly where one name begins another", () => {
  const { passed, blocked } = filter({
    prod: [prod("earth"), prod("earth-2"), prod("eart")],
    canaries: ["earth", "earth-2", "eart"],
    canaryResult: "failure",
    verdicts: verdictsOf({ "earth-2": "success@1" }),
    latestAttempt,
  });
  assert.deepEqual(passed, [prod("earth-2")]);
  assert.deepEqual(blocked.map(({ job }) => job.cluster_name), ["earth", "eart"]);
});

Deno.test("filter() reads a dotted cluster's verdict from an output without dots", () => {
  const input = {
    prod: [prod("azure.north.earth")],
    canaries: ["azure.north.earth"],
    canaryResult: "success",
    latestAttempt,
  };
  const dotless = filter({ ...input, verdicts: { "success_azure-north-earth": "success@1" } });
  assert.equal(dotless.passed.length, 1);
  const dotted = filter({ ...input, verdicts: { "success_azure.north.earth": "success@1" } });
  assert.equal(dotted.passed.length, 0);
});

Deno.test("filter() takes no canary of a dotless name for one of a dotted cluster", () => {
  const { passed } = filter({
    prod: [prod("azure.earth")],
    canaries: ["azure-earth"],
    canaryResult: "failure",
    verdicts: verdictsOf({ "azure-earth": "failure@1" }),
    latestAttempt,
  });
  assert.equal(passed.length, 1);
});

Deno.test("filter() believes no verdict that the outputs merely inherit", () => {
  const inherited: Readonly<Record<string, string>> = Object.create({ success_earth: "success@1" });
  const { passed } = filter({
    prod: [prod("earth")],
    canaries: ["earth"],
    canaryResult: "success",
    verdicts: inherited,
    latestAttempt,
  });
  assert.deepEqual(passed, []);
});

Deno.test("filter() treats names that objects know like any other", () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    const input = {
      prod: [prod(name)],
      canaries: [name],
      canaryResult: "success",
      latestAttempt,
    };
    assert.equal(filter({ ...input, verdicts: {} }).passed.length, 0, name);
    const verdicts = { [`success_${name}`]: "success@1" };
    assert.equal(filter({ ...input, verdicts }).passed.length, 1, name);
  }
  const polluting: Readonly<Record<string, string>> = JSON.parse(
    '{"__proto__": {"success_earth": "success@1"}}',
  );
  const { passed } = filter({
    prod: [prod("earth")],
    canaries: ["earth"],
    canaryResult: "success",
    verdicts: polluting,
    latestAttempt,
  });
  assert.deepEqual(passed, []);
});

// Names whose verdict outputs differ: two clusters with one output between them cannot both be
// told apart by anything that reads it, so they have to be refused long before.
const NAMES = ["earth", "earth-2", "eart", "azure.earth", "__proto__", "constructor", "mars"];
const name = fc.constantFrom(...NAMES);
const verdict = fc.constantFrom(
  ...[undefined, "success@1", "success@1", "success@2", "failure@1", "cancelled@1", "", "success"],
);

const input = fc.record({
  prod: fc.uniqueArray(fc.tuple(name, fc.constantFrom("prod", "demo")), {
    selector: (pair) => pair.join("/"),
    maxLength: 8,
  }).map((pairs) => pairs.map(([cluster, hub]) => prod(cluster, hub))),
  canaries: fc.uniqueArray(name, { maxLength: 6 }),
  latestAttempt: fc.constantFrom(() => 1, () => 2, () => undefined),
  canaryResult: fc.constantFrom("success", "failure", "cancelled", "skipped", ""),
  byCluster: fc.tuple(...NAMES.map((name) => fc.tuple(fc.constant(name), verdict)))
    .map((pairs) => new Map(pairs)),
});

const verdictsOfMap = (byCluster: ReadonlyMap<string, string | undefined>) =>
  verdictsOf(Object.fromEntries(byCluster));

Deno.test("filter() passes a prod hub only without a canary or with one that succeeded", () => {
  let passing = 0;
  let blocking = 0;
  fc.assert(
    fc.property(input, ({ byCluster, ...rest }) => {
      const result = filter({ ...rest, verdicts: verdictsOfMap(byCluster) });
      const expected = rest.prod.filter(({ cluster_name }) =>
        !rest.canaries.includes(cluster_name) ||
        byCluster.get(cluster_name) === `success@${rest.latestAttempt()}`
      );
      assert.deepEqual(result.passed, expected);
      passing += result.passed.length;
      blocking += result.blocked.length;
    }),
    { seed: 1, numRuns: 2_000 },
  );
  assert.ok(passing > 500 && blocking > 1_000, `${passing} passing, ${blocking} blocking`);
});

Deno.test("filter() passes or blocks every planned prod hub, in order, with a reason", () => {
  fc.assert(
    fc.property(input, ({ byCluster, ...rest }) => {
      const { passed, blocked } = filter({ ...rest, verdicts: verdictsOfMap(byCluster) });
      const blockedJobs = blocked.map(({ job }) => job);
      const inOrder = (jobs: readonly ProdHubJob[]) =>
        rest.prod.filter((job) => jobs.includes(job));
      assert.equal(passed.length + blocked.length, rest.prod.length);
      assert.deepEqual(passed, inOrder(passed));
      assert.deepEqual(blockedJobs, inOrder(blockedJobs));
      for (const { reason } of blocked) assert.match(reason, /^\S.*[^.]$/);
    }),
    { seed: 2, numRuns: 1_000 },
  );
});

Deno.test("filter() never lets one cluster's verdict decide about another cluster", () => {
  const others = (of: FilterInput, cluster: string) => {
    const { passed, blocked } = filter(of);
    return {
      passed: passed.filter((job) => job.cluster_name !== cluster),
      blocked: blocked.filter(({ job }) => job.cluster_name !== cluster),
    };
  };
  fc.assert(
    fc.property(input, name, verdict, ({ byCluster, ...rest }, cluster, changed) => {
      const before = { ...rest, verdicts: verdictsOfMap(byCluster) };
      const after = {
        ...rest,
        verdicts: verdictsOfMap(new Map(byCluster).set(cluster, changed)),
      };
      assert.deepEqual(others(after, cluster), others(before, cluster));
    }),
    { seed: 3, numRuns: 2_000 },
  );
});
