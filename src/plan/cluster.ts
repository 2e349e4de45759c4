import type { Pattern } from "./pattern.ts";

/** The support chart of a cluster. Files are paths relative to the repository's root. */
export interface Support {
  readonly valuesFiles: readonly string[];
  /** What else its entry names as a file, under a key of `rules.fileKeys`. */
  readonly otherFiles?: readonly string[];
  /** Patterns of further files, where the config's `clusters.read` gave it. */
  readonly patterns?: readonly Pattern[];
  /** The command that upgrades it, in place of the config's. */
  readonly upgrade?: string;
}

/** A release of the cluster itself besides its support chart: what hubs need, such as placeholders. */
export interface Addon extends Support {
  /** Its name, which no hub of its cluster has. */
  readonly name: string;
  readonly upgrade: string;
}

/** A hub as far as planning goes: one Helm release on one cluster. */
export interface Hub extends Support {
  readonly name: string;
  readonly staging: boolean;
  /** The chart that it is a release of; any chart where it names none. */
  readonly chart?: string;
  /** The command that checks it, in place of the config's; `null` where nothing does. */
  readonly check?: string | null;
}

/** Whether nothing checks a hub once it is upgraded; `usual` is what checks others. */
export function isUnchecked({ check }: Pick<Hub, "check">, usual: string | null): boolean {
  return (check === undefined ? usual : check) === null;
}

/** A cluster as its `cluster.yaml` describes it, as far as planning goes. */
export interface Cluster {
  readonly name: string;
  /** The cloud provider, which decides how a leg gets access to the cluster. */
  readonly provider: string;
  /** The path of its `cluster.yaml`, or of the first file that it was read from. */
  readonly file: string;
  /**
   * Whether the config's `clusters.read` gave it. What it was read from is then among the files of
   * its releases: it may be about other clusters as well.
   */
  readonly read?: true;
  /** Where that is a symbolic link: the links on the way to the file, and the file. */
  readonly sources?: readonly string[];
  readonly support: Support | null;
  /** Upgraded after the support chart, and before any hub; there where `clusters.read` gave it. */
  readonly addons?: readonly Addon[];
  readonly hubs: readonly Hub[];
  /** What else the cluster names as a file, under a key of `rules.fileKeys`, for all of it. */
  readonly otherFiles?: readonly string[];
  /** Patterns of further files for all of it, where `clusters.read` gave it. */
  readonly patterns?: readonly Pattern[];
  /** What its legs are told besides, by name. */
  readonly values?: Readonly<Record<string, string>>;
}

/** The files that a cluster is made of: its `cluster.yaml`, and what that names. */
export function filesOf(cluster: Cluster): readonly string[] {
  const { file, sources = [], otherFiles = [] } = cluster;
  return entriesOf(cluster).flatMap((release) => [
    ...release.valuesFiles,
    ...release.otherFiles ?? [],
  ]).concat(file, sources, otherFiles);
}

/** The patterns of files that a cluster is made of. */
export function patternsOf(cluster: Cluster): readonly Pattern[] {
  return [...entriesOf(cluster), cluster].flatMap(({ patterns = [] }) => patterns);
}

function entriesOf({ support, addons = [], hubs }: Cluster): readonly Support[] {
  return [...(support === null ? [] : [support]), ...addons, ...hubs];
}
