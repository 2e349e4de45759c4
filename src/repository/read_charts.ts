import { YAMLException } from "js-yaml";
import * as z from "../zod.ts";
import { loadYaml } from "../config/load_yaml.ts";
import { joinPath } from "../config/paths.ts";
import type { Settings } from "../config/settings.ts";
import { type Problem, UserError } from "../errors.ts";
import { buildChartGraph, type Chart, type ChartGraph } from "../plan/charts.ts";
import { parseHelmIgnore } from "../plan/helmignore.ts";
import { isLiteralPattern, matchesAny } from "../plan/pattern.ts";
import { readText, type RepositoryFiles, resolve, walk } from "./files.ts";

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
 * @throws {UserError} Where a chart is in a place that GitHub's path filters cannot name, or that
 * git does not see.
 */
export async function readChartGraph(
  files: RepositoryFiles,
  { chartsDir, rules }: ChartSettings,
): Promise<ChartGraph> {
  const names = resolve(files, chartsDir).kind === "folder"
    ? [...files.list(resolve(files, chartsDir).path)?.keys() ?? []].sort()
    : [];
  const charts = new Map<string, Chart>();
  const problems: Problem[] = [];
  for (const folder of names.map((name) => `${chartsDir}/${name}`)) {
    const text = await readText(files, `${folder}/Chart.yaml`);
    if (text !== undefined) charts.set(folder, await readChart(files, folder, rules, problems));
  }
  // A map can grow during iteration: what a chart depends on is read too.
  for (const { dependencies } of charts.values()) {
    for (const folder of dependencies ?? []) {
      if (charts.has(folder)) continue;
      charts.set(folder, await readChart(files, folder, rules, problems));
    }
  }
  const watched = [...charts.values()].flatMap(({ folder, sources }) => [folder, ...sources]);
  for (const file of new Set(watched.filter((path) => !isLiteralPattern(path)))) {
    const message = "Cannot watch this chart: GitHub's path filters would read the path as a " +
      "pattern; rename it";
    problems.push({ file, message });
  }
  if (problems.length > 0) throw new UserError(problems);
  return buildChartGraph(chartsDir, [...charts.values()]);
}

async function readChart(
  files: RepositoryFiles,
  folder: string,
  { inertChartFiles }: ChartSettings["rules"],
  problems: Problem[],
): Promise<Chart> {
  const [text, requirements, ignored] = await Promise.all(
    ["Chart.yaml", "requirements.yaml", ".helmignore"]
      .map((name) => readText(files, `${folder}/${name}`)),
  );
  const ignores = parseHelmIgnore(ignored ?? "");
  return {
    folder,
    sources: sourcesOf(files, folder, problems),
    dependencies: joinDependencies([
      dependenciesIn(folder, text),
      requirements === undefined ? [] : dependenciesIn(folder, requirements),
    ]),
    ignores: (path) =>
      path !== ".helmignore" && (ignores(path) || matchesAny(inertChartFiles, path)),
  };
}

/** What a chart is made of outside its folder, by symbolic links, which Helm follows. */
function sourcesOf(
  files: RepositoryFiles,
  folder: string,
  problems: Problem[],
): readonly string[] {
  const sources = new Set<string>();
  const follow = (path: string) => {
    const { links, path: real, astray } = resolve(files, path);
    if (astray !== undefined) {
      const message = "Cannot follow the link of this chart: it leads out of the repository, or " +
        "in a circle; put a file in its place";
      problems.push({ file: astray, message });
    } else if (links.length > 0 && !sources.has(real)) {
      for (const source of [...links, real]) sources.add(source);
      for (const inside of walk(files, real)) follow(inside);
    }
  };
  follow(folder);
  for (const path of walk(files, folder)) follow(path);
  return [...sources].filter((path) => !path.startsWith(`${folder}/`)).sort();
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
