import assert from "node:assert/strict";
import type { ClusterChange } from "../../src/plan/cluster_change.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import { decide } from "../../src/plan/decide.ts";
import type { PlanInput } from "../../src/plan/plan_input.ts";
import { writeCauses } from "../../src/plan/reason.ts";
import { CLUSTERS_DIR, fullCluster, inputOf } from "./arbitraries.ts";

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

/** What a cluster.yaml that changed in some way upgrades, and what is said of it. */
const compared = (
  file: string,
  change: Partial<typeof COMPARED | ClusterChange>,
  byKeys = true,
) => ({
  changed: [file],
  changes: { [file]: { ...COMPARED, ...change } as ClusterChange },
  byKeys,
});
const GONE = `${CLUSTERS_DIR}/venus/cluster.yaml`;
const REMOVED = { [GONE]: { kind: "removed" } } as const;
const STAGING_FIRST = "full/staging: prod (rule: staging before prod)";
const ODD = `${CLUSTERS_DIR}/full/a\nb`;
const DEPLOYER = ["deployer/a.py", "helm-charts/basehub/templates/a.yaml"];

/** What is given, the releases that are upgraded, each with why, and how the notices begin. */
const CASES: readonly (readonly [
  criterion: string,
  given: Changed,
  releases: readonly string[],
  notices?: readonly RegExp[],
])[] = [
  [
    "upgrades the hub whose entry changed, and its staging hub first",
    compared(FILE, { hubs: new Map([["prod", KEYS], ["one that is not there", KEYS]]) }),
    [STAGING_FIRST, `full/prod: ${FILE}: zone (rule: hub entry)`],
  ],
  ["upgrades the support chart whose entry changed", compared(FILE, { support: KEYS }), [
    `full: ${FILE}: zone (rule: support entry)`,
  ]],
  ["upgrades all of a cluster for another key", compared(FILE, { cluster: KEYS }), [
    `full: ${FILE}: zone (rule: cluster key)`,
    `full/staging: ${FILE}: zone (rule: cluster key); prod (rule: staging before prod)`,
    `full/prod: ${FILE}: zone (rule: cluster key)`,
  ]],
  [
    "upgrades all of a cluster for what is unknown, and says why",
    { changed: [FILE], changes: { [FILE]: { kind: "unknown", why: "it is new" } } },
    [
      `full: ${FILE}: it is new (rule: cluster file)`,
      `full/staging: ${FILE}: it is new (rule: cluster file); prod (rule: staging before prod)`,
      `full/prod: ${FILE}: it is new (rule: cluster file)`,
    ],
  ],
  ...[compared(FILE, {}), compared(mars.file, { support: KEYS })].map((given) => (
    ["says that no release is reached", given, [], [
      /^notice: There is nothing to upgrade for config\/clusters\/\w+\/cluster.yaml$/,
    ]] as const
  )),
  [
    "warns of hubs and a support chart that are gone",
    compared(FILE, { removedHubs: ["lab", "a\u202eb", "b, hub c"], removedSupport: true }),
    [],
    [
      /^warning: Cluster full no longer has support chart, hub lab, hub "a\\u\{202e\}b" and 1 more: /,
      /^notice: There is nothing to upgrade/,
    ],
  ],
  ["warns of a cluster that is gone", { deleted: [GONE], changes: REMOVED }, [], [
    /^warning: config\/clusters\/venus\/cluster\.yaml is gone: /,
  ]],
  [
    "warns of a deleted file that is still named, and upgrades whose it is",
    { deleted: [SHARED, KEY] },
    [
      `mars/staging: ${KEY} (rule: named file); lander, rover (rule: staging before prod)`,
      ...["rover", "lander"].map((hub) =>
        `mars/${hub}: ${SHARED} (rule: hub values file); ${KEY} (rule: named file)`
      ),
    ],
    [
      /^warning: config\/clusters\/full\/key\.json is gone, but .* everything of mars: /,
      /^warning: config\/shared\.values\.yaml .* hub lander of mars, hub rover of mars: /,
    ],
  ],
  [
    "warns of a deleted file of a support chart, with hidden characters visible",
    {
      deleted: [ODD],
      clusters: [{ ...fullCluster, support: { valuesFiles: [], otherFiles: [ODD] } }],
    },
    [`full: "${CLUSTERS_DIR}/full/a\\nb" (rule: named file)`],
    [/^warning: "[^"]+a\\+nb" is gone.* the support chart of full.*; put the file back/],
  ],
  [
    "lets a deleted file of all hubs upgrade all hubs, and warns of nothing",
    { deleted: ["deployer/a.py"] },
    ["full/staging", "full/prod", "mars/staging", "mars/rover", "mars/lander"],
  ],
  [
    "is silent about a deleted file that nothing names",
    { deleted: [`${CLUSTERS_DIR}/full/old.values.yaml`, "README.md"] },
    [],
  ],
  [
    "says of a cluster.yaml that a cluster of another one names what it is named for",
    {
      ...compared(FILE, { support: KEYS }),
      clusters: [fullCluster, { ...mars, otherFiles: [FILE] }],
    },
    [
      `full: ${FILE}: zone (rule: support entry)`,
      `mars/staging: ${FILE} (rule: named file); lander, rover (rule: staging before prod)`,
      ...["rover", "lander"].map((hub) => `mars/${hub}: ${FILE} (rule: named file)`),
    ],
  ],
  [
    "upgrades nothing for deletions where whole files decide, but warns of each",
    { deleted: [GONE, SHARED, ...DEPLOYER], changes: REMOVED, byKeys: false },
    [],
    [GONE, SHARED, DEPLOYER.join(", ")].map((gone) => new RegExp(`^warning: ${gone} (?:is|were) `)),
  ],
  [
    "upgrades a whole cluster for its file, and warns of what that lost",
    compared(FILE, { hubs: new Map([["prod", KEYS]]), removedHubs: ["lab"] }, false),
    [
      `full: ${FILE} (rule: cluster file)`,
      `full/staging: ${FILE} (rule: cluster file); prod (rule: staging before prod)`,
      `full/prod: ${FILE} (rule: cluster file)`,
    ],
    [/^warning: Cluster full no longer has hub lab: /],
  ],
];

for (const [criterion, given, releases, notices = []] of CASES) {
  Deno.test(`decide() ${criterion}`, () => {
    const result = decided(given);
    const short = result.releases.map((line, at) =>
      releases[at]?.includes(":") ? line : line.split(":")[0]
    );
    assert.deepEqual(short, releases);
    assert.equal(result.notices.length, notices.length, result.notices.join("\n"));
    notices.forEach((notice, at) => assert.match(result.notices[at] ?? "", notice));
    const { changed, deleted = [] } = given;
    const turned = Array.isArray(changed) ? { changed: changed.toReversed() } : {};
    assert.deepEqual(decided({ ...given, ...turned, deleted: deleted.toReversed() }), result);
  });
}

Deno.test("decide() upgrades all of a cluster whose change was not looked into", () => {
  assert.equal(decided({ changed: [FILE] }).releases.length, 3);
});
