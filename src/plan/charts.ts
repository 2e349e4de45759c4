/** A Helm chart of the repository, as its `Chart.yaml` and `.helmignore` describe it. */
export interface Chart {
  /** Its folder, relative to the repository's root: what `helm_chart` names, inside `chartsDir`. */
  readonly folder: string;
  /** Files and folders outside of it that it is made of, by symbolic links, the links included. */
  readonly sources: readonly string[];
  /**
   * The folders of the charts in this repository that it depends on; `undefined` where that is
   * unclear, so it may depend on all of them.
   */
  readonly dependencies: readonly string[] | undefined;
  /** Whether a file of its folder has no part in what it renders. */
  readonly ignores: (path: string) => boolean;
}

export interface ChartGraph {
  /** The folder that holds the charts that hubs name. */
  readonly chartsDir: string;
  /** All charts, those that others depend on included. */
  readonly charts: readonly Chart[];
  /**
   * Which charts a changed file reaches; `undefined` for a file outside all charts. A file that its
   * chart does not render reaches none, unless it is meant to count all the same.
   */
  readonly reach: (path: string, all?: "all files") => ReadonlySet<string> | undefined;
  /** The charts that depend on one, itself included. */
  readonly dependants: (folder: string) => ReadonlySet<string>;
}

export function buildChartGraph(chartsDir: string, charts: readonly Chart[]): ChartGraph {
  const dependants = (folder: string): ReadonlySet<string> => {
    const reached = new Set([folder]);
    // A set can grow during iteration: what is added is visited too.
    for (const dependency of reached) {
      for (const chart of charts) {
        if (chart.dependencies?.includes(dependency) ?? true) reached.add(chart.folder);
      }
    }
    return reached;
  };
  return {
    chartsDir,
    charts,
    dependants,
    reach: (path, all) => {
      const within = charts.filter((chart) => isPartOf(chart, path));
      if (within.length === 0) return undefined;
      const rendering = within.filter(({ folder, ignores }) =>
        all !== undefined || !path.startsWith(`${folder}/`) ||
        !ignores(path.slice(folder.length + 1))
      );
      return new Set(rendering.flatMap(({ folder }) => [...dependants(folder)]));
    },
  };
}

/** Whether a file lies in a chart's folder, or is what a link there leads to. */
export function isPartOf({ folder, sources }: Chart, path: string): boolean {
  return path.startsWith(`${folder}/`) ||
    sources.some((place) => path === place || path.startsWith(`${place}/`));
}
