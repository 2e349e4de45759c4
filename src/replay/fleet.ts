import { tryClusters } from "../config/clusters.ts";
import type { Settings } from "../config/settings.ts";
import type { Problem } from "../errors.ts";
import type { FileVersion } from "../git/tree.ts";
import type { Cluster } from "../plan/cluster.ts";
import {
  clusterFolderOf,
  clusterFolders,
  type ReadClusterFile,
  readClusterFile,
} from "../repository/cluster_files.ts";
import { FileIndex, LINK, type ReadBlob } from "../repository/file_index.ts";
import { lookUp, type RepositoryFiles } from "../repository/files.ts";
import { linkFollower } from "../repository/links.ts";
import { readClusters } from "../repository/read_clusters.ts";
import { compare } from "../text/compare.ts";

/** Two versions of a `cluster.yaml`; `undefined` where there is none that is a text. */
export interface VersionedText {
  /** The path that changed: its own, or that of the file that it is a link to. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
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
  clusters: readonly Cluster[] = [];
  /** What is wrong in the folder of clusters, by today's checks. */
  unreadable: readonly Problem[] = [];
  readonly #index = new FileIndex();
  readonly #parsed = new Map<string, Parsed>();
  /** The folders of clusters whose `cluster.yaml` is a link, by what that leads through. */
  readonly #linked = new Map<string, string>();
  #read: ReadBlob = () => Promise.resolve(undefined);

  constructor(private readonly settings: Settings) {
    this.files = this.#index.files("", (id, path) => this.#read(id, path));
  }

  /** Takes over what a commit changed, and gives the versions of each `cluster.yaml`. */
  async apply(files: readonly FileVersion[], read: ReadBlob): Promise<readonly VersionedText[]> {
    this.#read = read;
    const relinked = await this.#updateIndex(files);
    if (this.settings.clusters !== undefined) {
      // It may look at any file; what a change takes away is said where a change is planned.
      const { clusters, problems } = await readClusters(this.files, this.settings);
      this.clusters = clusters;
      this.unreadable = problems;
      return [];
    }
    const stale = relinked ? this.#allFolders() : new Set(files.flatMap(this.#staleFolders, this));
    const before = new Map([...stale].map((folder) => [folder, this.#textOf(folder)]));
    await Promise.all([...stale].map((folder) => this.#parse(folder)));
    if (stale.size > 0) this.#check();
    return files.flatMap(({ path }) => {
      const folder = this.#linked.get(path) ?? this.#folderOfClusterFile(path);
      if (folder === undefined) return [];
      return [{ path, before: before.get(folder), after: this.#textOf(folder) }];
    });
  }

  async #updateIndex(files: readonly FileVersion[]): Promise<boolean> {
    const relinked = files.some(({ path, mode }) =>
      mode === LINK || lookUp(this.files, path).kind === "link"
    );
    for (const { path } of files) this.#index.remove(path);
    for (const { path, id, mode } of files) {
      if (id === undefined) continue;
      this.#index.put(path, mode, mode === LINK ? await this.#read(id, path) ?? "" : id);
    }
    return relinked;
  }

  #textOf(folder: string): string | undefined {
    return this.#parsed.get(folder)?.file?.text;
  }

  #folderOfClusterFile(path: string): string | undefined {
    const folder = clusterFolderOf(path, this.settings);
    return path === `${folder}/cluster.yaml` ? folder : undefined;
  }

  /** The folder whose `cluster.yaml` a path is, or that is new or gone with it. */
  #staleFolders({ path }: FileVersion): readonly string[] {
    const folder = clusterFolderOf(path, this.settings);
    const isNewOrGone = folder !== undefined &&
      this.#parsed.has(folder) !== (this.files.list(folder) !== undefined);
    const stale = [this.#linked.get(path), isNewOrGone ? folder : this.#folderOfClusterFile(path)];
    return stale.filter((folder) => folder !== undefined);
  }

  #allFolders(): ReadonlySet<string> {
    const isThere = this.files.list(this.settings.clustersDir) !== undefined;
    const there = isThere ? clusterFolders(this.files, this.settings) : [];
    return new Set([...there, ...this.#parsed.keys()]);
  }

  async #parse(folder: string): Promise<void> {
    for (const source of this.#parsed.get(folder)?.sources ?? []) this.#linked.delete(source);
    this.#parsed.delete(folder);
    if (lookUp(this.files, folder).kind === undefined) return;
    const read = await readClusterFile(this.files, folder);
    for (const source of read.sources) this.#linked.set(source, folder);
    const { clusters: [cluster], problems: [problem] } = tryClusters(
      read.file === undefined ? [] : [read.file],
      this.settings,
      { follow: linkFollower(this.files) },
    );
    this.#parsed.set(folder, problem === undefined ? { ...read, cluster } : { ...read, problem });
  }

  #check(): void {
    const parsed = [...this.#parsed].sort(([a], [b]) => compare(a, b)).map(([, each]) => each);
    const files = parsed.flatMap(({ file }) => file ?? []);
    const { problems } = tryClusters(files, this.settings, { parsed: [] });
    const colliding = new Map(problems.map((problem) => [problem.file, problem]));
    const checked = parsed.map(({ cluster, problem, missing, file }) =>
      problem ?? missing ?? colliding.get(file?.path) ?? cluster
    ).filter((each) => each !== undefined);
    this.clusters = checked.filter((each) => "hubs" in each);
    this.unreadable = checked.filter((each) => "message" in each);
  }
}
