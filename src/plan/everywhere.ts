import type { ChartGraph } from "./charts.ts";
import type { Hub } from "./cluster.ts";
import type { Decision } from "./decision.ts";
import { matchesAny, type Pattern } from "./pattern.ts";

/** The patterns of the rules that reach releases on all clusters. */
export interface EverywherePatterns {
  /** Paths whose change upgrades all hubs on all clusters. */
  readonly allHubs: readonly Pattern[];
  /** Paths whose change upgrades every support chart. */
  readonly allSupport: readonly Pattern[];
  /** Paths outside a chart's folder that are about that chart, by its name. */
  readonly charts: Readonly<Record<string, readonly Pattern[]>>;
}

type Decide = (path: string) => readonly Decision[];

const ALL_HUBS: Decision = { rule: "all hubs", reach: { kind: "all hubs" } };
const ALL_SUPPORT: Decision = {
  rule: "all support charts",
  reach: { kind: "all support charts" },
};

/** Decides by patterns alone: a path that is about a chart is about all charts of its kind. */
export function decideByPatterns(
  { allHubs, allSupport, charts }: EverywherePatterns,
  chartsDir: string,
): Decide {
  const ofCharts = Object.groupBy(
    Object.entries(charts),
    ([name]) => isSupport(allSupport, `${chartsDir}/${name}`) ? "support" : "hubs",
  );
  const patternsOf = (list: (typeof ofCharts)["hubs"] = []) => list.flatMap(([, each]) => each);
  const hubs = [...allHubs, ...patternsOf(ofCharts.hubs)];
  const support = [...allSupport, ...patternsOf(ofCharts.support)];
  return (path) => [
    ...(matchesAny(hubs, path) ? [ALL_HUBS] : []),
    ...(matchesAny(support, path) ? [ALL_SUPPORT] : []),
  ];
}

/** Whether the chart in a folder is a support chart. */
function isSupport(allSupport: readonly Pattern[], folder: string): boolean {
  return matchesAny(allSupport, `${folder}/Chart.yaml`);
}

/**
 * Decides by patterns, and by charts where a path is a part of one: it upgrades the hubs of that
 * chart and of those that depend on it, and nothing where the chart does not render it. A hub whose
 * chart is not in the repository may be of any chart but a support chart.
 */
export function decideByCharts(
  { allHubs, allSupport, charts }: EverywherePatterns,
  graph: ChartGraph,
): Decide {
  const known = new Set(graph.folders);
  const folderOf = (chart: string) => `${graph.chartsDir}/${chart}`;
  const byFolders = new Map<string, Decision>();
  const someHubs = (folders: ReadonlySet<string>): Decision => {
    const key = [...folders].sort().join("\n");
    const reachesUnknown = ![...folders].every((folder) => isSupport(allSupport, folder));
    const includes = ({ chart }: Hub) =>
      chart !== undefined && known.has(folderOf(chart))
        ? folders.has(folderOf(chart))
        : reachesUnknown;
    const decision = byFolders.get(key) ??
      { rule: "chart", reach: { kind: "some hubs", includes } };
    byFolders.set(key, decision);
    return decision;
  };
  return (path) => {
    const within = graph.reach(path);
    const named = Object.keys(charts).filter((name) => matchesAny(charts[name] ?? [], path))
      .flatMap((name) => [...graph.dependants(folderOf(name))]);
    const folders = new Set([...within ?? [], ...named]);
    const rendered = within === undefined || within.size > 0;
    const anySupport = [...folders].some((folder) => isSupport(allSupport, folder));
    // "rules.allHubs" may list a support chart: all hubs need it then, whatever their own chart.
    const all = matchesAny(allHubs, path) && rendered && (within === undefined || anySupport);
    return [
      ...(all ? [ALL_HUBS] : []),
      ...(!all && folders.size > 0 ? [someHubs(folders)] : []),
      ...(anySupport || (matchesAny(allSupport, path) && rendered) ? [ALL_SUPPORT] : []),
    ];
  };
}
