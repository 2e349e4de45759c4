import { clusterFilesAt } from "../git/clusters_at.ts";
import { parseClusters } from "../config/clusters.ts";
import { type FoundFiles, readClusterFiles } from "../config/load_clusters.ts";
import { relevantFiles } from "../config/relevant.ts";
import type { Settings } from "../config/settings.ts";
import type { Change } from "../git/changed_files.ts";
import type { ChartGraph } from "../plan/charts.ts";
import type { Cluster } from "../plan/cluster.ts";
import type { LabelEffects } from "../plan/labels.ts";
import { buildRules, type Rules } from "../plan/rules.ts";

/**
 * Reads the `cluster.yaml` files as they are after a change: on disk, or in a commit that is not
 * checked out.
 */
export async function readFiles(
  repo: string,
  settings: Settings,
  { checkedOut, head }: Change,
): Promise<FoundFiles> {
  if (checkedOut) {
    return readClusterFiles(repo, settings);
  }
  return await clusterFilesAt(repo, head, settings.clustersDir, settings.ignoreClusters);
}

/**
 * Parses the clusters that a change can concern: all of them where it reaches all, otherwise those
 * whose files may name what changed.
 */
export function parseRelevant(
  { files, problems }: FoundFiles,
  settings: Settings,
  change: Change,
  labels: LabelEffects,
  graph?: ChartGraph,
  every = false,
): { readonly clusters: readonly Cluster[]; readonly rules: Rules } {
  const patterns = { clustersDir: settings.clustersDir, ...settings.rules };
  const changed = "everything" in change.files
    ? undefined
    : graph === undefined
    ? change.files
    : [...change.files, ...change.deleted];
  const all = every || changed === undefined || labels.deployHubs !== null ||
    labels.deploySupport !== null ||
    changed.some(buildRules(patterns, [], graph).reachesAllClusters);
  const parsed = all ? files : relevantFiles(files, changed);
  const clusters = parseClusters(files, settings, { parsed, problems });
  return { clusters, rules: buildRules(patterns, clusters, graph) };
}
