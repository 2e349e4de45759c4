import fc from "fast-check";
import type { FileVersion } from "../../src/git/tree.ts";
import { type Commit, fastImport, type FileChange } from "../git/fast_import.ts";

/** What a push does to files: their texts by path, `null` for one that is deleted. */
export type Edits = Readonly<Record<string, string | null>>;

const hub = (name: string, chart: string, files: readonly string[], domain: string) =>
  `  - name: ${name}
    helm_chart: ${chart}
    domain: ${domain}
    helm_chart_values_files: [${files.join(", ")}]
`;

const cluster = (name: string, head: string, hubs: readonly string[]) =>
  `name: ${name}\nprovider: gcp\n${head}hubs:\n${hubs.join("")}`;

const SUPPORT = "support:\n  helm_chart_values_files: [support.values.yaml]\n";

/** Versions of a `cluster.yaml`, by what differs between them. */
function clusterFiles(name: string): readonly string[] {
  const staging = hub("staging", "basehub", ["staging.values.yaml"], "a");
  const prod = hub("prod", "daskhub", ["prod.values.yaml", "../common.values.yaml"], "a");
  return [
    cluster(name, SUPPORT, [staging, prod]),
    cluster(name, `${SUPPORT}# a comment\n`, [prod, staging]),
    cluster(name, SUPPORT, [staging, hub("prod", "daskhub", ["prod.values.yaml"], "b")]),
    cluster(name, SUPPORT, [staging, prod, hub("lab", "other", ["../../shared.yaml"], "a")]),
    cluster(name, "", [prod]),
    cluster(name, `${SUPPORT}metadata: 1\n`, [staging, prod]),
    cluster(name, `zone: b\n${SUPPORT}`, [staging, prod]),
    cluster("elsewhere", SUPPORT, [staging]),
    "name: [\n",
    "",
  ];
}

const CLUSTERS = ["earth", "mars", "templates"];

/** Clusters whose verdicts would share an output. */
const COLLIDING = ["a.b", "a-b"];

export const clusterFile = (name: string): string => `config/clusters/${name}/cluster.yaml`;

const [EARTH, MARS] = [clusterFile("earth"), clusterFile("mars")];
const [BASEHUB, DASKHUB] = ["helm-charts/basehub", "helm-charts/daskhub"];

const CHARTS = {
  [`${BASEHUB}/Chart.yaml`]: ["name: basehub\n", "name: [\n"],
  [`${DASKHUB}/Chart.yaml`]: [
    "name: daskhub\n",
    "name: daskhub\ndependencies: [{name: basehub, repository: file://../basehub}]\n",
  ],
  [`${BASEHUB}/.helmignore`]: ["*.md\n", "docs/\n"],
};

/** Any text will do: what matters is that it changed. */
const OTHERS = [
  ...CLUSTERS.flatMap((name) =>
    ["staging", "prod", "support"].map((of) => `config/clusters/${name}/${of}.values.yaml`)
  ),
  ...["config/clusters/common.values.yaml", "config/clusters/earth/notes/README.md"],
  ...["config/shared.yaml", "deployer/deploy.py", "docs/index.md", "docs/odd \n name"],
  ...["values.yaml", "README.md"].map((name) => `${BASEHUB}/${name}`),
  ...[`${DASKHUB}/values.yaml`, "helm-charts/support/values.yaml"],
];

/** The versions of each file; those that are well come first. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    [...CLUSTERS, ...COLLIDING].map((name) => [clusterFile(name), clusterFiles(name)]),
  ),
  ...CHARTS,
  ...Object.fromEntries(OTHERS.map((path) => [path, ["1\n", "2\n", "3\n"]])),
};

const edit = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(...CLUSTERS.map(clusterFile)) },
  { weight: 1, arbitrary: fc.constantFrom(...COLLIDING.map(clusterFile)) },
  { weight: 6, arbitrary: fc.constantFrom(...Object.keys(CHARTS)) },
  { weight: 16, arbitrary: fc.constantFrom(...OTHERS) },
).chain((path) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...(VERSIONS[path] ?? []).slice(0, 7)) },
    { weight: 1, arbitrary: fc.constantFrom(...VERSIONS[path] ?? []) },
    { weight: 2, arbitrary: fc.constant(null) },
  ).map((text) => [path, text] as const)
);

/** What makes a file that version, by its index. */
const to = (path: string, version: number): Edits => ({ [path]: VERSIONS[path]?.[version] ?? "" });

/** The files of the first commit: two clusters that are well, and the charts. */
const START: Edits = {
  ...to(EARTH, 0),
  ...to(MARS, 4),
  ...to(clusterFile("templates"), 0),
  ...to("config/clusters/earth/notes/README.md", 0),
  ...to(`${BASEHUB}/Chart.yaml`, 0),
  ...to(`${BASEHUB}/README.md`, 0),
  ...to(`${DASKHUB}/Chart.yaml`, 0),
  ...to("deployer/deploy.py", 0),
};

/** A history in which each thing that a replay has to remember matters to a later push. */
export const fullHistory: readonly Edits[] = [
  START,
  to(`${BASEHUB}/values.yaml`, 0),
  { ...to(`${DASKHUB}/Chart.yaml`, 1), ...to(EARTH, 2) },
  to(`${BASEHUB}/values.yaml`, 1),
  to(`${BASEHUB}/README.md`, 1),
  to(`${BASEHUB}/.helmignore`, 0),
  to(`${BASEHUB}/README.md`, 2),
  { [`${BASEHUB}/values.yaml`]: null },
  to(EARTH, 8),
  to("deployer/deploy.py", 1),
  to(EARTH, 3),
  to("config/shared.yaml", 0),
  { [MARS]: null },
  to("deployer/deploy.py", 2),
  to(MARS, 0),
];

/** Histories of a few pushes each; the first commit has two clusters. */
export const history: fc.Arbitrary<readonly Edits[]> = fc.array(
  fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits): Edits => Object.fromEntries(edits)),
  { minLength: 1, maxLength: 10 },
).map((pushes) => {
  const there: Record<string, string | null> = {};
  return [START, ...pushes].map((edits) => {
    const changed = Object.entries(edits).filter(([path, text]) => (there[path] ?? null) !== text);
    Object.assign(there, edits);
    return Object.fromEntries(changed);
  });
});

/** What a push does to files, as git says it; the id of a blob is its text here. */
export function versionsOf(edits: Edits): readonly FileVersion[] {
  return Object.entries(edits)
    .map(([path, text]) => ({ path, id: text ?? undefined, mode: "100644" }));
}

/** Commits a history to `main`; every third push merges a branch. */
export async function commitHistory(repo: string, pushes: readonly Edits[]): Promise<void> {
  const commits = pushes.flatMap((edits, index): readonly Commit[] => {
    const changes = Object.entries(edits).map(([path, text]): FileChange =>
      text === null ? { path, kind: "gone" } : { path, text }
    );
    const onMain = { branch: "main", changes };
    return index % 3 === 2
      ? [{ branch: "branch", from: "main", changes }, { ...onMain, merges: ["branch"] }]
      : [onMain];
  });
  await fastImport(repo, commits);
}
