import { type Chart, type ChartGraph, isPartOf } from "./charts.ts";
import { type Cluster, filesOf, patternsOf } from "./cluster.ts";
import type { Decision } from "./decision.ts";
import { decideByCharts, decideByPatterns, type EverywherePatterns } from "./everywhere.ts";
import { namingReleases } from "./naming.ts";
import { matchesAny, type Pattern } from "./pattern.ts";

/** What of a config makes rules: the part of them that does not depend on clusters. */
interface RuleSource {
  readonly clustersDir: string;
  /** The files that clusters are read from, where they are not those of `clustersDir`. */
  readonly clusters?: { readonly files: readonly Pattern[] } | undefined;
  readonly chartsDir: string;
  readonly precision: "cluster" | "hub";
  readonly rules: EverywherePatterns & {
    /** Paths whose change starts the workflow and upgrades nothing. */
    readonly triggersOnly: readonly Pattern[];
  };
}

/** The one list of rules: what triggers the workflow and what decides an upgrade. */
export interface Rules {
  /**
   * The patterns for `on.push.paths` and `on.pull_request.paths`: what is looked at first, then
   * the exceptions, since GitHub lets the last matching pattern decide.
   */
  readonly triggers: readonly string[];
  /**
   * Whether the planner looks at a path at all. Its change then starts the workflow, as does that of
   * a path which the config names for that alone.
   */
  readonly concerns: (path: string) => boolean;
  /** Whether a changed path may reach releases on all clusters, whichever clusters there are. */
  readonly mayReachAllClusters: (path: string) => boolean;
  readonly charts: readonly Chart[];
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
  { clustersDir, clusters: read, chartsDir, precision, rules }: RuleSource,
  clusters: readonly Cluster[],
  graph?: ChartGraph,
): Rules {
  const isOfClusters = read === undefined
    ? (path: string) => path.startsWith(`${clustersDir}/`)
    : (path: string) => matchesAny(read.files, path);
  const clusterPatterns = read?.files.map(({ glob }) => glob) ?? [`${clustersDir}/**`];
  const naming = namingReleases(clusters);
  const exceptions = [...rules.allHubs, ...rules.allSupport].filter(({ exception }) => exception);
  const withoutExceptions = (patterns: readonly Pattern[]) =>
    patterns.filter(({ exception }) => !exception);
  const plain = {
    ...rules,
    allHubs: withoutExceptions(rules.allHubs),
    allSupport: withoutExceptions(rules.allSupport),
  };
  const anywhere = [...plain.allHubs, ...plain.allSupport, ...Object.values(plain.charts).flat()];
  const { charts, decide: decideEverywhere } = graph !== undefined && precision === "hub"
    ? { charts: graph.charts, decide: decideByCharts(plain, graph) }
    : decideByPatterns(plain, chartsDir, clusters, graph);
  const missing = graph === undefined ? [] : missingCharts(clusters, graph);
  const sources = charts.flatMap(({ sources }) => sources);
  const isEverywhere = (path: string) =>
    matchesAny(anywhere, path) || charts.some((chart) => isPartOf(chart, path)) ||
    missing.some((folder) => path.startsWith(`${folder}/`));
  const isException = (path: string) => matchesAny(exceptions, path);
  const isOfSomeChart = (path: string) =>
    graph !== undefined &&
    (graph.reach(path) !== undefined ||
      path.startsWith(`${chartsDir}/`) && !isOfClusters(path));

  return {
    get triggers() {
      return [
        ...new Set([
          ...anywhere.map((pattern) => pattern.glob),
          ...sources,
          ...[...charts.map(({ folder }) => folder), ...sources, ...missing]
            .map((place) => `${place}/**`),
          ...clusterPatterns,
          ...clusters.flatMap(patternsOf).map(({ glob }) => glob).sort(),
          ...clusters.flatMap(filesOf).filter((path) => !isOfClusters(path)).sort(),
          ...rules.triggersOnly.map(({ glob }) => glob),
          ...exceptions.map((pattern) => `!${pattern.glob}`),
        ]),
      ];
    },
    charts,
    concerns: (path) =>
      (isOfClusters(path) || isEverywhere(path) || naming(path).length > 0) &&
      !isException(path),
    mayReachAllClusters: (path) =>
      (isEverywhere(path) || isOfSomeChart(path)) && !isException(path),
    decide: (path) => [...naming(path), ...decideEverywhere(path)],
  };
}

/** The folders of charts that hubs name and that are not there, as after they were deleted. */
function missingCharts(clusters: readonly Cluster[], { chartsDir, charts }: ChartGraph) {
  const named = clusters.flatMap(({ hubs }) => hubs.map(({ chart = "" }) => chart))
    // Others come from elsewhere.
    .filter((chart) => /^[\w.-]*\w$/.test(chart)).map((chart) => `${chartsDir}/${chart}`);
  return [...new Set(named).difference(new Set(charts.map(({ folder }) => folder)))].sort();
}

/** Lists the files of which a change starts the workflow and upgrades nothing. */
export function* uncoveredFiles(
  paths: Iterable<string>,
  { concerns, decide }: Pick<Rules, "concerns" | "decide">,
): Generator<string> {
  for (const path of paths) {
    if (concerns(path) && decide(path).length === 0) yield path;
  }
}
