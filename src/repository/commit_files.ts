import { UserError } from "../errors.ts";
import { ObjectReader } from "../git/object_reader.ts";
import { listTree } from "../git/tree.ts";
import { FileIndex, LINK } from "./file_index.ts";
import type { RepositoryFiles } from "./files.ts";

/**
 * The files of a repository as they are in a commit, which need not be checked out; of some paths
 * only, where these are given.
 *
 * @throws {UserError} Where git cannot read the commit.
 */
export async function filesOfCommit(
  repo: string,
  commit: string,
  paths?: readonly string[],
): Promise<RepositoryFiles & AsyncDisposable> {
  const index = new FileIndex<string>();
  const files = await listTree(repo, commit, paths);
  for (const { path, mode, id } of files) index.put(path, mode, id);
  const objects = new ObjectReader(repo);
  const readObject = async (path: string, id: string) => {
    const text = await objects.readText(id);
    if (text !== undefined) return text;
    // Git calls an object missing, too, that is damaged.
    throw new UserError({
      file: path,
      message:
        `Cannot read it in ${commit}: git lacks its content; look for damage with "git fsck"`,
    });
  };
  const targets = new Map(
    await Promise.all(
      files.filter(({ mode }) => mode === LINK)
        .map(async ({ path, id }) => [path, await readObject(path, id)] as const),
    ),
  );
  return {
    where: ` in ${commit}`,
    list: (folder) => index.list(folder),
    linkTarget: (link) => targets.get(link),
    read: async (path) => {
      const id = index.get(path);
      return id === undefined ? undefined : await readObject(path, id);
    },
    [Symbol.asyncDispose]: () => objects[Symbol.asyncDispose](),
  };
}
