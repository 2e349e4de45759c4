import type { FoundFiles } from "../config/load_clusters.ts";
import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { ObjectReader } from "./object_reader.ts";
import { listTree, type TreeFile } from "./tree.ts";

/**
 * Reads the `cluster.yaml` files as they are in a commit that need not be checked out.
 *
 * @throws {UserError} Where git cannot read the commit, or it has no folder of clusters.
 */
export async function clusterFilesAt(
  repo: string,
  commit: string,
  clustersDir: string,
  ignored: readonly string[],
): Promise<FoundFiles> {
  await using objects = ObjectReader.start(repo);
  const ids = await listIds(repo, commit, clustersDir);
  const folders = new Set(
    [...ids.keys()].map((path) => path.slice(clustersDir.length + 1).split("/"))
      .filter((segments) => segments.length > 1).map(([folder = ""]) => folder),
  );
  const wanted = [...folders].filter((folder) => !ignored.includes(folder)).sort();
  const found = wanted.map((folder) => {
    const path = `${clustersDir}/${folder}/cluster.yaml`;
    return { folder, path, id: ids.get(path) };
  });
  const files = await Promise.all(
    found.flatMap(({ path, id }) => id === undefined ? [] : readFile(objects, { path, id })),
  );
  return {
    files,
    problems: found.filter(({ id }) => id === undefined).map(({ folder }) => ({
      file: `${clustersDir}/${visible(folder)}`,
      message:
        `Cannot find its cluster.yaml in ${commit}: name the folder in "ignoreClusters", or ` +
        "plan another commit",
    })),
  };
}

async function listIds(
  repo: string,
  commit: string,
  clustersDir: string,
): Promise<ReadonlyMap<string, string>> {
  const files = await listTree(repo, commit, `${clustersDir}/`);
  if (files.length > 0) return new Map(files.map(({ path, id }) => [path, id]));
  throw new UserError({
    file: clustersDir,
    message: `Cannot find the folder of clusters in ${commit}: expected a folder`,
  });
}

async function readFile(objects: ObjectReader, { path, id }: TreeFile) {
  const text = await objects.readText(id);
  if (text !== undefined) return { path, text };
  throw new UserError({ file: path, message: "Cannot read it: expected a file" });
}
