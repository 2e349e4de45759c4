import { readText, type RepositoryFiles } from "../repository/files.ts";
import { listOf, yamlMapping } from "./workflow_data.ts";

export interface SeenCluster {
  /** Its `cluster.yaml`. */
  readonly path: string;
  readonly folder: string;
  /** Its content, empty if it cannot be read: `generate` reports that. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly hubs: readonly unknown[];
}

/** The folder that holds one folder a cluster, and what is in it. */
export interface SeenClusters {
  readonly dir: string;
  readonly clusters: readonly SeenCluster[];
  /** Folders in there that are no clusters: they have no `cluster.yaml`, or are templates. */
  readonly others: readonly string[];
}

const CLUSTER_FILE = /^(?:(.+)\/)?([^/]+)\/cluster\.yaml$/;

const TEMPLATE = /^[._]?(?:templates?|examples?|skeletons?)$/;

/** Finds the folder of clusters: the one with the most folders that have a `cluster.yaml`. */
export async function findClusters(
  files: RepositoryFiles,
  paths: readonly string[],
): Promise<SeenClusters | undefined> {
  const found = paths.flatMap((path) => {
    const [, dir, name = ""] = CLUSTER_FILE.exec(path) ?? [];
    return dir === undefined || TEMPLATE.test(name) ? [] : [{ path, dir, name }];
  });
  const [dir, most] = largestFolder(found);
  if (most.length === 0) return undefined;
  const clusters = await Promise.all(most.map(async ({ path, name }) => {
    const data = yamlMapping(await readText(files, path));
    return { path, folder: `${dir}/${name}`, data, hubs: listOf(data.hubs) };
  }));
  const names = most.map(({ name }) => name);
  const others = [...files.list(dir) ?? []]
    .filter(([name, kind]) => kind !== "file" && !names.includes(name))
    .map(([name]) => name).sort();
  return { dir, clusters, others };
}

/** The folder with the most entries, and those entries. */
export function largestFolder<Found extends { readonly dir: string }>(
  found: readonly Found[],
): readonly [dir: string, found: readonly Found[]] {
  return [...Map.groupBy(found, ({ dir }) => dir)]
    .reduce<[string, readonly Found[]]>((a, b) => b[1].length > a[1].length ? b : a, ["", []]);
}
