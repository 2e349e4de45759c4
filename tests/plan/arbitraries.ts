import fc from "fast-check";
import type { Addon, Cluster, Hub } from "../../src/plan/cluster.ts";
import type { LabelEffects } from "../../src/plan/labels.ts";
import { parsePattern, type Pattern } from "../../src/plan/pattern.ts";
import type { ChartGraph } from "../../src/plan/charts.ts";
import type { EverywherePatterns } from "../../src/plan/everywhere.ts";
import type { PlanInput } from "../../src/plan/plan_input.ts";
import { buildRules, type Rules } from "../../src/plan/rules.ts";

/** The folder of the clusters in everything that is generated. */
export const CLUSTERS_DIR = "config/clusters";

/** The rules that hold without a config, as the design gives them. */
export const DEFAULT_PATTERNS: Patterns = {
  allHubs: patterns("deployer/**", "helm-charts/basehub/**", "helm-charts/daskhub/**"),
  allSupport: patterns("helm-charts/support/**"),
};

/** Reads patterns that have to be right. */
export function patterns(...texts: readonly string[]): readonly Pattern[] {
  return texts.map((text) => {
    const pattern = parsePattern(text);
    if (typeof pattern === "string") throw new SyntaxError(pattern);
    return pattern;
  });
}

export type Patterns =
  & Pick<EverywherePatterns, "allHubs" | "allSupport">
  & Partial<EverywherePatterns & { readonly triggersOnly: readonly Pattern[] }>;

export interface Repository {
  readonly clusters: readonly Cluster[];
  readonly patterns: Patterns;
}

export function rulesFor(
  { charts = {}, following = [], triggersOnly = [], ...patterns }: Patterns,
  clusters: readonly Cluster[],
  graph?: ChartGraph,
  precision: "cluster" | "hub" = graph === undefined ? "cluster" : "hub",
): Rules {
  const rules = { ...patterns, charts, following, triggersOnly };
  const source = { clustersDir: CLUSTERS_DIR, chartsDir: "helm-charts", precision, rules };
  return buildRules(source, clusters, graph);
}

interface Given extends Partial<Omit<PlanInput, "labels">> {
  readonly patterns?: Patterns;
  readonly labels?: Partial<LabelEffects> | undefined;
}

/** What a plan is made from: what is not given is nothing, and the rules are those of patterns. */
export function inputOf(
  { clusters = [], patterns = DEFAULT_PATTERNS, labels, ...given }: Given,
): PlanInput {
  return {
    ...{ base: "", head: "", changed: [], deleted: [], clusterChanges: new Map(), byKeys: false },
    clusters,
    rules: given.rules ?? rulesFor(patterns, clusters),
    ...given,
    labels: {
      ...{ skipDeploy: null, skipDeployHubs: null, deploySupport: null, deployHubs: null },
      ...labels,
    },
  };
}

// Names that are prefixes of each other, hold dots, or mean something to JavaScript objects.
const CLUSTER_NAMES = "earth earth-2 azure.earth mars a constructor __proto__ Venus".split(" ");
const HUB_NAMES = "staging dask-staging staging-r prod demo prod-2 __proto__ toString".split(" ");

/** Files that lie outside the clusters' folder and that values files may name. */
export const OUTSIDE_FILES = [
  "config/shared.values.yaml",
  "config/shared files/common.values.yaml",
  "config/clusters.yaml",
  "helm-charts/basehub/extra.values.yaml",
  "helm-charts/support/extra.values.yaml",
  "überall/.secret.values.yaml",
];

const LOCAL_FILES = ["common", "staging", "prod", "support", ".hidden", "nested/a b"]
  .map((name) => `${name}.values.yaml`);

const valuesFiles = (folder: string): fc.Arbitrary<readonly string[]> =>
  fc.uniqueArray(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...LOCAL_FILES).map((file) => `${folder}/${file}`) },
      { weight: 1, arbitrary: fc.constantFrom(...OUTSIDE_FILES) },
      { weight: 1, arbitrary: fc.constant(`${CLUSTERS_DIR}/templates/common.values.yaml`) },
    ),
    { maxLength: 3 },
  );

const hub = (folder: string): fc.Arbitrary<Hub> =>
  fc.record({ name: fc.constantFrom(...HUB_NAMES), valuesFiles: valuesFiles(folder) })
    .map(({ name, valuesFiles }) => ({ name, staging: name.includes("staging"), valuesFiles }));

const addon = (folder: string): fc.Arbitrary<Addon> =>
  fc.record({
    name: fc.constantFrom("node-placeholder", "ingress"),
    valuesFiles: valuesFiles(folder),
    upgrade: fc.constant("helm upgrade"),
  });

const cluster = (name: string): fc.Arbitrary<Cluster> => {
  const folder = `${CLUSTERS_DIR}/${name}`;
  return fc.record({
    name: fc.constant(name),
    provider: fc.constantFrom("gcp", "aws", "kubeconfig"),
    file: fc.constant(`${folder}/cluster.yaml`),
    support: fc.option(fc.record({ valuesFiles: valuesFiles(folder) }), { freq: 3 }),
    addons: fc.uniqueArray(addon(folder), { maxLength: 2, selector: ({ name }) => name }),
    hubs: fc.uniqueArray(hub(folder), { maxLength: 5, selector: ({ name }) => name }),
  });
};

/** Clusters with names of their own, some without support chart, hubs or staging hub. */
export const clusters: fc.Arbitrary<readonly Cluster[]> = fc
  .uniqueArray(fc.constantFrom(...CLUSTER_NAMES), { maxLength: 4 })
  .chain((names) => fc.tuple(...names.map(cluster)));

/** A cluster on which every rule has an effect: a support chart, a staging hub and a prod hub. */
export const fullCluster: Cluster = {
  name: "full",
  provider: "gcp",
  file: `${CLUSTERS_DIR}/full/cluster.yaml`,
  support: { valuesFiles: [`${CLUSTERS_DIR}/full/support.values.yaml`] },
  hubs: [
    { name: "staging", staging: true, valuesFiles: [`${CLUSTERS_DIR}/full/staging.values.yaml`] },
    { name: "prod", staging: false, valuesFiles: [`${CLUSTERS_DIR}/full/prod.values.yaml`] },
  ],
};

const positivePatterns = [
  ..."deployer/** helm-charts/basehub/** helm-charts/support/** helm-charts/*/values.yaml".split(
    " ",
  ),
  ..."helm-charts/**/*.yaml **/Chart.yaml requirements.txt *.txt config/* config/**".split(" "),
  ...["config/clusters/*/common.values.yaml", ".github/**"],
];

const exceptions = [
  ..."!**/*.md !deployer/docs/** !helm-charts/*/README.md !requirements.txt".split(" "),
  ..."!config/clusters/templates/** !config/clusters/earth/**".split(" "),
  ..."!config/clusters/*/staging.values.yaml !config/shared.values.yaml".split(" "),
];

const patternList: fc.Arbitrary<readonly Pattern[]> = fc
  .uniqueArray(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...positivePatterns) },
      { weight: 1, arbitrary: fc.constantFrom(...exceptions) },
    ),
    { maxLength: 4 },
  )
  .map((texts) => patterns(...texts));

/** The patterns of a config, exceptions among them. */
export const rulePatterns: fc.Arbitrary<Patterns> = fc.record({
  allHubs: patternList,
  allSupport: patternList,
});

export const repository: fc.Arbitrary<Repository> = fc.record({ clusters, patterns: rulePatterns });

/** Paths that some rule may be about, and some that none is. */
export function pathsOf(clusters: readonly Cluster[]): fc.Arbitrary<string> {
  const named = clusters.flatMap((cluster) => [
    cluster.file,
    ...cluster.support?.valuesFiles ?? [],
    ...cluster.hubs.flatMap((hub) => hub.valuesFiles),
  ]);
  const folders = clusters.map((cluster) => cluster.file.slice(0, -"/cluster.yaml".length));
  const local = folders.flatMap((folder) => LOCAL_FILES.map((file) => `${folder}/${file}`));
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...named, `${CLUSTERS_DIR}/templates/cluster.yaml`) },
    { weight: 2, arbitrary: fc.constantFrom(...local, ...folders, CLUSTERS_DIR) },
    { weight: 1, arbitrary: fc.constantFrom(...OUTSIDE_FILES) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        ..."deployer/deploy.py deployer/docs/a.py deployer/README.md deployer".split(" "),
        ..."deployers/deploy.py helm-charts/basehub/values.yaml Chart.yaml".split(" "),
        ..."helm-charts/basehub/templates/x.yaml helm-charts/basehub/README.md".split(" "),
        ..."helm-charts/support/Chart.yaml helm-charts/support/values.yaml".split(" "),
        ..."helm-charts/values.yaml requirements.txt dev-requirements.txt".split(" "),
        ..."docs/index.md .github/workflows/deploy-hubs.yaml config/other/a.yaml".split(" "),
        "config/clustersX/earth/cluster.yaml",
        "config/hidden .yaml",
      ),
    },
  );
}

/** Changed files of a repository, duplicates among them. */
export function changesOf(clusters: readonly Cluster[]): fc.Arbitrary<readonly string[]> {
  return fc.array(pathsOf(clusters), { maxLength: 6 });
}

export const change: fc.Arbitrary<Repository & { readonly changed: readonly string[] }> = repository
  .chain((repository) =>
    changesOf(repository.clusters).map((changed) => ({ ...repository, changed }))
  );

const asked = (label: string) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, {
    weight: 1,
    arbitrary: fc.constant(label),
  });

/** Any combination of labels, few of them at a time. */
export const labels: fc.Arbitrary<LabelEffects> = fc.record({
  skipDeploy: asked("deployer:skip-deploy"),
  skipDeployHubs: asked("deployer:skip-deploy-hubs"),
  deploySupport: asked("deployer:deploy-support"),
  deployHubs: asked("deployer:deploy-hubs"),
});
