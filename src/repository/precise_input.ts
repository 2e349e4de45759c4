import { compareClusterFiles } from "../config/cluster_change.ts";
import { readChartGraph } from "../config/charts.ts";
import type { FoundFiles } from "../config/load_clusters.ts";
import { filesOnDisk } from "../config/repository_files.ts";
import type { Settings } from "../config/settings.ts";
import type { Change } from "../git/changed_files.ts";
import { filesOfCommit } from "../git/commit_files.ts";
import { ObjectReader } from "../git/object_reader.ts";
import { listFolder } from "../git/tree.ts";
import type { ChartGraph } from "../plan/charts.ts";
import type { ClusterChange } from "../plan/cluster_change.ts";
import type { Precise } from "../plan/decide.ts";

/** What `precision: "hub"` looks at besides the changed files. */
export interface PreciseInput {
  /** The charts of the repository, after the change. */
  readonly graph: ChartGraph;
  /** What was deleted, and what changed in the `cluster.yaml` files. */
  readonly precise: Precise;
}

/**
 * Reads what `precision: "hub"` looks at.
 *
 * @throws {UserError} Where a chart's folder cannot be watched, or git cannot be asked.
 */
export async function preciseInput(
  repo: string,
  settings: Settings,
  change: Change,
  found: FoundFiles,
): Promise<PreciseInput> {
  const [graph, clusterChanges] = await Promise.all([
    readCharts(repo, settings, change),
    clusterChangesOf(repo, settings, change, found),
  ]);
  return { graph, precise: { deleted: change.deleted, clusterChanges } };
}

async function readCharts(
  repo: string,
  settings: Settings,
  { checkedOut, head }: Change,
): Promise<ChartGraph> {
  if (checkedOut) return await readChartGraph(filesOnDisk(repo), settings);
  await using files = await filesOfCommit(repo, head);
  return await readChartGraph(files, settings);
}

/**
 * Compares the `cluster.yaml` files that a change touches, before and after.
 *
 * @throws {UserError} Where git cannot be asked.
 */
export async function clusterChangesOf(
  repo: string,
  { clustersDir, ignoreClusters, rules }: Settings,
  { base, files, deleted }: Change,
  found: FoundFiles,
): Promise<ReadonlyMap<string, ClusterChange>> {
  const paths = "everything" in files ? [] : [...files, ...deleted].filter((path) => {
    const [folder = "", file, ...rest] = path.slice(clustersDir.length + 1).split("/");
    return path.startsWith(`${clustersDir}/`) && file === "cluster.yaml" && rest.length === 0 &&
      !ignoreClusters.includes(folder);
  });
  if (paths.length === 0) return new Map();
  if (base === "") {
    const unknown = { kind: "unknown", why: "what it was before is not known" } as const;
    return new Map(paths.map((path) => [path, unknown]));
  }
  const after = new Map(found.files.map(({ path, text }) => [path, text]));
  const inert = { cluster: rules.inertKeys, hub: rules.inertHubKeys };
  const nameOf = paths.length > FEW
    ? await namesInFolders(repo, base, clustersDir)
    : (path: string) => `${base}:./${path}`;
  await using objects = ObjectReader.start(repo);
  return new Map(
    await Promise.all(paths.map(async (path) => {
      const name = nameOf(path);
      const before = name === undefined ? undefined : await objects.readText(name);
      return [path, compareClusterFiles(before, after.get(path), inert)] as const;
    })),
  );
}

/** How many files of a commit are looked up by their whole path. */
const FEW = 100;

/**
 * What git knows the files in the clusters' folders by, with the folders looked up all at once: for
 * a whole path git reads through a list of all clusters.
 */
async function namesInFolders(
  repo: string,
  commit: string,
  clustersDir: string,
): Promise<(path: string) => string | undefined> {
  const folders = await listFolder(repo, commit, clustersDir);
  const ids = new Map(folders.map(({ path, id }) => [path, id]));
  return (path) => {
    const end = path.lastIndexOf("/");
    const id = ids.get(path.slice(0, end));
    return id === undefined ? undefined : `${id}:${path.slice(end + 1)}`;
  };
}
