import assert from "node:assert/strict";
import type { ClusterChange } from "../../src/plan/cluster_change.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import { decide } from "../../src/plan/decide.ts";
import type { PlanInput } from "../../src/plan/plan_input.ts";
import { writeCauses } from "../../src/plan/reason.ts";
import { CLUSTERS_DIR, DEFAULT_PATTERNS, fullCluster, inputOf, rulesFor } from "./arbitraries.ts";

const FILE = fullCluster.file;
const SHARED = "config/shared.values.yaml";
const KEY = `${CLUSTERS_DIR}/full/key.json`;

const mars: Cluster = {
  name: "mars",
  provider: "aws",
  file: `${CLUSTERS_DIR}/mars/cluster.yaml`,
  support: null,
  hubs: [
    { name: "staging", staging: true, valuesFiles: [] },
    { name: "rover", staging: false, valuesFiles: [SHARED] },
    { name: "lander", staging: false, valuesFiles: [SHARED] },
  ],
  otherFiles: [KEY],
};

const CLUSTERS = [fullCluster, mars];
const KEYS = [{ path: ["zone"], before: "a", after: "b" }];

const COMPARED = {
  kind: "compared",
  cluster: [],
  support: [],
  hubs: new Map(),
  removedHubs: [],
  removedSupport: false,
} as const;

interface Changed {
  readonly changed?: PlanInput["changed"];
  readonly deleted?: readonly string[];
  readonly changes?: Readonly<Record<string, ClusterChange>>;
  readonly clusters?: readonly Cluster[];
  readonly byKeys?: boolean;
}

/** What is upgraded, with the rules that say so, and what people should know. */
function decided(
  { changed = [], deleted = [], changes = {}, clusters = CLUSTERS, byKeys = true }: Changed,
) {
  const { clusters: reasons, notices } = decide(inputOf({
    clusters,
    changed,
    rules: rulesFor(DEFAULT_PATTERNS, clusters),
    deleted,
    clusterChanges: new Map(Object.entries(changes)),
    byKeys,
  }));
  const releases = reasons.flatMap(({ upgraded }) => upgraded).map((of) => {
    const name = of.kind === "support chart" ? "" : `/${of.release}`;
    return `${of.cluster}${name}: ${writeCauses(of.causes)}`;
  });
  return { releases, notices: notices.map(({ level, message }) => `${level}: ${message}`) };
}

Deno.test("decide() upgrades the hub whose entry changed, and its staging hub first", () => {
  const hubs = new Map([["prod", KEYS], ["one that is not there", KEYS]]);
  const changes = { [FILE]: { ...COMPARED, hubs } };
  assert.deepEqual(decided({ changed: [FILE], changes }), {
    releases: [
      "full/staging: prod (rule: staging before prod)",
      `full/prod: ${FILE}: zone (rule: hub entry)`,
    ],
    notices: [],
  });
});

for (
  const [what, change, reason, releases] of [
    ["support", { ...COMPARED, support: KEYS }, "zone (rule: support entry)", ["full"]],
    ["another key", { ...COMPARED, cluster: KEYS }, "zone (rule: cluster key)", [
      "full",
      "full/prod",
    ]],
    ["something unknown", { kind: "unknown", why: "it is new" }, "it is new (rule: cluster file)", [
      ...["full", "full/prod"],
    ]],
  ] as const
) {
  Deno.test(`decide() upgrades what is reached where ${what} changed, and says why`, () => {
    const upgrades = decided({ changed: [FILE], changes: { [FILE]: change } }).releases
      .filter((line) => !line.includes("staging before prod"));
    assert.deepEqual(upgrades, releases.map((release) => `${release}: ${FILE}: ${reason}`));
  });
}

for (
  const [file, change] of [[FILE, COMPARED], [mars.file, { ...COMPARED, support: KEYS }]] as const
) {
  Deno.test(`decide() says that nothing is to upgrade for ${file} where no release is reached`, () => {
    assert.deepEqual(decided({ changed: [file], changes: { [file]: change } }), {
      releases: [],
      notices: [`notice: There is nothing to upgrade for ${file}`],
    });
  });
}

Deno.test("decide() upgrades all of a cluster whose change was not looked into", () => {
  assert.equal(decided({ changed: [FILE] }).releases.length, 3);
});

Deno.test("decide() warns of hubs and a support chart that are gone", () => {
  const removedHubs = ["lab", "a\u202eb", "b, hub c"];
  const change = { ...COMPARED, removedHubs, removedSupport: true };
  const { releases, notices } = decided({ changed: [FILE], changes: { [FILE]: change } });
  assert.deepEqual(releases, []);
  assert.match(
    notices[0] ?? "",
    /^warning: Cluster full no longer has support chart, hub lab, hub "a\\u\{202e\}b" and 1 more: /,
  );
});

Deno.test("decide() warns of a cluster that is gone, and upgrades nothing for it", () => {
  const gone = `${CLUSTERS_DIR}/venus/cluster.yaml`;
  const changes = { [gone]: { kind: "removed" } } as const;
  const { releases, notices } = decided({ deleted: [gone], changes });
  assert.deepEqual([releases, notices.length], [[], 1]);
  assert.match(notices[0] ?? "", /^warning: config\/clusters\/venus\/cluster\.yaml is gone: /);
});

Deno.test("decide() warns of a deleted file that is still named, and upgrades whose it is", () => {
  const { releases, notices } = decided({ deleted: [SHARED, KEY] });
  assert.deepEqual(releases.map((line) => line.split(":")[0]), [
    "mars/staging",
    "mars/rover",
    "mars/lander",
  ]);
  assert.equal(notices.length, 2);
  assert.match(
    notices[0] ?? "",
    /^warning: config\/clusters\/full\/key\.json is gone, but .* everything of mars: /,
  );
  assert.match(
    notices[1] ?? "",
    /^warning: config\/shared\.values\.yaml .* hub lander of mars, hub rover of mars: /,
  );
});

Deno.test("decide() warns of a deleted file of a support chart, with hidden characters visible", () => {
  const name = `${CLUSTERS_DIR}/full/a\nb`;
  const clusters = [{ ...fullCluster, support: { valuesFiles: [], otherFiles: [name] } }];
  const [notice = ""] = decided({ deleted: [name], clusters }).notices;
  assert.match(
    notice,
    /^warning: "config\/clusters\/full\/a\\+nb" is gone.* the support chart of full/,
  );
  assert.match(notice, /; put the file back/);
});

Deno.test("decide() lets a deleted file of all hubs upgrade all hubs, and warns of nothing", () => {
  const { releases, notices } = decided({ deleted: ["deployer/a.py"] });
  assert.deepEqual(releases.map((line) => line.split(":")[0]), [
    ...["full/staging", "full/prod", "mars/staging", "mars/rover", "mars/lander"],
  ]);
  assert.deepEqual(notices, []);
});

Deno.test("decide() is silent about a deleted file that nothing names", () => {
  const deleted = [`${CLUSTERS_DIR}/full/old.values.yaml`, "README.md"];
  assert.deepEqual(decided({ deleted }), { releases: [], notices: [] });
});

Deno.test("decide() says of a cluster.yaml that a cluster of another one names what it is named for", () => {
  const naming = { ...mars, otherFiles: [FILE] };
  const { releases } = decided({
    clusters: [fullCluster, naming],
    changed: [FILE],
    changes: { [FILE]: { ...COMPARED, support: KEYS } },
  });
  assert.deepEqual(releases, [
    `full: ${FILE}: zone (rule: support entry)`,
    ...["staging", "rover", "lander"].map((hub) =>
      `mars/${hub}: ${FILE} (rule: named file)${
        hub === "staging" ? "; lander, rover (rule: staging before prod)" : ""
      }`
    ),
  ]);
});

Deno.test("decide() upgrades nothing for deletions where whole files decide, but warns of each", () => {
  const gone = `${CLUSTERS_DIR}/venus/cluster.yaml`;
  const deployer = ["deployer/a.py", "helm-charts/basehub/templates/a.yaml"];
  const { releases, notices } = decided({
    deleted: [gone, SHARED, ...deployer],
    changes: { [gone]: { kind: "removed" } },
    byKeys: false,
  });
  assert.deepEqual(releases, []);
  assert.deepEqual(notices.map((notice) => notice.replace(/(?:is|were) .*/, "")), [
    `warning: ${gone} `,
    `warning: ${SHARED} `,
    `warning: ${deployer.join(", ")} `,
  ]);
});

Deno.test("decide() upgrades a whole cluster for its file, and warns of what that lost", () => {
  const { releases, notices } = decided({
    changed: [FILE],
    changes: { [FILE]: { ...COMPARED, hubs: new Map([["prod", KEYS]]), removedHubs: ["lab"] } },
    byKeys: false,
  });
  assert.deepEqual(releases, [
    `full: ${FILE} (rule: cluster file)`,
    `full/staging: ${FILE} (rule: cluster file); prod (rule: staging before prod)`,
    `full/prod: ${FILE} (rule: cluster file)`,
  ]);
  assert.match(notices.join(), /^warning: Cluster full no longer has hub lab: /);
});

Deno.test("decide() decides the same whatever the order of the files", () => {
  const changed = [FILE, SHARED, "deployer/a.py", "x"];
  const deleted = [KEY, `${CLUSTERS_DIR}/venus/cluster.yaml`];
  const changes = { [FILE]: { ...COMPARED, removedHubs: ["lab"] } };
  assert.deepEqual(
    decided({ changed, deleted, changes }),
    decided({ changed: changed.toReversed(), deleted: deleted.toReversed(), changes }),
  );
});
