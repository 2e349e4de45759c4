import type { ChartGraph } from "./charts.ts";
import type { Hub } from "./cluster.ts";
import { matchesAny, type Pattern } from "./pattern.ts";
import type { Decision } from "./rules.ts";

/** The patterns of the rules that reach releases on all clusters. */
export interface ReachingPatterns {
  /** Paths whose change upgrades all hubs on all clusters. */
  readonly allHubs: readonly Pattern[];
  /** Paths whose change upgrades every support chart. */
  readonly allSupport: readonly Pattern[];
  /** Paths outside a chart's folder that are about that chart, by its name. */
  readonly charts: Readonly<Record<string, readonly Pattern[]>>;
}

const ALL_HUBS: Decision = { rule: "all hubs", reach: { kind: "all hubs" } };
const ALL_SUPPORT: Decision = {
  rule: "all support charts",
  reach: { kind: "all support charts" },
};

/** Decides by patterns alone: a path that is about a chart upgrades all hubs. */
export function decideByPatterns(
  { allHubs, allSupport, charts }: ReachingPatterns,
): (path: string) => readonly Decision[] {
  const hubs = [...allHubs, ...Object.values(charts).flat()];
  return (path) => [
    ...(matchesAny(hubs, path) ? [ALL_HUBS] : []),
    ...(matchesAny(allSupport, path) ? [ALL_SUPPORT] : []),
  ];
}

/**
 * Decides by patterns, and by charts where a path is a part of one: it upgrades the hubs of that
 * chart and of those that depend on it, and nothing where the chart does not render it. A hub whose
 * chart is not known here may be of any, support charts aside.
 */
export function decideByCharts(
  { allHubs, allSupport, charts }: ReachingPatterns,
  graph: ChartGraph,
): (path: string) => readonly Decision[] {
  const known = new Set(graph.folders);
  const isSupport = (folder: string) => matchesAny(allSupport, `${folder}/Chart.yaml`);
  const folderOf = (chart: string) => `${graph.chartsDir}/${chart}`;
  const byFolders = new Map<string, Decision>();
  const someHubs = (folders: ReadonlySet<string>): Decision => {
    const key = [...folders].sort().join("\n");
    const reachesUnknown = ![...folders].every(isSupport);
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
    const anySupport = [...folders].some(isSupport);
    // A support chart that the config counts among what all hubs need is no chart of some hubs.
    const all = matchesAny(allHubs, path) && rendered && (within === undefined || anySupport);
    return [
      ...(all ? [ALL_HUBS] : []),
      ...(!all && folders.size > 0 ? [someHubs(folders)] : []),
      ...(anySupport || (matchesAny(allSupport, path) && rendered) ? [ALL_SUPPORT] : []),
    ];
  };
}
