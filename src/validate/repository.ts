import type { ClusterFile } from "../config/cluster_file.ts";
import type { Settings } from "../config/settings.ts";
import type { Problem } from "../errors.ts";
import type { ChartGraph } from "../plan/charts.ts";
import type { Cluster } from "../plan/cluster.ts";
import type { RepositoryFiles } from "../repository/files.ts";

export interface ClusterDocument extends ClusterFile {
  /** What its YAML holds; `undefined` where it is not YAML. */
  readonly value: unknown;
  /** The cluster that it describes; `undefined` where something is wrong with it. */
  readonly cluster: Cluster | undefined;
}

export interface Repository {
  readonly settings: Settings;
  /** The config's text, for places; empty where there is none. */
  readonly configText: string;
  /** The keys of the config that the user wrote, those inside another as `rules.allHubs`. */
  readonly written: ReadonlySet<string>;
  readonly documents: readonly ClusterDocument[];
  /** The clusters with which nothing is wrong. */
  readonly clusters: readonly Cluster[];
  readonly tree: RepositoryFiles;
  /** The charts, where the settings look at them. */
  readonly charts?: ChartGraph | undefined;
}

export type Check = (repository: Repository) => Iterable<Problem>;
