import { YAMLException } from "js-yaml";
import * as z from "../zod.ts";
import { UserError } from "../errors.ts";
import { buildChartGraph, type Chart, type ChartGraph } from "../plan/charts.ts";
import { parseHelmIgnore } from "../plan/helmignore.ts";
import { isLiteralPattern, matchesAny } from "../plan/pattern.ts";
import { loadYaml } from "../config/cluster_file.ts";
import { joinPath } from "../config/paths.ts";
import type { Settings } from "../config/settings.ts";
import { foldersIn, readText, type RepositoryFiles } from "./files.ts";

/** What of the settings says where charts are. */
export type ChartSettings = Pick<Settings, "chartsDir"> & {
  readonly rules: Pick<Settings["rules"], "inertChartFiles">;
};

const FILE = "file://";

/** What hubwright reads of a `Chart.yaml`; every other key may be there. */
const ChartFile = z.object({
  dependencies: z.nullish(z.array(z.object({ repository: z.nullish(z.string()) }))),
});

/**
 * Reads the charts of a repository: those in the charts' folder, and those that they depend on by
 * {@link https://helm.sh/docs/helm/helm_dependency/ a path}, wherever these are.
 *
 * @throws {UserError} Where a chart's folder has a name that GitHub's path filters would not read
 * as it is.
 */
export async function readChartGraph(
  files: RepositoryFiles,
  { chartsDir, rules }: ChartSettings,
): Promise<ChartGraph> {
  const folders = foldersIn(files, chartsDir).map((name) => `${chartsDir}/${name}`);
  const charts = new Map<string, Chart>();
  for (const folder of folders) {
    const text = await readText(files, `${folder}/Chart.yaml`);
    if (text !== undefined) charts.set(folder, await readChart(files, folder, text, rules));
  }
  // A map may grow while it is walked: what a chart depends on is read too.
  for (const { dependencies } of charts.values()) {
    for (const folder of dependencies ?? []) {
      if (charts.has(folder)) continue;
      const text = await readText(files, `${folder}/Chart.yaml`);
      charts.set(folder, await readChart(files, folder, text, rules));
    }
  }
  const problems = [...charts.keys()].filter((folder) => !isLiteralPattern(folder))
    .map((folder) => ({
      file: folder,
      message: "Cannot watch this chart: GitHub's path filters would read its folder's name as a " +
        "pattern; rename it",
    }));
  if (problems.length > 0) throw new UserError(problems);
  return buildChartGraph(chartsDir, [...charts.values()]);
}

async function readChart(
  files: RepositoryFiles,
  folder: string,
  text: string | undefined,
  { inertChartFiles }: ChartSettings["rules"],
): Promise<Chart> {
  const [requirements, ignored] = await Promise.all([
    readText(files, `${folder}/requirements.yaml`),
    readText(files, `${folder}/.helmignore`),
  ]);
  const ignores = parseHelmIgnore(ignored ?? "");
  return {
    folder,
    dependencies: joinDependencies([
      dependenciesIn(folder, text),
      requirements === undefined ? [] : dependenciesIn(folder, requirements),
    ]),
    ignores: (path) =>
      path !== ".helmignore" && (ignores(path) || matchesAny(inertChartFiles, path)),
  };
}

/** The folders that a `Chart.yaml`, or a `requirements.yaml`, names; `undefined` where it is unclear. */
function dependenciesIn(folder: string, text: string | undefined): readonly string[] | undefined {
  const { data } = ChartFile.safeParse(text === undefined ? undefined : parse(text));
  if (data === undefined) return undefined;
  const local = (data.dependencies ?? []).flatMap(({ repository }) =>
    repository?.startsWith(FILE) ? [joinPath(folder, repository.slice(FILE.length))] : []
  );
  return local.every((path) => path !== undefined) ? local : undefined;
}

function joinDependencies(
  lists: readonly (readonly string[] | undefined)[],
): readonly string[] | undefined {
  return lists.every((list) => list !== undefined) ? [...new Set(lists.flat())] : undefined;
}

function parse(text: string): unknown {
  try {
    return loadYaml(text);
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
}
