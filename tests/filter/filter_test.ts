import assert from "node:assert/strict";
import fc from "fast-check";
import { filter, type Filtered } from "../../src/filter/filter.ts";
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

function filterEarth(verdict: string | undefined, canaryResult = "failure"): Filtered {
  return filter({
    prod: [prod("earth")],
    canaries: ["earth"],
    canaryResult,
    verdicts: verdictsOf({ earth: verdict }),
    latestAttempt,
  });
}

Deno.test("filter() blocks every prod hub where a wave before did not succeed", () => {
  const known = { prod: [prod("earth")], canaries: [], canaryResult: "skipped", verdicts: {} };
  for (const result of ["failure", "cancelled", "", "x\n"]) {
    const earlierResults = ["success", "skipped", result];
    const { passed, blocked } = filter({ ...known, earlierResults, latestAttempt });
    assert.deepEqual(passed, []);
    assert.match(blocked[0]?.reason ?? "", /^a wave before did not succeed: .*"(?:\w*|x\\n)"$/);
  }
  const earlierResults = ["success", "skipped"];
  assert.equal(filter({ ...known, earlierResults, latestAttempt }).passed.length, 1);
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
  assert.deepEqual(filterEarth("success@1"), { passed: [prod("earth")], blocked: [] });
  for (
    const verdict of [
      ...["Success@1", " success@1", "success@1 ", "success@1\n", "success@01", "success@1.0"],
      ...["success@", "success@-1", "success@1@1", "success@0", "true", "1", "successful@1"],
    ]
  ) {
    assert.deepEqual(filterEarth(verdict, "success").passed, [], JSON.stringify(verdict));
  }
});

Deno.test("filter() says in a re-run which attempt recorded nothing", () => {
  const reasonFor = (verdict: string, latest: number | undefined) =>
    filter({
      ...{ prod: [prod("earth")], canaries: ["earth"], canaryResult: "failure" },
      verdicts: verdictsOf({ earth: verdict }),
      latestAttempt: () => latest,
    }).blocked[0]?.reason ?? "";
  assert.match(
    reasonFor("success@1", 2),
    /succeeded in attempt 1, but recorded no verdict in attempt 2: its runner was/,
  );
  assert.match(
    reasonFor("success@1", undefined),
    /succeeded in attempt 1, and GitHub lists no job of it/,
  );
});

/** The prod hubs that pass, by what canaries recorded: names that are easily taken for others. */
const EXACT: readonly [
  prod: readonly string[],
  canaries: readonly string[],
  verdicts: Readonly<Record<string, string>>,
  passed: readonly string[],
][] = [
  [["earth", "earth-2", "eart"], ["earth", "earth-2", "eart"], { "success_earth-2": "success@1" }, [
    "earth-2",
  ]],
  [["a.b.c"], ["a.b.c"], { "success_a-b-c": "success@1" }, ["a.b.c"]],
  [["a.b.c"], ["a.b.c"], { "success_a.b.c": "success@1" }, []],
  [["a.b"], ["a-b"], { "success_a-b": "failure@1" }, ["a.b"]],
  ...["__proto__", "constructor", "toString"].flatMap((name): typeof EXACT[number][] => [
    [[name], [name], {}, []],
    [[name], [name], { [`success_${name}`]: "success@1" }, [name]],
  ]),
  [["earth"], ["earth"], Object.create({ success_earth: "success@1" }), []],
  [["earth"], ["earth"], JSON.parse('{"__proto__": {"success_earth": "success@1"}}'), []],
];

for (const [clusters, canaries, verdicts, expected] of EXACT) {
  Deno.test(`filter() passes [${expected}] of [${clusters}] for ${JSON.stringify(verdicts)}`, () => {
    const jobs = clusters.map((cluster) => prod(cluster));
    const known = { canaryResult: "failure", verdicts, latestAttempt };
    const { passed } = filter({ prod: jobs, canaries, ...known });
    assert.deepEqual(passed.map(({ cluster_name }) => cluster_name), expected);
  });
}

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

Deno.test("filter() passes exactly, in order, what has no canary or one that succeeded; of a fleet that is one gate, all or none", () => {
  const count = { passing: 0, blocking: 0, fleet: 0 };
  fc.assert(
    fc.property(input, ({ byCluster, ...rest }) => {
      const verdicts = verdictsOf(Object.fromEntries(byCluster));
      const succeeded = (cluster: string) =>
        byCluster.get(cluster) === `success@${rest.latestAttempt()}`;
      const own = rest.prod.filter(({ cluster_name }) =>
        !rest.canaries.includes(cluster_name) || succeeded(cluster_name)
      );
      const whole = rest.canaries.every(succeeded) ? rest.prod : [];
      for (const [gate, expected] of [["cluster", own], ["fleet", whole]] as const) {
        const { passed, blocked } = filter({ ...rest, gate, verdicts });
        assert.deepEqual(passed, expected);
        const others = rest.prod.filter((job) => !expected.includes(job));
        assert.deepEqual(blocked.map(({ job }) => job), others);
        const start = gate === "fleet" ? /^on \S+, the canary .*[^.]$/ : /^the canary .*[^.]$/;
        for (const { reason } of blocked) assert.match(reason, start);
      }
      count.passing += own.length;
      count.blocking += rest.prod.length - own.length;
      count.fleet += whole.length;
    }),
    { seed: 1, numRuns: 1_000 },
  );
  assert.ok(Object.values(count).every((some) => some > 100), JSON.stringify(count));
});

Deno.test("filter() counts the canaries of a fleet that did not succeed besides the first", () => {
  const reasonOf = (...canaries: readonly string[]) =>
    filter({
      ...{ prod: [prod("earth")], canaries, canaryResult: "failure", gate: "fleet", latestAttempt },
      verdicts: verdictsOf(Object.fromEntries(canaries.map((name) => [name, "failure@1"]))),
    }).blocked[0]?.reason;
  assert.deepEqual([reasonOf("a"), reasonOf("a", "b"), reasonOf("a", "b", "c")], [
    "on a, the canary failed",
    "on a, the canary failed; 1 more canary did not succeed",
    "on a, the canary failed; 2 more canaries did not succeed",
  ]);
});

Deno.test("filter() blocks every prod hub where what it deploys is not built, canary or none", () => {
  for (const gate of ["cluster", "fleet"] as const) {
    const planned = {
      ...{ prod: [prod("earth"), prod("mars")], canaries: ["earth"], canaryResult: "success" },
      ...{ verdicts: verdictsOf({ earth: "success@1" }), latestAttempt, gate },
    };
    for (const buildResult of ["failure", "cancelled", "skipped", "", "Success", "success\n"]) {
      const { passed, blocked } = filter({ ...planned, buildResult });
      assert.deepEqual([passed, blocked.map(({ job }) => job)], [[], planned.prod]);
      for (const { reason } of blocked) assert.match(reason, /^what it deploys is not built: /);
    }
    for (const buildResult of ["success", undefined]) {
      assert.deepEqual(filter({ ...planned, buildResult }).passed, planned.prod);
    }
  }
});
