import fc from "fast-check";
import type { TempRepository } from "../git/temp_repository.ts";

/** What a push does to files: their texts by path, `null` for one that is deleted. */
export type Edits = Readonly<Record<string, string | null>>;

/** A push of a history: a commit, or the merge of a branch of one commit. */
export interface Push {
  readonly edits: Edits;
  readonly merged: boolean;
}

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

const clusterFile = (name: string) => `config/clusters/${name}/cluster.yaml`;

const CHARTS = {
  "helm-charts/basehub/Chart.yaml": ["name: basehub\n", "name: [\n"],
  "helm-charts/daskhub/Chart.yaml": [
    "name: daskhub\n",
    "name: daskhub\ndependencies: [{name: basehub, repository: file://../basehub}]\n",
  ],
  "helm-charts/basehub/.helmignore": ["*.md\n", "docs/\n"],
};

/** Any text will do: what matters is that it changed. */
const OTHERS = [
  ...CLUSTERS.flatMap((name) =>
    ["staging", "prod", "support"].map((of) => `config/clusters/${name}/${of}.values.yaml`)
  ),
  "config/clusters/common.values.yaml",
  "config/clusters/earth/notes/README.md",
  "config/shared.yaml",
  "helm-charts/basehub/values.yaml",
  "helm-charts/basehub/README.md",
  "helm-charts/daskhub/values.yaml",
  "helm-charts/support/values.yaml",
  "deployer/deploy.py",
  "docs/index.md",
  "docs/odd \n name",
];

const texts: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    [...CLUSTERS, ...COLLIDING].map((name) => [clusterFile(name), clusterFiles(name)]),
  ),
  ...CHARTS,
  ...Object.fromEntries(OTHERS.map((path) => [path, ["1\n", "2\n", "3\n"]])),
};

const edit: fc.Arbitrary<readonly [path: string, text: string | null]> = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(...CLUSTERS.map(clusterFile)) },
  { weight: 1, arbitrary: fc.constantFrom(...COLLIDING.map(clusterFile)) },
  { weight: 6, arbitrary: fc.constantFrom(...Object.keys(CHARTS)) },
  { weight: 16, arbitrary: fc.constantFrom(...OTHERS) },
).chain((path) =>
  fc.oneof(
    // Versions that are well come first; most are.
    { weight: 8, arbitrary: fc.constantFrom(...(texts[path] ?? []).slice(0, 7)) },
    { weight: 1, arbitrary: fc.constantFrom(...texts[path] ?? []) },
    { weight: 2, arbitrary: fc.constant(null) },
  ).map((text) => [path, text] as const)
);

/** The files of the first commit: two clusters that are well, and the charts. */
const START: Edits = {
  "config/clusters/earth/cluster.yaml": clusterFiles("earth")[0] ?? "",
  "config/clusters/mars/cluster.yaml": clusterFiles("mars")[4] ?? "",
  "config/clusters/earth/notes/README.md": "1\n",
  "config/clusters/templates/cluster.yaml": "no cluster\n",
  "helm-charts/basehub/Chart.yaml": CHARTS["helm-charts/basehub/Chart.yaml"][0] ?? "",
  "helm-charts/basehub/README.md": "1\n",
  "helm-charts/daskhub/Chart.yaml": CHARTS["helm-charts/daskhub/Chart.yaml"][0] ?? "",
  "deployer/deploy.py": "1\n",
};

const commit = (edits: Edits): Push => ({ edits, merged: false });

/** A history in which each thing that a replay has to remember matters to a later push. */
export const fullHistory: readonly Push[] = [
  commit(START),
  commit({ "helm-charts/basehub/values.yaml": "1\n" }),
  commit({
    "helm-charts/daskhub/Chart.yaml": CHARTS["helm-charts/daskhub/Chart.yaml"][1] ?? "",
    [clusterFile("earth")]: clusterFiles("earth")[2] ?? "",
  }),
  commit({ "helm-charts/basehub/values.yaml": "2\n" }),
  commit({ "helm-charts/basehub/README.md": "2\n" }),
  commit({ "helm-charts/basehub/.helmignore": "*.md\n" }),
  commit({ "helm-charts/basehub/README.md": "3\n" }),
  commit({ "helm-charts/basehub/values.yaml": null }),
  commit({ [clusterFile("earth")]: "name: [\n" }),
  commit({ "deployer/deploy.py": "2\n" }),
  { edits: { [clusterFile("earth")]: clusterFiles("earth")[3] ?? "" }, merged: true },
  commit({ "config/shared.yaml": "1\n" }),
  commit({ [clusterFile("mars")]: null }),
  commit({ "deployer/deploy.py": "3\n" }),
  commit({ [clusterFile("mars")]: clusterFiles("mars")[0] ?? "" }),
];

/** Histories of a few pushes each; the first commit has two clusters. */
export const history: fc.Arbitrary<readonly Push[]> = fc.array(
  fc.record({
    edits: fc.array(edit, { minLength: 1, maxLength: 4 }).map(Object.fromEntries),
    merged: fc.boolean(),
  }),
  { minLength: 1, maxLength: 10 },
).map((pushes) => [commit(START), ...pushes]);

/** Commits a history. */
export async function commitHistory(
  repo: TempRepository,
  pushes: readonly Push[],
): Promise<readonly string[]> {
  const there = new Set<string>();
  const commits: string[] = [];
  for (const { edits, merged } of pushes) {
    const possible = Object.entries(edits).filter(([path, text]) =>
      text !== null || there.has(path)
    );
    for (const [path, text] of possible) {
      if (text === null) there.delete(path);
      else there.add(path);
    }
    if (merged) await repo.git("checkout", "--quiet", "-B", "branch");
    commits.push(await repo.commit(Object.fromEntries(possible)));
    if (!merged) continue;
    await repo.git("checkout", "--quiet", "main");
    await repo.git("merge", "--quiet", "--no-ff", "--message=merge", "branch");
    commits.splice(-1, 1, await repo.git("rev-parse", "HEAD"));
  }
  // A folder that a deletion left empty is not in the history.
  await repo.git("clean", "--quiet", "-d", "--force", "--force");
  return commits;
}
