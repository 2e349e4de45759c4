import { readChartGraph } from "../config/charts.ts";
import { loadClusters } from "../config/load_clusters.ts";
import { loadConfig } from "../config/load_config.ts";
import { loadLock } from "../config/load_lock.ts";
import { filesOnDisk } from "../config/repository_files.ts";
import type { Settings } from "../config/settings.ts";
import type { ChartGraph } from "../plan/charts.ts";
import type { Cluster } from "../plan/cluster.ts";
import type { Lock } from "../workflow/lock.ts";
import { gather } from "../gather.ts";

/** What the workflows of a repository are made from. */
export interface LoadedRepository {
  readonly settings: Settings;
  readonly clusters: readonly Cluster[];
  /** The charts, where `precision: "hub"` looks at them. */
  readonly charts: ChartGraph | undefined;
  readonly lock: Lock;
}

/**
 * Loads what the workflows of a repository are made from.
 *
 * @throws {UserError} With everything that is wrong in any of them.
 */
export async function loadRepository(repo: string, config?: string): Promise<LoadedRepository> {
  const withClusters = async () => {
    const settings = await loadConfig(repo, config);
    const charts = settings.precision === "hub"
      ? await readChartGraph(filesOnDisk(repo), settings)
      : undefined;
    return { settings, clusters: loadClusters(repo, settings), charts };
  };
  const [loaded, lock] = await gather(withClusters(), loadLock(repo));
  return { ...loaded, lock };
}
