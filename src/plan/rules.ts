import type { ChartGraph } from "./charts.ts";
import { type Cluster, filesOf } from "./cluster.ts";
import type { Decision } from "./decision.ts";
import { decideByCharts, decideByPatterns, type EverywherePatterns } from "./everywhere.ts";
import { namingReleases } from "./naming.ts";
import { matchesAny, type Pattern } from "./pattern.ts";

/** What of a config makes rules: the part of them that does not depend on clusters. */
export interface RuleSource {
  /** The folder that holds one folder a cluster, relative to the repository's root. */
  readonly clustersDir: string;
  /** The folder that holds one folder a chart. */
  readonly chartsDir: string;
  /** The patterns of the rules that reach releases on all clusters. */
  readonly rules: EverywherePatterns;
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
  readonly decide: (path: string) => readonly Decision[];
}

/**
 * Joins the patterns of the config and what the clusters name into the one list of rules.
 *
 * An exception (a pattern with a leading `!`) holds for every rule, wherever it is written: GitHub
 * reads one list of paths for the whole workflow, so an exception of one rule only could not be
 * said there.
 */
export function buildRules(
  { clustersDir, chartsDir, rules }: RuleSource,
  clusters: readonly Cluster[],
  graph?: ChartGraph,
): Rules {
  const clusterFolders = `${clustersDir}/`;
  const naming = namingReleases(clusters);
  const isPlain = (pattern: Pattern) => !pattern.exception;
  const exceptions = [...rules.allHubs, ...rules.allSupport].filter(({ exception }) => exception);
  const plain = {
    allHubs: rules.allHubs.filter(isPlain),
    allSupport: rules.allSupport.filter(isPlain),
    charts: rules.charts,
  };
  const anywhere = [...plain.allHubs, ...plain.allSupport, ...Object.values(plain.charts).flat()];
  const decideEverywhere = graph === undefined
    ? decideByPatterns(plain, chartsDir)
    : decideByCharts(plain, graph);
  const isEverywhere = (path: string) =>
    matchesAny(anywhere, path) || graph?.reach(path) !== undefined;
  const isException = (path: string) => matchesAny(exceptions, path);

  return {
    get triggers() {
      return [
        ...new Set([
          ...anywhere.map((pattern) => pattern.glob),
          ...graph?.sources ?? [],
          ...[...graph?.folders ?? [], ...graph?.sources ?? []].map((place) => `${place}/**`),
          `${clustersDir}/**`,
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

/** The files outside the clusters' folder that clusters are made of, sorted. */
function namedOutside(clusters: readonly Cluster[], clusterFolders: string): readonly string[] {
  return clusters.flatMap(filesOf).filter((path) => !path.startsWith(clusterFolders)).sort();
}
