import type { ClusterFile } from "../config/cluster_file.ts";
import { UserError } from "../errors.ts";
import { runGit, splitNul } from "./run_git.ts";

/**
 * Reads the `cluster.yaml` files as they are in a commit that need not be checked out.
 *
 * @param repo The repository's folder.
 * @param commit The commit.
 * @param clustersDir The folder that holds one folder a cluster.
 * @param ignored The folders in there that are no clusters.
 * @returns The files, sorted by folder.
 * @throws {UserError} Where git cannot read the commit.
 */
export async function clusterFilesAt(
  repo: string,
  commit: string,
  clustersDir: string,
  ignored: readonly string[],
): Promise<readonly ClusterFile[]> {
  const tree = await runGit(repo, [
    "ls-tree",
    "-r",
    "-z",
    "--name-only",
    commit,
    `${clustersDir}/`,
  ]);
  if (!tree.ok) throw new UserError(`Cannot read the clusters of ${commit}: ${tree.complaint}`);
  const paths = splitNul(tree.output).filter((path) => {
    const [folder = "", file, ...rest] = path.slice(clustersDir.length + 1).split("/");
    return file === "cluster.yaml" && rest.length === 0 && !ignored.includes(folder);
  });
  return await Promise.all(paths.map(async (path) => {
    const blob = await runGit(repo, ["show", "--end-of-options", `${commit}:./${path}`]);
    if (!blob.ok) throw new UserError({ file: path, message: `Cannot read it: ${blob.complaint}` });
    return { path, text: new TextDecoder().decode(blob.output) };
  }));
}
