import { tryClusters } from "../config/clusters.ts";
import type { Settings } from "../config/settings.ts";
import type { Cluster } from "../plan/cluster.ts";
import {
  clusterFolderOf,
  clusterFolders,
  type ClusterPlaces,
  isClusterFile,
  type ReadClusterFile,
  readClusterFile,
} from "../repository/cluster_files.ts";
import { FileIndex, LINK } from "../repository/file_index.ts";
import { lookUp, type RepositoryFiles } from "../repository/files.ts";
import { linkFollower } from "../repository/links.ts";
import { compare } from "../text/compare.ts";

/** What of the settings says where the clusters are and how they are read. */
export type FleetSettings =
  & ClusterPlaces
  & Pick<Settings, "isStaging">
  & { readonly rules: Pick<Settings["rules"], "fileKeys"> };

export interface FileVersion {
  /** Its path, relative to the repository's root. */
  readonly path: string;
  /** The id of its blob; `undefined` where the commit deleted it. */
  readonly id: string | undefined;
  /** Its mode, for instance `100644`. */
  readonly mode: string;
}

/** Two versions of a `cluster.yaml`; `undefined` where there is none that is a text. */
export interface VersionedText {
  /** The path that changed: its own, or that of the file that it is a link to. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Gives the text of a blob by its id; `undefined` where there is none. */
export type ReadBlob = (id: string) => Promise<string | undefined>;

/** Something that is wrong in the folder of clusters. */
export interface Unreadable {
  /** The `cluster.yaml`, or the folder that lacks one. */
  readonly file: string;
  /** What is wrong with it, by today's checks. */
  readonly message: string;
}

/** A `cluster.yaml` as it was read last, and the cluster that it describes. */
interface Parsed extends ReadClusterFile {
  readonly cluster?: Cluster | undefined;
}

/**
 * The clusters of a repository, kept up to date commit by commit: a `cluster.yaml` is parsed only
 * when it changes.
 */
export class Fleet {
  readonly files: RepositoryFiles;
  readonly #settings: FleetSettings;
  readonly #index = new FileIndex<string>();
  readonly #targets = new Map<string, string>();
  /** What was read of each cluster's folder. */
  readonly #parsed = new Map<string, Parsed>();
  /** The folders of clusters whose `cluster.yaml` is a link, by what that leads through. */
  readonly #linked = new Map<string, string>();
  #read: ReadBlob = () => Promise.resolve(undefined);
  #checked:
    | { readonly clusters: readonly Cluster[]; readonly unreadable: readonly Unreadable[] }
    | undefined;

  constructor(settings: FleetSettings) {
    this.#settings = settings;
    this.files = {
      where: "",
      list: (folder) => this.#index.list(folder),
      linkTarget: (link) => this.#targets.get(link),
      read: async (path) => {
        const id = this.#index.get(path);
        return id === undefined ? undefined : await this.#read(id);
      },
    };
  }

  /** The clusters that can be read, by the order of their folders. */
  get clusters(): readonly Cluster[] {
    return (this.#checked ??= this.#check()).clusters;
  }

  get unreadable(): readonly Unreadable[] {
    return (this.#checked ??= this.#check()).unreadable;
  }

  /** Takes over what a commit changed, and gives the versions of each `cluster.yaml`. */
  async apply(files: readonly FileVersion[], read: ReadBlob): Promise<readonly VersionedText[]> {
    this.#read = read;
    const relinked = await this.#updateIndex(files);
    const stale = relinked ? this.#allFolders() : this.#staleFolders(files);
    const before = new Map(stale.map((folder) => [folder, this.#parsed.get(folder)?.file?.text]));
    await Promise.all(stale.map((folder) => this.#parse(folder)));
    if (stale.length > 0) this.#checked = undefined;
    return files.flatMap(({ path }) => {
      const folder = this.#linked.get(path) ?? this.#folderOfClusterFile(path);
      if (folder === undefined) return [];
      return [{ path, before: before.get(folder), after: this.#parsed.get(folder)?.file?.text }];
    });
  }

  /** Updates the index, and tells whether links changed. */
  async #updateIndex(files: readonly FileVersion[]): Promise<boolean> {
    let relinked = false;
    for (const { path } of files) {
      if (this.#targets.delete(path)) relinked = true;
      this.#index.remove(path);
    }
    for (const { path, id, mode } of files) {
      if (id === undefined) continue;
      this.#index.put(path, mode, id);
      if (mode !== LINK) continue;
      relinked = true;
      this.#targets.set(path, await this.#read(id) ?? "");
    }
    return relinked;
  }

  #folderOfClusterFile(path: string): string | undefined {
    return isClusterFile(path, this.#settings) ? clusterFolderOf(path, this.#settings) : undefined;
  }

  /** The folders whose `cluster.yaml` changed, and folders that are new or gone. */
  #staleFolders(files: readonly FileVersion[]): readonly string[] {
    const stale = files.flatMap(({ path }) => {
      const folder = clusterFolderOf(path, this.#settings);
      const isNewOrGone = folder !== undefined &&
        this.#parsed.has(folder) !== (this.files.list(folder) !== undefined);
      return [
        this.#linked.get(path),
        isNewOrGone ? folder : this.#folderOfClusterFile(path),
      ];
    });
    return [...new Set(stale)].filter((folder) => folder !== undefined);
  }

  #allFolders(): readonly string[] {
    const { clustersDir } = this.#settings;
    const there = this.files.list(clustersDir) === undefined
      ? []
      : clusterFolders(this.files, this.#settings);
    return [...new Set([...there, ...this.#parsed.keys()])];
  }

  async #parse(folder: string): Promise<void> {
    for (const source of this.#parsed.get(folder)?.sources ?? []) this.#linked.delete(source);
    this.#parsed.delete(folder);
    if (lookUp(this.files, folder).kind === undefined) return;
    const read = await readClusterFile(this.files, folder);
    for (const source of read.sources) this.#linked.set(source, folder);
    if (read.file === undefined) return void this.#parsed.set(folder, read);
    const follow = linkFollower(this.files);
    const { clusters, problems } = tryClusters([read.file], this.#settings, { follow });
    const [problem] = problems;
    this.#parsed.set(
      folder,
      problem === undefined ? { ...read, cluster: clusters[0] } : { ...read, problem },
    );
  }

  #check() {
    const parsed = [...this.#parsed].sort(([a], [b]) => compare(a, b)).map(([, each]) => each);
    const files = parsed.flatMap(({ file }) => file ?? []);
    const { problems } = tryClusters(files, this.#settings, { parsed: [] });
    const colliding = new Map(problems.map((problem) => [problem.file, problem]));
    const clusters: Cluster[] = [];
    const unreadable: Unreadable[] = [];
    for (const { cluster, problem, missing, file } of parsed) {
      const wrong = problem ?? missing ?? colliding.get(file?.path);
      if (wrong !== undefined) unreadable.push({ file: wrong.file ?? "", message: wrong.message });
      else if (cluster !== undefined) clusters.push(cluster);
    }
    return { clusters, unreadable };
  }
}
