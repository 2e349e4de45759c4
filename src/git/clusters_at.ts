import type { FoundFiles } from "../config/load_clusters.ts";
import { UserError } from "../errors.ts";
import { visible } from "../plan/visible.ts";
import { runGit, splitNul } from "./run_git.ts";

/**
 * Reads the `cluster.yaml` files as they are in a commit that need not be checked out.
 *
 * @param repo The repository's folder.
 * @param commit The commit.
 * @param clustersDir The folder that holds one folder a cluster.
 * @param ignored The folders in there that are no clusters.
 * @returns The files, and the folders that have none.
 * @throws {UserError} Where git cannot read the commit, or it has no folder of clusters.
 */
export async function clusterFilesAt(
  repo: string,
  commit: string,
  clustersDir: string,
  ignored: readonly string[],
): Promise<FoundFiles> {
  const paths = await listPaths(repo, commit, clustersDir);
  const folders = new Set(
    paths.map((path) => path.slice(clustersDir.length + 1).split("/"))
      .filter((segments) => segments.length > 1).map(([folder = ""]) => folder),
  );
  const wanted = [...folders].filter((folder) => !ignored.includes(folder)).sort();
  const missing = wanted.filter((folder) =>
    !paths.includes(`${clustersDir}/${folder}/cluster.yaml`)
  );
  const files = await Promise.all(
    wanted.filter((folder) => !missing.includes(folder)).map(async (folder) => {
      const path = `${clustersDir}/${folder}/cluster.yaml`;
      return { path, text: await readBlob(repo, commit, path) };
    }),
  );
  return {
    files,
    problems: missing.map((folder) => ({
      file: `${clustersDir}/${visible(folder)}`,
      message:
        `Cannot find its cluster.yaml in ${commit}: name the folder in "ignoreClusters", or ` +
        "plan another commit",
    })),
  };
}

async function listPaths(repo: string, commit: string, clustersDir: string): Promise<string[]> {
  const tree = await runGit(repo, [
    "ls-tree",
    "-r",
    "-z",
    "--name-only",
    commit,
    `${clustersDir}/`,
  ]);
  if (!tree.ok) throw new UserError(`Cannot read the clusters of ${commit}: ${tree.complaint}`);
  const paths = splitNul(tree.output);
  if (paths.length > 0) return paths;
  throw new UserError({
    file: clustersDir,
    message: `Cannot find the folder of clusters in ${commit}: expected a folder`,
  });
}

async function readBlob(repo: string, commit: string, path: string): Promise<string> {
  const blob = await runGit(repo, ["show", "--end-of-options", `${commit}:./${path}`]);
  if (!blob.ok) throw new UserError({ file: path, message: `Cannot read it: ${blob.complaint}` });
  return new TextDecoder().decode(blob.output);
}
