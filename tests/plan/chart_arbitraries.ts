/** Repositories with charts, for what `precision: "hub"` makes of them. */
import fc from "fast-check";
import { buildChartGraph, type Chart, type ChartGraph } from "../../src/plan/charts.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import { pathsOf, type Patterns, patterns, repository } from "./arbitraries.ts";

/** A repository, its charts, and a path that something in it may be about. */
export interface ChartRepository {
  readonly clusters: readonly Cluster[];
  readonly patterns: Patterns;
  readonly graph: ChartGraph;
  readonly path: string;
}

const CHARTS_DIR = "helm-charts";
const NAMES = ["basehub", "daskhub", "binderhub", "support", "constructor"];
const FOLDERS = [...NAMES.map((name) => `${CHARTS_DIR}/${name}`), "lib/common", "config/charts/x"];

/** A chart that leaves out its Markdown. */
export const chartAt = (folder: string, ...dependencies: readonly string[]): Chart => (
  { folder, sources: [], dependencies, ignores: (path) => path.endsWith(".md") }
);

const chart = (folder: string): fc.Arbitrary<Chart> =>
  fc.record({
    folder: fc.constant(folder),
    sources: fc.constantFrom([], [], ["lib/common/link"], ["images", "docs/a.md"]),
    dependencies: fc.oneof(
      { weight: 6, arbitrary: fc.uniqueArray(fc.constantFrom(...FOLDERS), { maxLength: 2 }) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
    ignores: fc.constantFrom<Chart["ignores"]>(() => false, (path) => path.endsWith(".md")),
  });

/** Any charts, which may depend on each other in circles, and on what is no chart. */
const chartGraph: fc.Arbitrary<ChartGraph> = fc.subarray(FOLDERS)
  .chain((folders) => fc.tuple(...folders.map(chart)))
  .map((charts) => buildChartGraph(CHARTS_DIR, charts));

const chartRules: fc.Arbitrary<NonNullable<Patterns["charts"]>> = fc.dictionary(
  fc.constantFrom(...NAMES, "unknown"),
  fc.uniqueArray(
    fc.constantFrom("images/**", "images/dask/**", "helm-charts/basehub/files/**", "config/*"),
    { maxLength: 2 },
  ).map((texts) => patterns(...texts)),
  { maxKeys: 2 },
);

const chartOf = fc.constantFrom(undefined, ...NAMES, "unknown");

const withCharts = (clusters: readonly Cluster[]): fc.Arbitrary<readonly Cluster[]> =>
  fc.tuple(
    ...clusters.map((cluster) =>
      fc.tuple(...cluster.hubs.map((hub) =>
        chartOf.map((chart) => ({ ...hub, ...(chart === undefined ? {} : { chart }) }))
      )).map((hubs) => ({ ...cluster, hubs }))
    ),
  );

const FILES = ["values.yaml", "Chart.yaml", "README.md", "files/a.md", "files/b.json"];

const chartPath = fc.oneof(
  fc.tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...FILES)).map((parts) => parts.join("/")),
  fc.constantFrom(
    ...["images/a", "images/dask/Dockerfile", "images/dask/README.md", "images"],
    ...["helm-charts/README.md", "helm-charts/basehub", "lib/x", "config/charts/x"],
  ),
);

export const chartRepository: fc.Arbitrary<ChartRepository> = repository.chain((of) =>
  fc.record({
    clusters: withCharts(of.clusters),
    patterns: chartRules.map((charts) => ({ ...of.patterns, charts })),
    graph: chartGraph,
    path: fc.oneof(
      { weight: 3, arbitrary: chartPath },
      { weight: 1, arbitrary: pathsOf(of.clusters) },
    ),
  })
);
