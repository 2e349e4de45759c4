import type { RepositoryFiles } from "../config/repository_files.ts";
import { ObjectReader } from "./object_reader.ts";
import { listTree } from "./tree.ts";

/**
 * The files of a repository as they are in a commit that need not be checked out.
 *
 * @throws {UserError} Where git cannot read the commit.
 */
export async function filesOfCommit(
  repo: string,
  commit: string,
): Promise<RepositoryFiles & AsyncDisposable> {
  const ids = new Map((await listTree(repo, commit)).map(({ path, id }) => [path, id]));
  const objects = ObjectReader.start(repo);
  return {
    folders: (folder) => {
      const below = [...ids.keys()].filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1)).filter((path) => path.includes("/"));
      return Promise.resolve([...new Set(below.map((path) => path.split("/")[0] ?? ""))].sort());
    },
    read: (path) => {
      const id = ids.get(path);
      return id === undefined ? Promise.resolve(undefined) : objects.readText(id);
    },
    [Symbol.asyncDispose]: () => objects[Symbol.asyncDispose](),
  };
}
