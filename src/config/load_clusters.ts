import { type Problem, thrownText, UserError } from "../errors.ts";
import type { Cluster } from "../plan/cluster.ts";
import type { ClusterFile } from "./cluster_file.ts";
import { parseClusters } from "./clusters.ts";
import type { Settings } from "./settings.ts";

/**
 * Reads the clusters of a repository as they are on disk.
 *
 * @throws {UserError} With everything that is wrong.
 */
export function loadClusters(repo: string, settings: Settings): readonly Cluster[] {
  const { files, problems } = readClusterFiles(repo, settings);
  return parseClusters(files, settings, { problems });
}

/** The `cluster.yaml` files of a repository, and what is wrong with the folders that lack one. */
export interface FoundFiles {
  /** The files, sorted by folder. */
  readonly files: readonly ClusterFile[];
  /** A problem for each folder whose file is missing or cannot be read. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the `cluster.yaml` files of a repository as they are on disk.
 *
 * @throws {UserError} Where there is no folder of clusters.
 */
export function readClusterFiles(
  repo: string,
  { clustersDir, ignoreClusters, file }: Pick<Settings, "clustersDir" | "ignoreClusters" | "file">,
): FoundFiles {
  const problems: Problem[] = [];
  const files = listEntries(repo, clustersDir, file)
    .filter(({ name }) => !ignoreClusters.includes(name))
    .flatMap(({ name: folder, isSymlink }) => {
      if (isSymlink && !leadsToFolder(`${repo}/${clustersDir}/${folder}`)) return [];
      if (isSymlink) {
        problems.push({
          file: `${clustersDir}/${folder}`,
          message: "Cannot follow the link: git would not see what changes behind it; make it a " +
            'folder, or name it in "ignoreClusters"',
        });
        return [];
      }
      const path = `${clustersDir}/${folder}/cluster.yaml`;
      try {
        return [{ path, text: Deno.readTextFileSync(`${repo}/${path}`) }];
      } catch (error) {
        problems.push(unreadable(`${clustersDir}/${folder}`, error));
        return [];
      }
    });
  return { files, problems };
}

/** The folders of clusters, and links, which may stand for some. */
function listEntries(
  repo: string,
  clustersDir: string,
  config: string,
): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(`${repo}/${clustersDir}`)]
      .filter(({ isDirectory, isSymlink }) => isDirectory || isSymlink)
      .sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) {
      const message = `Cannot read the folder of clusters: ${thrownText(error)}`;
      throw new UserError({ file: clustersDir, message });
    }
    if (!leadsToFolder(repo)) {
      throw new UserError(`Cannot read the repository ${JSON.stringify(repo)}: expected a folder`);
    }
    throw new UserError({
      file: clustersDir,
      message: `Cannot find the folder of clusters: expected a folder; set "clustersDir" in ` +
        `${config}, or run in the infrastructure repository`,
    });
  }
}

function leadsToFolder(link: string): boolean {
  try {
    return Deno.statSync(link).isDirectory;
  } catch {
    return false;
  }
}

function unreadable(folder: string, error: unknown): Problem {
  if (error instanceof Deno.errors.NotCapable) throw error;
  if (error instanceof Deno.errors.NotFound) {
    return {
      file: folder,
      message: `Cannot find its cluster.yaml: add one, delete the folder, or name it in ` +
        `"ignoreClusters"`,
    };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { file: `${folder}/cluster.yaml`, message: `Cannot read it: ${reason}` };
}
