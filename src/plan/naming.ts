import { type Cluster, filesOf } from "./cluster.ts";
import type { Decision } from "./decision.ts";

/**
 * Finds the releases that name a file. What a cluster names is indexed when a file in one of those
 * folders is first asked about: a change concerns few of a fleet's clusters.
 */
export function namingReleases(
  clusters: readonly Cluster[],
): (path: string) => readonly Decision[] {
  const byFolder = new Map<string, Cluster[]>();
  for (const cluster of clusters) {
    for (const folder of foldersOf(cluster)) add(byFolder, folder, cluster);
  }
  return (path) =>
    (byFolder.get(folderOf(path)) ?? []).flatMap((cluster) => indexOf(cluster).get(path) ?? []);
}

// Both are remembered as long as the cluster lives, which does not change.
const foldersOf = remember((cluster) => new Set(filesOf(cluster).map(folderOf)));
const indexOf = remember(indexByFile);

function remember<Result>(find: (cluster: Cluster) => Result): (cluster: Cluster) => Result {
  const found = new WeakMap<Cluster, Result>();
  return (cluster) => {
    const result = found.get(cluster) ?? find(cluster);
    found.set(cluster, result);
    return result;
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function indexByFile(cluster: Cluster): ReadonlyMap<string, readonly Decision[]> {
  const byFile = new Map<string, Decision[]>();
  const index = (paths: readonly string[] | undefined, decision: Decision) => {
    for (const path of new Set(paths)) add(byFile, path, decision);
  };
  const whole = { kind: "cluster", cluster } as const;
  index([cluster.file, ...cluster.sources ?? []], { rule: "cluster file", reach: whole });
  index(cluster.otherFiles, { rule: "named file", reach: whole });
  const support = { kind: "support chart", cluster } as const;
  index(cluster.support?.valuesFiles, { rule: "support values file", reach: support });
  index(cluster.support?.otherFiles, { rule: "named file", reach: support });
  for (const { name, valuesFiles, otherFiles } of cluster.hubs) {
    const hub = { kind: "hub", cluster, hub: name } as const;
    index(valuesFiles, { rule: "hub values file", reach: hub });
    index(otherFiles, { rule: "named file", reach: hub });
  }
  return byFile;
}

function add<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
