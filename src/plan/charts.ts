/** A Helm chart of the repository, as its `Chart.yaml` and `.helmignore` describe it. */
export interface Chart {
  /** Its folder, relative to the repository's root: what `helm_chart` names, inside `chartsDir`. */
  readonly folder: string;
  /**
   * The folders of the charts in this repository that it depends on; `undefined` where that cannot
   * be told, so that it may depend on all.
   */
  readonly dependencies: readonly string[] | undefined;
  /**
   * Whether a file of its folder is no part of what it renders.
   *
   * @param path The file's path, relative to the folder.
   */
  readonly ignores: (path: string) => boolean;
}

/** The charts of a repository and how they depend on each other. */
export interface ChartGraph {
  /** The folder that holds the charts that hubs name. */
  readonly chartsDir: string;
  /** The folders of all charts, those that others depend on included. */
  readonly folders: readonly string[];
  /**
   * Which charts a changed file reaches.
   *
   * @param path A path relative to the repository's root.
   * @returns The charts; `undefined` where the file lies in no chart's folder.
   */
  readonly reach: (path: string) => ReadonlySet<string> | undefined;
  /**
   * The charts that depend on one, itself included.
   *
   * @param folder The chart's folder.
   */
  readonly dependants: (folder: string) => ReadonlySet<string>;
}

/**
 * Joins charts to a graph.
 *
 * @param chartsDir The folder that holds the charts that hubs name.
 * @param charts The charts.
 * @returns The graph.
 * @example
 * ```ts
 * import { buildChartGraph } from "./charts.ts";
 *
 * const ignores = () => false;
 * const { reach } = buildChartGraph("charts", [
 *   { folder: "charts/base", dependencies: [], ignores },
 *   { folder: "charts/dask", dependencies: ["charts/base"], ignores },
 * ]);
 * console.assert([...reach("charts/base/values.yaml") ?? []].join() === "charts/base,charts/dask");
 * console.assert([...reach("charts/dask/values.yaml") ?? []].join() === "charts/dask");
 * console.assert(reach("docs/index.md") === undefined);
 * ```
 */
export function buildChartGraph(chartsDir: string, charts: readonly Chart[]): ChartGraph {
  const dependants = (folder: string): ReadonlySet<string> => {
    const reached = new Set([folder]);
    // A set may grow while it is walked: what is added is walked too.
    for (const dependency of reached) {
      for (const chart of charts) {
        if (chart.dependencies?.includes(dependency) ?? true) reached.add(chart.folder);
      }
    }
    return reached;
  };
  return {
    chartsDir,
    folders: charts.map((chart) => chart.folder),
    dependants,
    reach: (path) => {
      const within = charts.filter(({ folder }) => path.startsWith(`${folder}/`));
      if (within.length === 0) return undefined;
      const rendering = within.filter(({ folder, ignores }) =>
        !ignores(path.slice(folder.length + 1))
      );
      return new Set(rendering.flatMap(({ folder }) => [...dependants(folder)]));
    },
  };
}
