import type { ChartGraph } from "./charts.ts";
import { type Cluster, filesOf, type Hub } from "./cluster.ts";
import { decideByCharts, decideByPatterns } from "./decide_everywhere.ts";
import { namingReleases } from "./naming.ts";
import { matchesAny, type Pattern } from "./pattern.ts";

/** The ways in which a changed file can decide an upgrade, in the order of the rule table. */
export const RULE_IDS = [
  "cluster file",
  "all hubs",
  "all support charts",
  "hub values file",
  "support values file",
  "named file",
] as const;

/** The ways in which `precision: "hub"` decides, in place of "cluster file" and of all hubs. */
export const PRECISE_RULE_IDS = ["cluster key", "support entry", "hub entry", "chart"] as const;

/** The name of a rule about changed files, as reasons and the rule table give it. */
export type RuleId = typeof RULE_IDS[number] | typeof PRECISE_RULE_IDS[number];

/** What a rule is about, in words for the rule table. */
export interface RuleText {
  /** What changed, where the rule is not given by patterns. */
  readonly changed: string;
  /** What is upgraded then. */
  readonly upgrades: string;
}

/** What each rule says, in words. */
export const RULE_TEXTS: Readonly<Record<RuleId, RuleText>> = {
  "cluster file": {
    changed: "a cluster's `cluster.yaml`",
    upgrades: "the support chart and all hubs of that cluster",
  },
  "all hubs": { changed: "", upgrades: "all hubs on all clusters" },
  "all support charts": {
    changed: "",
    upgrades: "the support chart on all clusters that have one",
  },
  "hub values file": {
    changed: "a values file named in a hub's `helm_chart_values_files`",
    upgrades: "that hub",
  },
  "support values file": {
    changed: "a values file named in `support.helm_chart_values_files`",
    upgrades: "that cluster's support chart",
  },
  "named file": {
    changed: "a file named under a key of `rules.fileKeys`",
    upgrades: "the hub, the support chart or the cluster whose key it is",
  },
  "cluster key": {
    changed: "a key of `cluster.yaml` beside `support` and `hubs`, unless `rules.inertKeys` has it",
    upgrades: "the support chart and all hubs of that cluster",
  },
  "support entry": {
    changed: "`support` in a `cluster.yaml`",
    upgrades: "that cluster's support chart",
  },
  "hub entry": {
    changed: "a hub's entry in a `cluster.yaml`, a new one too, unless in `rules.inertHubKeys`",
    upgrades: "that hub",
  },
  "chart": {
    changed: "a file that a chart renders, or a path of `rules.charts`",
    upgrades: "the hubs of that chart and of the charts that depend on it",
  },
};

/** The rules of an infrastructure repository: the part of them that does not depend on clusters. */
export interface RulePatterns {
  /** The folder that holds one folder a cluster, relative to the repository's root. */
  readonly clustersDir: string;
  /** Paths whose change upgrades all hubs on all clusters. */
  readonly allHubs: readonly Pattern[];
  /** Paths whose change upgrades every support chart. */
  readonly allSupport: readonly Pattern[];
  /** Paths outside a chart's folder that are about that chart, by its name. */
  readonly charts?: Readonly<Record<string, readonly Pattern[]>>;
}

/** The one list of rules: what triggers the workflow and what decides an upgrade. */
export interface Rules {
  /**
   * The patterns for `on.push.paths` and `on.pull_request.paths`: what is looked at first, then
   * the exceptions, since GitHub lets the last matching pattern decide.
   */
  readonly triggers: readonly string[];
  /**
   * Whether the planner looks at a changed path at all: the same question as whether the path
   * triggers the workflow.
   */
  readonly concerns: (path: string) => boolean;
  /** Whether a changed path reaches releases on all clusters. */
  readonly reachesAllClusters: (path: string) => boolean;
  /** What a changed path decides. */
  readonly decide: (path: string) => readonly Decision[];
}

/** The releases that a changed path upgrades. */
export interface Decision {
  /** The rule that says so. */
  readonly rule: RuleId;
  /** What is upgraded: on one cluster, or on all of them. */
  readonly reach: Reach;
}

/** The releases that a rule reaches. */
export type Reach =
  | { readonly kind: "all hubs" }
  | { readonly kind: "some hubs"; readonly includes: (hub: Hub) => boolean }
  | { readonly kind: "all support charts" }
  | { readonly kind: "cluster"; readonly cluster: Cluster }
  | { readonly kind: "hub"; readonly cluster: Cluster; readonly hub: string }
  | { readonly kind: "support chart"; readonly cluster: Cluster };

/** Whether a rule reaches releases on all clusters, or those of one. */
export function isEverywhere(
  reach: Reach,
): reach is Exclude<Reach, { readonly cluster: Cluster }> {
  return !("cluster" in reach);
}

/**
 * Joins the patterns of the config and what the clusters name into the one list of rules.
 *
 * An exception (a pattern with a leading `!`) holds for every rule, wherever it is written: GitHub
 * reads one list of paths for the whole workflow, so an exception of one rule only could not be
 * said there.
 */
export function buildRules(
  patterns: RulePatterns,
  clusters: readonly Cluster[],
  graph?: ChartGraph,
): Rules {
  const clusterFolders = `${patterns.clustersDir}/`;
  const naming = namingReleases(clusters);
  const written = [...patterns.allHubs, ...patterns.allSupport];
  const exceptions = written.filter((pattern) => pattern.exception);
  const reaching = {
    allHubs: patterns.allHubs.filter((pattern) => !pattern.exception),
    allSupport: patterns.allSupport.filter((pattern) => !pattern.exception),
    charts: patterns.charts ?? {},
  };
  const anywhere = [...reaching.allHubs, ...reaching.allSupport];
  anywhere.push(...Object.values(reaching.charts).flat());
  const decideEverywhere = graph === undefined
    ? decideByPatterns(reaching)
    : decideByCharts(reaching, graph);
  const isEverywhere = (path: string) =>
    matchesAny(anywhere, path) || graph?.reach(path) !== undefined;
  const isException = (path: string) => matchesAny(exceptions, path);

  return {
    get triggers() {
      return [
        ...new Set([
          ...anywhere.map((pattern) => pattern.glob),
          ...graph?.folders.map((folder) => `${folder}/**`) ?? [],
          `${patterns.clustersDir}/**`,
          ...namedOutside(clusters, clusterFolders),
          ...exceptions.map((pattern) => `!${pattern.glob}`),
        ]),
      ];
    },
    concerns: (path) =>
      (path.startsWith(clusterFolders) || isEverywhere(path) || naming(path).length > 0) &&
      !isException(path),
    reachesAllClusters: (path) => isEverywhere(path) && !isException(path),
    decide: (path) => [...naming(path), ...decideEverywhere(path)],
  };
}

/** The files outside the clusters' folder that clusters name, sorted. */
function namedOutside(clusters: readonly Cluster[], clusterFolders: string): readonly string[] {
  return clusters.flatMap((cluster) =>
    [cluster.file, ...filesOf(cluster)].filter((path) => !path.startsWith(clusterFolders))
  ).sort();
}
