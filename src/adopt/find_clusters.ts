import { loadYaml } from "../config/load_yaml.ts";
import { readText, type RepositoryFiles } from "../repository/files.ts";

/** A cluster as its file describes it. */
export interface SeenCluster {
  /** Its `cluster.yaml`. */
  readonly path: string;
  readonly folder: string;
  readonly data: unknown;
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
  const [dir, most] = [...Map.groupBy(found, ({ dir }) => dir)]
    .reduce<[string, typeof found]>((a, b) => b[1].length > a[1].length ? b : a, ["", []]);
  if (most.length === 0) return undefined;
  const clusters = await Promise.all(most.map(async ({ path, name }) => ({
    path,
    folder: `${dir}/${name}`,
    data: parse(await readText(files, path)),
  })));
  const names = most.map(({ name }) => name);
  const others = [...files.list(dir) ?? []]
    .filter(([name, kind]) => kind !== "file" && !names.includes(name))
    .map(([name]) => name).sort();
  return { dir, clusters, others };
}

/** What a file holds; nothing where it cannot be read, which whoever reads it for good will say. */
function parse(text: string | undefined): unknown {
  try {
    return loadYaml(text ?? "");
  } catch {
    return undefined;
  }
}
