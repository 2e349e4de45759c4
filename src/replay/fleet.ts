import { tryClusters } from "../config/clusters.ts";
import type { RepositoryFiles } from "../config/repository_files.ts";
import type { Settings } from "../config/settings.ts";
import type { Cluster } from "../plan/cluster.ts";
import { filesIn, isChartFile } from "./chart_files.ts";

/** What of the settings says where the clusters are and how they are read. */
export type FleetSettings =
  & Pick<Settings, "clustersDir" | "ignoreClusters" | "isStaging" | "file">
  & { readonly rules: Pick<Settings["rules"], "fileKeys"> };

/** A file as a commit has it. */
export interface FileVersion {
  /** Its path, relative to the repository's root. */
  readonly path: string;
  /** The id of its blob; `undefined` where the commit deleted it. */
  readonly id: string | undefined;
}

/** Two versions of a `cluster.yaml`; `undefined` where there is none, or none that is a text. */
export interface VersionedText {
  /** Its path. */
  readonly path: string;
  /** Its text before. */
  readonly before: string | undefined;
  /** Its text after. */
  readonly after: string | undefined;
}

/** Gives the text of a blob by its id; `undefined` where there is none. */
export type TextOf = (id: string) => string | undefined;

/** Something that is wrong in the folder of clusters. */
export interface Unreadable {
  /** The `cluster.yaml`, or the folder that lacks one. */
  readonly file: string;
  /** What is wrong with it, by today's checks. */
  readonly message: string;
}

/**
 * The clusters of a repository, kept up to date commit by commit: a `cluster.yaml` is parsed when
 * it changes and at no other time.
 */
export class Fleet {
  readonly #settings: FleetSettings;
  readonly #paths = new Set<string>();
  readonly #texts = new Map<string, string>();
  readonly #parsed = new Map<string, Cluster | Unreadable>();
  #read:
    | { readonly clusters: readonly Cluster[]; readonly unreadable: readonly Unreadable[] }
    | undefined;

  /** Makes a fleet without a cluster. */
  constructor(settings: FleetSettings) {
    this.#settings = settings;
  }

  /** The clusters that can be read, by the order of their folders. */
  get clusters(): readonly Cluster[] {
    return this.#readAll().clusters;
  }

  /** What cannot be read. */
  get unreadable(): readonly Unreadable[] {
    return this.#readAll().unreadable;
  }

  /** The files below the folder of clusters. */
  get paths(): ReadonlySet<string> {
    return this.#paths;
  }

  /** The files that say what charts are made from. */
  get chartFiles(): RepositoryFiles {
    return filesIn(this.#texts);
  }

  /** Whether the text of a file matters, and not only that it changed. */
  reads(path: string): boolean {
    return this.#isClusterFile(path) || isChartFile(path);
  }

  /** Takes over what a commit changed. */
  apply(files: readonly FileVersion[], textOf: TextOf): readonly VersionedText[] {
    const changed: VersionedText[] = [];
    for (const { path, id } of files) {
      if (path.startsWith(`${this.#settings.clustersDir}/`)) this.#keep(path, id !== undefined);
      if (!this.reads(path)) continue;
      const before = this.#texts.get(path);
      const after = id === undefined ? undefined : textOf(id);
      if (after === undefined) this.#texts.delete(path);
      else this.#texts.set(path, after);
      if (!this.#isClusterFile(path)) continue;
      changed.push({ path, before, after });
      if (id === undefined) this.#parsed.delete(path);
      else this.#parsed.set(path, this.#parse(path, after));
      this.#read = undefined;
    }
    return changed;
  }

  #keep(path: string, there: boolean): void {
    if (this.#paths.has(path) === there) return;
    if (there) this.#paths.add(path);
    else this.#paths.delete(path);
    // A folder may have become one without a cluster.yaml.
    this.#read = undefined;
  }

  #isClusterFile(path: string): boolean {
    const folder = this.#folderOf(path);
    return folder !== undefined && path === this.#clusterFile(folder);
  }

  #clusterFile(folder: string): string {
    return `${this.#settings.clustersDir}/${folder}/cluster.yaml`;
  }

  /** The folder of the cluster that a file belongs to. */
  #folderOf(path: string): string | undefined {
    const { clustersDir, ignoreClusters } = this.#settings;
    if (!path.startsWith(`${clustersDir}/`)) return undefined;
    const end = path.indexOf("/", clustersDir.length + 1);
    const folder = path.slice(clustersDir.length + 1, end);
    return end < 0 || ignoreClusters.includes(folder) ? undefined : folder;
  }

  #parse(path: string, text: string | undefined): Cluster | Unreadable {
    if (text === undefined) return { file: path, message: "Cannot read it: expected a file" };
    const { clusters: [cluster], problems: [problem] } = tryClusters(
      [{ path, text }],
      this.#settings,
    );
    return problem === undefined && cluster !== undefined
      ? cluster
      : { file: path, message: problem?.message ?? "" };
  }

  #readAll() {
    return this.#read ??= this.#check();
  }

  #check() {
    const paths = [...this.#parsed.keys()].sort();
    const { problems: collisions } = tryClusters(
      paths.map((path) => ({ path, text: "" })),
      this.#settings,
      { parsed: [] },
    );
    const colliding = new Map(collisions.map(({ file = "", message }) => [file, message]));
    const clusters: Cluster[] = [];
    const unreadable: Unreadable[] = this.#foldersWithout();
    for (const path of paths) {
      const parsed = this.#parsed.get(path);
      const collision = colliding.get(path);
      if (parsed === undefined) continue;
      if (!("hubs" in parsed)) unreadable.push(parsed);
      else if (collision !== undefined) unreadable.push({ file: path, message: collision });
      else clusters.push(parsed);
    }
    return { clusters, unreadable };
  }

  #foldersWithout(): Unreadable[] {
    const folders = new Set([...this.#paths].map((path) => this.#folderOf(path)));
    return [...folders].flatMap((folder) =>
      folder === undefined || this.#parsed.has(this.#clusterFile(folder)) ? [] : [{
        file: `${this.#settings.clustersDir}/${folder}`,
        message: "Cannot find its cluster.yaml",
      }]
    );
  }
}
