/** A file that describes clusters, as it is on disk or in a commit. */
export interface SourceFile {
  /** Its path, relative to the repository's root. */
  readonly path: string;
  /** The folder that it is in; empty for the root. */
  readonly folder: string;
  /** What it holds, read as YAML, which JSON is too. */
  readonly data: unknown;
  /** Lists the files that match a pattern, sorted. */
  readonly glob: (pattern: string) => readonly string[];
  /** Whether there is a file of a path. */
  readonly exists: (path: string) => boolean;
}

/** What a release is made of, and what upgrades it. */
export interface ReleaseDefinition {
  /** The paths of its files, or patterns: a change to one upgrades it. */
  readonly files?: readonly string[];
  /** The name of its chart, a folder in `chartsDir`. */
  readonly chart?: string;
  /** The shell command that upgrades it. Default: that of `commands`. */
  readonly upgrade?: string;
}

/** A release of the cluster itself, as `clusters.read` says it. */
export interface SupportDefinition extends ReleaseDefinition {
  /**
   * Its name. One that is not called `support` is an add-on: it has a command of its own, and is
   * upgraded after the support chart. Default: `support`.
   */
  readonly name?: string;
}

/** A hub, as `clusters.read` says it. */
export interface HubDefinition extends ReleaseDefinition {
  /** Its name, unique in its cluster. */
  readonly name: string;
  /** Whether it is a staging hub. Default: what `isStaging` says. */
  readonly staging?: boolean;
  /** The shell command that checks it; `null` for no check. Default: that of `commands`. */
  readonly check?: string | null;
}

/** A cluster, or a part of one: what several files say of one name is merged. */
export interface ClusterDefinition {
  /** Its name. */
  readonly name: string;
  /** Its provider, which decides how a leg gets access. */
  readonly provider: string;
  /** The paths of files, or patterns, whose change upgrades all of it. */
  readonly files?: readonly string[];
  /** Its support chart, if it has one, and its add-ons. */
  readonly support?: SupportDefinition | readonly SupportDefinition[] | null;
  /** Its hubs. */
  readonly hubs?: readonly HubDefinition[];
  /** Further values for its legs, by name: `leg.value("project")` reads one. */
  readonly values?: Readonly<Record<string, string>>;
}

/**
 * Returns the clusters that a file describes; `null` if it describes none. It may depend on nothing
 * but the file: it also reads the files of earlier commits.
 */
export type ReadCluster = (
  file: SourceFile,
) => ClusterDefinition | readonly ClusterDefinition[] | null;

/** A cluster, and the names of its hubs. */
export interface ClusterNames {
  /** The cluster's name. */
  readonly name: string;
  /** The cluster's provider. */
  readonly provider: string;
  /** Its hubs. */
  readonly hubs: readonly { readonly name: string; readonly staging: boolean }[];
}
