import { soundClusters, tryClusters } from "../config/clusters.ts";
import { loadConfig } from "../config/load_config.ts";
import { loadLock } from "../config/lock_file.ts";
import type { Settings } from "../config/settings.ts";
import { UserError } from "../errors.ts";
import { gather } from "../gather.ts";
import type { ChartGraph } from "../plan/charts.ts";
import type { Cluster } from "../plan/cluster.ts";
import { buildRules } from "../plan/rules.ts";
import type { Lock } from "../workflow/lock.ts";
import { readClusterFiles } from "./cluster_files.ts";
import { filesOnDisk } from "./disk_files.ts";
import { linkFollower } from "./links.ts";
import { readClusters } from "./read_clusters.ts";
import { readCharts } from "./read_charts.ts";

/** What the workflows of a repository are made from; the charts where the settings look at them. */
export interface LoadedFleet {
  readonly settings: Settings;
  readonly clusters: readonly Cluster[];
  readonly charts: ChartGraph | undefined;
}

export type LoadedRepository = LoadedFleet & { readonly lock: Lock };

/** Loads what the workflows of a repository are made from; refuses all that is wrong at once. */
export async function loadRepository(repo: string, config?: string): Promise<LoadedRepository> {
  const loading = loadConfig(repo, config).then((settings) => loadFleet(repo, settings));
  const [loaded, lock] = await gather(loading, loadLock(repo));
  return { ...loaded, lock };
}

/** Loads the clusters and charts that settings are about; refuses all that is wrong at once. */
export async function loadFleet(repo: string, settings: Settings): Promise<LoadedFleet> {
  const [clusters, { graph: charts, problemsOf }] = await gather(
    loadClusters(repo, settings),
    readCharts(filesOnDisk(repo), settings),
  );
  const problems = problemsOf(buildRules(settings, clusters, charts).charts);
  if (problems.length > 0) throw new UserError(problems);
  return { settings, clusters, charts };
}

export async function loadClusters(repo: string, settings: Settings): Promise<readonly Cluster[]> {
  const files = filesOnDisk(repo);
  if (settings.clusters !== undefined) return soundClusters(await readClusters(files, settings));
  const found = await readClusterFiles(files, settings);
  // Its deployment would be left out in silence: plan warns of it, and this refuses.
  const problems = [...found.problems, ...found.missing];
  const options = { problems, follow: linkFollower(files) };
  return soundClusters(tryClusters(found.files, settings, options));
}
