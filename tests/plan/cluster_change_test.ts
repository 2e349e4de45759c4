import assert from "node:assert/strict";
import { compareClusters, type InertKeys } from "../../src/plan/cluster_change.ts";

const NONE: InertKeys = { cluster: [], hub: [] };

/** What changed, in words: `key`, `support.key` and `hub NAME.key`. */
function words(before: unknown, after: unknown, inert = NONE): readonly string[] {
  const change = compareClusters(before, after, inert);
  assert.ok(change.kind === "compared", change.kind);
  return [
    ...change.cluster.map(({ path }) => path.join(".")),
    ...change.support.map(({ path }) => ["support", ...path].join(".")),
    ...[...change.hubs].flatMap(([hub, keys]) =>
      keys.map(({ path }) => [`hub ${hub}`, ...path].join("."))
    ),
    ...change.removedHubs.map((hub) => `no hub ${hub}`),
    ...(change.removedSupport ? ["no support"] : []),
  ];
}

const EARTH = {
  name: "earth",
  provider: "gcp",
  gcp: { zone: "a", project: "p" },
  metadata: { notes: [1] },
  support: { helm_chart_values_files: ["support.values.yaml"] },
  hubs: [
    { name: "staging", domain: "s", auth: { admins: ["a"] } },
    { name: "prod", domain: "p", helm_chart_values_files: ["a.yaml", "b.yaml"] },
  ],
};
const [STAGING, PROD] = EARTH.hubs;

const { support: _, ...WITHOUT_SUPPORT } = EARTH;
const withHubs = (...hubs: readonly unknown[]) => ({ ...EARTH, hubs });

const named = (...names: readonly string[]) => names.map((name) => ({ name, domain: "a" }));
const KNOWN = named("__proto__", "constructor", "toString");

const CHANGES: readonly (readonly [
  criterion: string,
  before: unknown,
  after: unknown,
  changed: readonly string[],
  inert?: InertKeys,
])[] = [
  ["finds nothing where nothing changed", EARTH, structuredClone(EARTH), []],
  ["tells hubs apart by name, not by place", EARTH, withHubs(PROD, STAGING), []],
  ["finds a key of a hub elsewhere", EARTH, withHubs({ ...PROD, domain: "q" }, STAGING), [
    "hub prod.domain",
  ]],
  [
    "names the keys of a hub's entry, its lists in order",
    EARTH,
    withHubs(
      { ...STAGING, auth: { admins: ["a", "b"] } },
      { ...PROD, helm_chart_values_files: ["b.yaml", "a.yaml"] },
    ),
    [
      "hub staging.auth.admins.1",
      ...[0, 1].map((index) => `hub prod.helm_chart_values_files.${index}`),
    ],
  ],
  [
    "takes a new hub for changed, and names those that are gone",
    EARTH,
    withHubs(STAGING, { name: "lab" }),
    ["hub lab", "no hub prod"],
  ],
  [
    "takes a new hub for changed though no key of it counts",
    {},
    { hubs: named("lab") },
    ["hub lab"],
    { cluster: [], hub: ["name", "domain"] },
  ],
  [
    "gives support's keys, and the rest to all of the cluster",
    EARTH,
    {
      ...{ ...EARTH, gcp: { zone: "b", project: "p" }, account: "x" },
      support: { helm_chart_values_files: ["other.yaml"] },
    },
    ["account", "gcp.zone", "support.helm_chart_values_files.0"],
  ],
  ["takes a new support chart for changed", WITHOUT_SUPPORT, EARTH, ["support"]],
  ["takes support in place of nothing for new", { ...EARTH, support: null }, EARTH, ["support"]],
  ["says that support is gone", EARTH, WITHOUT_SUPPORT, ["no support"]],
  ["says that support is empty", EARTH, { ...EARTH, support: null }, ["no support"]],
  ["takes no support for an empty one", WITHOUT_SUPPORT, { ...EARTH, support: null }, []],
  [
    "leaves inert keys out where they are at the top alone",
    EARTH,
    {
      ...withHubs(
        { ...STAGING, domain: "x", auth: { admins: [] } },
        { ...PROD, domain: "y", metadata: 1 },
      ),
      ...{ metadata: "x", gcp: { zone: "b", project: "p" }, domain: "new" },
    },
    ["domain", "gcp.zone", "hub staging.auth.admins.0", "hub prod.metadata"],
    { cluster: ["metadata", "zone"], hub: ["domain", "admins"] },
  ],
  ...[undefined, null, []].map((hubs) =>
    ["takes no list of hubs for an empty one", { name: "a" }, { name: "a", hubs }, []] as const
  ),
  [
    "tells hubs apart whose names objects know",
    { hubs: KNOWN },
    { hubs: [...KNOWN.slice(0, 1), { ...KNOWN[1], domain: "b" }] },
    ["hub constructor.domain", "no hub toString"],
  ],
  ["takes a new hub for new whose name objects know", {}, { hubs: KNOWN.slice(0, 1) }, [
    "hub __proto__",
  ]],
];

for (const [criterion, before, after, changed, inert] of CHANGES) {
  Deno.test(`compareClusters() ${criterion}`, () => {
    assert.deepEqual(words(before, after, inert), changed);
  });
}

for (
  const [what, hubs] of Object.entries({
    "are a mapping": { staging: {} },
    "are text": "staging",
    "have no name": [{ domain: "a" }],
    "are no mappings": ["staging"],
    "have the same name": [{ name: "a" }, { name: "a", domain: "b" }],
    "have a number for a name": [{ name: 1 }],
  })
) {
  Deno.test(`compareClusters() cannot tell what changed where hubs ${what}, before or after`, () => {
    assert.equal(compareClusters({ ...EARTH, hubs }, EARTH, NONE).kind, "unknown");
    assert.equal(compareClusters(EARTH, { ...EARTH, hubs }, NONE).kind, "unknown");
  });
}

Deno.test("compareClusters() cannot tell what changed where a version is no mapping", () => {
  for (const version of [undefined, null, "../earth/cluster.yaml", [EARTH], 1]) {
    assert.equal(compareClusters(version, EARTH, NONE).kind, "unknown");
    assert.equal(compareClusters(EARTH, version, NONE).kind, "unknown");
  }
});

/** How many lists a layer of a web has, and how many of the next layer each of them holds. */
const [SIZE, LINKS, LAYERS] = [250, 10, 40];

/**
 * Layers of lists that hold each other crosswise, as aliases let a small file have them. Webs of
 * all steps mean the same, but almost every list of one meets every list of another of its layer.
 */
function web(step: number): unknown {
  let below: readonly unknown[] = Array.from({ length: SIZE }, () => "x");
  for (let layer = 0; layer < LAYERS; layer++) {
    const next = below;
    below = next.map((_, index) =>
      Array.from({ length: LINKS }, (_, link) => next[(index * step + link) % SIZE])
    );
  }
  return below[0];
}

Deno.test("compareClusters() takes no longer for many hubs that share a web of aliases", () => {
  const hubs = (step: number) => {
    const shared = web(step);
    const names = Array.from({ length: 200 }, (_, index) => `hub-${index}`);
    return [...names.map((name) => ({ name, shared })), { name: "last", list: [1] }];
  };
  // The first of them uses up the time for all: even what is plainly the same is not looked at.
  assert.ok(words({ hubs: hubs(1) }, { hubs: hubs(7) }).includes("hub last"));
});
