import type { Chart, ChartGraph } from "./charts.ts";
import type { Cluster, Hub } from "./cluster.ts";
import type { Decision } from "./decision.ts";
import { matchesAny, type Pattern } from "./pattern.ts";

/** The patterns of the rules that reach releases on all clusters. */
export interface EverywherePatterns {
  readonly allHubs: readonly Pattern[];
  readonly allSupport: readonly Pattern[];
  /** Paths outside a chart's folder that are about that chart, by its name. */
  readonly charts: Readonly<Record<string, readonly Pattern[]>>;
  /** Those of the first two that follow the charts which hubs name, and the support chart. */
  readonly following: readonly ("allHubs" | "allSupport")[];
}

const ALL_HUBS: Decision = { rule: "all hubs", reach: { kind: "all hubs" } };
const ALL_SUPPORT: Decision = { rule: "all support charts", reach: { kind: "all support charts" } };

type Decide = (path: string) => readonly Decision[];

/**
 * Decides by patterns, and by charts where the config leaves it to the defaults which paths are
 * about them: a path that is about a chart that hubs name, or about what that depends on, is about
 * all hubs, and one that is about the support chart about all support charts.
 */
export function decideByPatterns(
  { allHubs, allSupport, charts, following }: EverywherePatterns,
  chartsDir: string,
  clusters: readonly Cluster[],
  graph: ChartGraph | undefined,
): { readonly charts: readonly Chart[]; readonly decide: Decide } {
  const isSupport = supportBy(allSupport);
  const named = new Set(
    clusters.flatMap(({ hubs }) => hubs.map(({ chart }) => `${chartsDir}/${chart}`)),
  );
  const followed = (folders: ReadonlySet<string> = new Set()) => ({
    hubs: following.includes("allHubs") && !folders.isDisjointFrom(named),
    support: following.includes("allSupport") && [...folders].some(isSupport),
  });
  return {
    charts: (graph?.charts ?? []).filter(({ folder }) => {
      const { hubs, support } = followed(graph?.dependants(folder));
      return hubs || support;
    }),
    decide: (path) => {
      const { hubs, support } = followed(graph?.reach(path, "all files"));
      const about = chartsAbout(charts, path).map((name) => isSupport(`${chartsDir}/${name}`));
      return [
        ...(hubs || matchesAny(allHubs, path) || about.includes(false) ? [ALL_HUBS] : []),
        ...(support || matchesAny(allSupport, path) || about.includes(true) ? [ALL_SUPPORT] : []),
      ];
    },
  };
}

function supportBy(allSupport: readonly Pattern[]): (folder: string) => boolean {
  return (folder) => matchesAny(allSupport, `${folder}/Chart.yaml`);
}

/** The charts, by their names, that a path outside their folders is about. */
function chartsAbout(charts: EverywherePatterns["charts"], path: string): readonly string[] {
  return Object.keys(charts).filter((name) => matchesAny(charts[name] ?? [], path));
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
  const isSupport = supportBy(allSupport);
  const known = new Set(graph.charts.map(({ folder }) => folder));
  const folderOf = (chart: string) => `${graph.chartsDir}/${chart}`;
  const byFolders = new Map<string, Decision>();
  const someHubs = (folders: ReadonlySet<string>): Decision => {
    const key = [...folders].sort().join("\n");
    const reachesUnknown = ![...folders].every(isSupport);
    const includes = ({ chart }: Pick<Hub, "chart">) =>
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
    const named = chartsAbout(charts, path)
      .flatMap((name) => [...graph.dependants(folderOf(name))]);
    const folders = new Set([...within ?? [], ...named]);
    const rendered = within === undefined || within.size > 0;
    const support = [...folders].some(isSupport);
    // "rules.allHubs" may list a support chart: all hubs need it then, whatever their own chart.
    const all = matchesAny(allHubs, path) && rendered && (within === undefined || support);
    return [
      ...(all ? [ALL_HUBS] : []),
      ...(!all && folders.size > 0 ? [someHubs(folders)] : []),
      ...(support || (matchesAny(allSupport, path) && rendered) ? [ALL_SUPPORT] : []),
    ];
  };
}
