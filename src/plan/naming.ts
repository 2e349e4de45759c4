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
    for (const folder of foldersOf(cluster)) {
      const naming = byFolder.get(folder);
      if (naming === undefined) byFolder.set(folder, [cluster]);
      else naming.push(cluster);
    }
  }
  return (path) =>
    (byFolder.get(folderOf(path)) ?? []).flatMap((cluster) => indexOf(cluster).get(path) ?? []);
}

// Both are remembered as long as the cluster lives, which does not change.
const folders = new WeakMap<Cluster, ReadonlySet<string>>();
const indexes = new WeakMap<Cluster, ReadonlyMap<string, readonly Decision[]>>();

function foldersOf(cluster: Cluster): ReadonlySet<string> {
  const known = folders.get(cluster) ?? new Set(filesOf(cluster).map(folderOf));
  folders.set(cluster, known);
  return known;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function indexOf(cluster: Cluster): ReadonlyMap<string, readonly Decision[]> {
  const index = indexes.get(cluster) ?? indexByFile(cluster);
  indexes.set(cluster, index);
  return index;
}

function indexByFile(cluster: Cluster): ReadonlyMap<string, readonly Decision[]> {
  const byFile = new Map<string, Decision[]>();
  const add = (paths: readonly string[] | undefined, decision: Decision) => {
    for (const path of new Set(paths)) {
      const decisions = byFile.get(path);
      if (decisions === undefined) byFile.set(path, [decision]);
      else decisions.push(decision);
    }
  };
  const whole = { kind: "cluster", cluster } as const;
  add([cluster.file, ...cluster.sources ?? []], { rule: "cluster file", reach: whole });
  add(cluster.otherFiles, { rule: "named file", reach: whole });
  const support = { kind: "support chart", cluster } as const;
  add(cluster.support?.valuesFiles, { rule: "support values file", reach: support });
  add(cluster.support?.otherFiles, { rule: "named file", reach: support });
  for (const { name, valuesFiles, otherFiles } of cluster.hubs) {
    const hub = { kind: "hub", cluster, hub: name } as const;
    add(valuesFiles, { rule: "hub values file", reach: hub });
    add(otherFiles, { rule: "named file", reach: hub });
  }
  return byFile;
}
