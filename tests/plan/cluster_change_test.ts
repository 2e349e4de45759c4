import assert from "node:assert/strict";
import {
  type ClusterChange,
  compareClusters,
  type InertKeys,
} from "../../src/plan/cluster_change.ts";
import { web } from "./alias_web.ts";

const NONE: InertKeys = { cluster: [], hub: [] };

type Compared = Extract<ClusterChange, { readonly kind: "compared" }>;

function compared(before: unknown, after: unknown, inert = NONE): Compared {
  const change = compareClusters(before, after, inert);
  assert.ok(change.kind === "compared", change.kind);
  return change;
}

/** What changed, in words: `key`, `support.key` and `hub NAME.key`. */
function words(before: unknown, after: unknown, inert = NONE): readonly string[] {
  const { cluster, support, hubs, removedHubs, removedSupport } = compared(before, after, inert);
  return [
    ...cluster.map(({ path }) => path.join(".")),
    ...support.map(({ path }) => ["support", ...path].join(".")),
    ...[...hubs].flatMap(([hub, keys]) =>
      keys.map(({ path }) => [`hub ${hub}`, ...path].join("."))
    ),
    ...removedHubs.map((hub) => `no hub ${hub}`),
    ...(removedSupport ? ["no support"] : []),
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

Deno.test("compareClusters() finds nothing where nothing changed", () => {
  assert.deepEqual(words(EARTH, structuredClone(EARTH)), []);
});

Deno.test("compareClusters() tells hubs apart by their names, not by their places", () => {
  assert.deepEqual(words(EARTH, { ...EARTH, hubs: [PROD, STAGING] }), []);
  const moved = [{ ...PROD, domain: "q" }, STAGING];
  assert.deepEqual(words(EARTH, { ...EARTH, hubs: moved }), ["hub prod.domain"]);
});

Deno.test("compareClusters() names the keys of a hub's entry, its lists in order", () => {
  const hubs = [
    { ...STAGING, auth: { admins: ["a", "b"] } },
    { ...PROD, helm_chart_values_files: ["b.yaml", "a.yaml"] },
  ];
  assert.deepEqual(words(EARTH, { ...EARTH, hubs }), [
    "hub staging.auth.admins.1",
    "hub prod.helm_chart_values_files.0",
    "hub prod.helm_chart_values_files.1",
  ]);
});

Deno.test("compareClusters() takes a new hub for changed, and names those that are gone", () => {
  const hubs = [STAGING, { name: "lab" }];
  assert.deepEqual(words(EARTH, { ...EARTH, hubs }), ["hub lab", "no hub prod"]);
  assert.deepEqual(compared(EARTH, { ...EARTH, hubs }).hubs.get("lab"), [
    { path: [], before: undefined, after: { name: "lab" } },
  ]);
});

Deno.test("compareClusters() takes a hub that is new for changed though no key of it counts", () => {
  const inert = { cluster: [], hub: ["name", "domain"] };
  assert.deepEqual(words({}, { hubs: [{ name: "lab", domain: "x" }] }, inert), ["hub lab"]);
});

Deno.test("compareClusters() gives support's keys, and the rest to all of the cluster", () => {
  const after = {
    ...EARTH,
    gcp: { zone: "b", project: "p" },
    account: "x",
    support: { helm_chart_values_files: ["other.yaml"] },
  };
  assert.deepEqual(words(EARTH, after), [
    "account",
    "gcp.zone",
    "support.helm_chart_values_files.0",
  ]);
});

Deno.test("compareClusters() takes a support chart that is new for changed", () => {
  const { support: _, ...without } = EARTH;
  assert.deepEqual(words(without, EARTH), ["support"]);
  assert.deepEqual(words({ ...EARTH, support: null }, EARTH), ["support"]);
});

Deno.test("compareClusters() says that the support chart is gone, and plans none", () => {
  const { support: _, ...without } = EARTH;
  assert.deepEqual(words(EARTH, without), ["no support"]);
  assert.deepEqual(words(EARTH, { ...EARTH, support: null }), ["no support"]);
  assert.deepEqual(words(without, { ...without, support: null }), []);
});

Deno.test("compareClusters() leaves inert keys out where they stand at the top alone", () => {
  const inert = { cluster: ["metadata", "zone"], hub: ["domain", "admins"] };
  const after = {
    ...EARTH,
    metadata: "x",
    gcp: { zone: "b", project: "p" },
    domain: "new",
    hubs: [{ ...STAGING, domain: "x", auth: { admins: [] } }, {
      ...PROD,
      domain: "y",
      metadata: 1,
    }],
  };
  assert.deepEqual(words(EARTH, after, inert), [
    "domain",
    "gcp.zone",
    "hub staging.auth.admins.0",
    "hub prod.metadata",
  ]);
});

Deno.test("compareClusters() takes no list of hubs for an empty one", () => {
  for (const hubs of [undefined, null, []]) {
    assert.deepEqual(words({ name: "earth" }, { name: "earth", hubs }), []);
    assert.deepEqual(words({ name: "earth", hubs }, EARTH).includes("hub prod"), true);
  }
});

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

Deno.test("compareClusters() tells hubs apart whose names objects know", () => {
  const hubs = ["__proto__", "constructor", "toString"].map((name) => ({ name, domain: "a" }));
  const changed = hubs.map((hub) => ({ ...hub, domain: hub.name === "constructor" ? "b" : "a" }));
  assert.deepEqual(words({ hubs }, { hubs: changed }), ["hub constructor.domain"]);
  assert.deepEqual(words({}, { hubs: hubs.slice(0, 1) }), ["hub __proto__"]);
  assert.deepEqual(words({ hubs }, { hubs: hubs.slice(1) }), ["no hub __proto__"]);
});

Deno.test("compareClusters() takes no longer for many hubs that share a web of aliases", () => {
  const hubs = (step: number) => {
    const shared = web(step);
    const names = Array.from({ length: 200 }, (_, index) => `hub-${index}`);
    return [...names.map((name) => ({ name, shared })), { name: "last", list: [1] }];
  };
  // The first of them uses up the time for all: even what is plainly the same is not looked at.
  assert.equal(compared({ hubs: hubs(1) }, { hubs: hubs(7) }).hubs.has("last"), true);
});
