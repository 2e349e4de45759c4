import { YAMLException } from "js-yaml";
import * as z from "../zod.ts";
import { loadYaml } from "../config/load_yaml.ts";
import { joinPath } from "../config/paths.ts";
import type { Settings } from "../config/settings.ts";
import type { Problem } from "../errors.ts";
import { buildChartGraph, type Chart, type ChartGraph } from "../plan/charts.ts";
import { parseHelmIgnore } from "../plan/helmignore.ts";
import { isLiteralPattern, matchesAny } from "../plan/pattern.ts";
import { readText, type RepositoryFiles, resolve, walk } from "./files.ts";

export interface ReadCharts {
  /** How they depend on each other; `undefined` where the settings look at no chart. */
  readonly graph: ChartGraph | undefined;
  /** What is wrong with some of them, so that they cannot be watched. */
  readonly problemsOf: (charts: readonly Chart[]) => readonly Problem[];
}

const CHART_FILES: readonly string[] = ["Chart.yaml", "requirements.yaml", ".helmignore"];

export function isChartFile(path: string): boolean {
  return CHART_FILES.includes(path.slice(path.lastIndexOf("/") + 1));
}

/**
 * Reads the charts of a repository: those in the charts' folder, and those that they depend on by
 * {@link https://helm.sh/docs/helm/helm_dependency/ a path}, wherever these are.
 */
export async function readCharts(
  files: RepositoryFiles,
  { chartsDir, precision, rules }: Settings,
): Promise<ReadCharts> {
  if (precision === "cluster" && rules.following.length === 0) {
    return { graph: undefined, problemsOf: () => [] };
  }
  const { kind, path } = resolve(files, chartsDir);
  const names = kind === "folder" ? [...files.list(path)?.keys() ?? []].sort() : [];
  const folders = new Set(
    names.map((name) => `${chartsDir}/${name}`)
      .filter((folder) => resolve(files, `${folder}/Chart.yaml`).kind === "file"),
  );
  const charts: Chart[] = [];
  const astray = new Map<string, readonly string[]>();
  // A set can grow during iteration: what a chart depends on is read too.
  for (const folder of folders) {
    const { sources, links } = sourcesOf(files, folder);
    const chart = await readChart(files, folder, sources, rules);
    for (const dependency of chart.dependencies ?? []) folders.add(dependency);
    astray.set(folder, links);
    charts.push(chart);
  }
  return {
    graph: buildChartGraph(chartsDir, charts),
    problemsOf: (wanted) => {
      const watched = new Set(wanted.flatMap(({ folder, sources }) => [folder, ...sources]));
      const links = new Set(wanted.flatMap(({ folder }) => astray.get(folder) ?? []));
      return [
        ...[...links].map((file) => ({ file, message: ASTRAY })),
        ...[...watched].filter((path) => !isLiteralPattern(path))
          .map((file) => ({ file, message: UNWATCHABLE })),
      ];
    },
  };
}

const ASTRAY = "Cannot follow the link of this chart: it leads out of the repository, or in a " +
  "circle; put a file in its place";

const UNWATCHABLE = "Cannot watch this chart: GitHub's path filters would read the path as a " +
  "pattern; rename it";

async function readChart(
  files: RepositoryFiles,
  folder: string,
  sources: readonly string[],
  { inertChartFiles }: Settings["rules"],
): Promise<Chart> {
  const [chart = "", requirements = "{}", ignored = ""] = await Promise.all(
    CHART_FILES.map((name) => readText(files, `${folder}/${name}`)),
  );
  const lists = [chart, requirements].map((text) => dependenciesIn(folder, text));
  const ignores = parseHelmIgnore(ignored);
  return {
    folder,
    sources,
    dependencies: lists.every((list) => list !== undefined)
      ? [...new Set(lists.flat())]
      : undefined,
    ignores: (path) =>
      path !== ".helmignore" && (ignores(path) || matchesAny(inertChartFiles, path)),
  };
}

/**
 * What a chart is made of outside its folder by symbolic links, which Helm follows, and the links
 * that lead out of the repository.
 */
function sourcesOf(files: RepositoryFiles, folder: string) {
  const sources = new Set<string>();
  const links: string[] = [];
  const follow = (path: string) => {
    const { links: passed, path: real, astray } = resolve(files, path);
    if (astray !== undefined) links.push(astray);
    else if (passed.length > 0 && !sources.has(real)) {
      for (const source of [...passed, real]) sources.add(source);
      for (const inside of walk(files, real)) follow(inside);
    }
  };
  follow(folder);
  for (const path of walk(files, folder)) follow(path);
  const outside = [...sources].filter((path) => !path.startsWith(`${folder}/`)).sort();
  return { sources: outside, links };
}

/** What hubwright reads of a `Chart.yaml`; every other key may be there. */
const ChartFile = z.object({
  dependencies: z.nullish(z.array(z.object({ repository: z.nullish(z.string()) }))),
});

const FILE = "file://";

/** The folders that a `Chart.yaml`, or a `requirements.yaml`, names; `undefined` where it is unclear. */
function dependenciesIn(folder: string, text: string): readonly string[] | undefined {
  const { data } = ChartFile.safeParse(parse(text));
  if (data === undefined) return undefined;
  const local = (data.dependencies ?? []).flatMap(({ repository }) =>
    repository?.startsWith(FILE) ? [joinPath(folder, repository.slice(FILE.length))] : []
  );
  return local.every((path) => path !== undefined) ? local : undefined;
}

function parse(text: string): unknown {
  try {
    return loadYaml(text);
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
}
