import type { ClusterFile } from "../config/cluster_file.ts";
import type { Settings } from "../config/settings.ts";
import { type Problem, UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { lookUp, type RepositoryFiles, resolve } from "./files.ts";

export interface FoundFiles {
  readonly files: readonly ClusterFile[];
  readonly problems: readonly Problem[];
  /** The folders that have none: they are no clusters, and nothing in them is deployed. */
  readonly missing: readonly Problem[];
}

export async function readClusterFiles(
  files: RepositoryFiles,
  settings: Settings,
): Promise<FoundFiles> {
  const folders = clusterFolders(files, settings);
  const read = await Promise.all(folders.map((folder) => readClusterFile(files, folder)));
  return {
    files: read.flatMap(({ file }) => file ?? []),
    problems: read.flatMap(({ problem }) => problem ?? []),
    missing: read.flatMap(({ missing }) => missing ?? []),
  };
}

/** The `cluster.yaml` of a folder, or what is wrong with it; neither for a link to a file. */
export interface ReadClusterFile {
  readonly file?: ClusterFile;
  readonly problem?: Problem;
  /** That there is none. */
  readonly missing?: Problem;
  /** Where it is a symbolic link: the links on the way to the file, and the file. */
  readonly sources: readonly string[];
}

export async function readClusterFile(
  files: RepositoryFiles,
  folder: string,
): Promise<ReadClusterFile> {
  const path = `${folder}/cluster.yaml`;
  const { kind, path: real, links, astray } = resolve(files, path);
  const sources = links.length === 0 ? [] : [...links, real];
  const wrong = (message: string, file = path) => ({ problem: { file, message }, sources });
  if (folder.includes("\uFFFD")) {
    return wrong("Cannot look into it: its name is not UTF-8; rename it", visible(folder));
  }
  if (links[0] === folder) {
    if (resolve(files, folder).kind === "file") return { sources };
    const message = "Cannot follow the link: git does not see what changes behind it; make it a " +
      'folder, or name it in "ignoreClusters"';
    return wrong(message, folder);
  }
  if (astray !== undefined) {
    return wrong(
      "Cannot follow the link: it leads out of the repository, or in a circle; put a file in its " +
        "place",
    );
  }
  if (kind === "folder") return wrong("Cannot read it: expected a file");
  const text = kind === "file" ? await files.read(real) : undefined;
  if (text !== undefined) {
    return { file: { path, text, ...(links.length === 0 ? {} : { sources }) }, sources };
  }
  const wanted = files.list(folder)?.has("cluster.yml")
    ? "rename its cluster.yml"
    : 'add one, delete the folder, or name it in "ignoreClusters"';
  const message = `Cannot find its cluster.yaml${files.where}: ${wanted}`;
  return { missing: { file: folder, message }, sources };
}

export function clusterFolders(
  files: RepositoryFiles,
  { clustersDir, ignoreClusters, file }: Settings,
): readonly string[] {
  const { kind, at } = lookUp(files, clustersDir);
  if (kind === "link") {
    const message = "Cannot follow the link to the folder of clusters: GitHub compares the paths " +
      `that git sees; set "clustersDir" in ${file} to the folder that it leads to`;
    throw new UserError({ file: at, message });
  }
  if (kind !== "folder") {
    const message = `Cannot find the folder of clusters${files.where}: expected a folder; set ` +
      `"clustersDir" in ${file}, or run in the infrastructure repository`;
    throw new UserError({ file: clustersDir, message });
  }
  return [...files.list(clustersDir) ?? []]
    .filter(([name, kind]) => kind !== "file" && !ignoreClusters.includes(name))
    .map(([name]) => `${clustersDir}/${name}`).sort();
}

/** The folder of the cluster that a path belongs to; `undefined` outside the clusters' folders. */
export function clusterFolderOf(
  path: string,
  { clustersDir, ignoreClusters }: Settings,
): string | undefined {
  if (!path.startsWith(`${clustersDir}/`)) return undefined;
  const [name = "", ...below] = path.slice(clustersDir.length + 1).split("/");
  return below.length === 0 || ignoreClusters.includes(name) ? undefined : `${clustersDir}/${name}`;
}

export function isClusterFile(path: string, settings: Settings): boolean {
  const folder = clusterFolderOf(path, settings);
  return folder !== undefined && path === `${folder}/cluster.yaml`;
}
