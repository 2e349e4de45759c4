import { joinPath } from "../config/paths.ts";
import { readText, type RepositoryFiles } from "../repository/files.ts";
import { largestFolder, type SeenClusters } from "./find_clusters.ts";
import { listOf, mapping, textsOf, yamlMapping } from "./workflow_data.ts";

export interface SeenCharts {
  /** The folder that holds one folder a chart. */
  readonly dir: string;
  /** The folders of the charts that hubs name, and of those that these depend on by a path. */
  readonly folders: readonly string[];
  readonly support: boolean;
}

/** Finds the charts of the hubs; `undefined` where they are not in the repository. */
export async function findCharts(
  files: RepositoryFiles,
  paths: readonly string[],
  { clusters }: SeenClusters,
): Promise<SeenCharts | undefined> {
  const named = new Set(
    clusters.flatMap(({ hubs }) => textsOf(hubs.map((hub) => mapping(hub).helm_chart))),
  );
  const found = paths.flatMap((path) => {
    const [, dir, name = ""] = /^(.+)\/([^/]+)\/Chart\.ya?ml$/.exec(path) ?? [];
    return dir !== undefined && named.has(name) ? [{ dir, folder: `${dir}/${name}` }] : [];
  });
  const [dir, most] = largestFolder(found);
  if (most.length === 0) return undefined;
  const folders = new Set(most.map(({ folder }) => folder));
  // A set grows while it is walked over: what a dependency depends on is looked at too.
  for (const folder of folders) {
    for (const path of await dependencies(files, folder)) folders.add(path);
  }
  return {
    dir,
    folders: [...folders].sort(),
    support: files.list(`${dir}/support`)?.has("Chart.yaml") ?? false,
  };
}

async function dependencies(files: RepositoryFiles, folder: string): Promise<readonly string[]> {
  const { dependencies } = yamlMapping(await readText(files, `${folder}/Chart.yaml`));
  return listOf(dependencies).flatMap((item) => {
    const [, path] = /^file:\/\/(.+)$/.exec(String(mapping(item).repository)) ?? [];
    return path === undefined ? [] : joinPath(folder, path) ?? [];
  });
}
