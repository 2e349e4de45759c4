import { type Problem, UserError } from "../errors.ts";
import type { Cluster } from "../plan/cluster.ts";
import type { ClusterFile } from "./cluster_file.ts";
import { parseClusters } from "./clusters.ts";
import type { Settings } from "./settings.ts";

/**
 * Reads the clusters of a repository as they are on disk.
 *
 * @param repo The repository's root.
 * @param settings The settings.
 * @returns The clusters, sorted by folder.
 * @throws {UserError} With everything that is wrong.
 */
export async function loadClusters(repo: string, settings: Settings): Promise<readonly Cluster[]> {
  const { clustersDir } = settings;
  const folders: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(`${repo}/${clustersDir}`)) {
      if (isDirectory && !settings.ignoreClusters.includes(name)) folders.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) {
      throw error;
    }
    throw new UserError({
      file: clustersDir,
      message: `Cannot find the folder of clusters: expected a folder; set "clustersDir" in ` +
        `${settings.file}, or run in the infrastructure repository`,
    });
  }
  const problems: Problem[] = [];
  const files = await Promise.all(
    folders.sort().map(async (folder) => {
      const path = `${clustersDir}/${folder}/cluster.yaml`;
      try {
        return { path, text: await Deno.readTextFile(`${repo}/${path}`) };
      } catch (error) {
        problems.push(unreadable(`${clustersDir}/${folder}`, error));
        return [];
      }
    }),
  );
  if (problems.length > 0) {
    throw new UserError(problems.sort((a, b) => String(a.file) < String(b.file) ? -1 : 1));
  }
  return parseClusters(files.flat() as ClusterFile[], settings);
}

function unreadable(folder: string, error: unknown): Problem {
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
