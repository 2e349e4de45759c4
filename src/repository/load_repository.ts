import { parseClusters } from "../config/clusters.ts";
import { loadConfig } from "../config/load_config.ts";
import { loadLock } from "../config/load_lock.ts";
import type { Settings } from "../config/settings.ts";
import { UserError } from "../errors.ts";
import { gather } from "../gather.ts";
import type { ChartGraph } from "../plan/charts.ts";
import type { Cluster } from "../plan/cluster.ts";
import { buildRules } from "../plan/rules.ts";
import type { Lock } from "../workflow/lock.ts";
import { readCharts } from "./read_charts.ts";
import { readClusterFiles } from "./cluster_files.ts";
import { filesOnDisk } from "./disk_files.ts";
import { linkFollower } from "./links.ts";

/** What the workflows of a repository are made from. */
export interface LoadedRepository {
  readonly settings: Settings;
  readonly clusters: readonly Cluster[];
  /** The charts, where the settings look at them. */
  readonly charts: ChartGraph | undefined;
  readonly lock: Lock;
}

/**
 * Loads what the workflows of a repository are made from.
 *
 * @throws {UserError} With everything that is wrong in any of it.
 */
export async function loadRepository(repo: string, config?: string): Promise<LoadedRepository> {
  const withClusters = async () => {
    const settings = await loadConfig(repo, config);
    const [clusters, { graph: charts, problemsOf }] = await gather(
      loadClusters(repo, settings),
      readCharts(filesOnDisk(repo), settings),
    );
    const problems = problemsOf(buildRules(settings, clusters, charts).charts);
    if (problems.length > 0) throw new UserError(problems);
    return { settings, clusters, charts };
  };
  const [loaded, lock] = await gather(withClusters(), loadLock(repo));
  return { ...loaded, lock };
}

/**
 * Reads the clusters of a repository as they are on disk.
 *
 * @throws {UserError} With everything that is wrong.
 */
export async function loadClusters(
  repo: string,
  settings: Settings,
): Promise<readonly Cluster[]> {
  const files = filesOnDisk(repo);
  const found = await readClusterFiles(files, settings);
  // Its deployment would be left out in silence: plan warns of it, and this refuses.
  const problems = [...found.problems, ...found.missing];
  return parseClusters(found.files, settings, { problems, follow: linkFollower(files) });
}
