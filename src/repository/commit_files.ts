import { UserError } from "../errors.ts";
import { ObjectReader } from "../git/object_reader.ts";
import { listTree } from "../git/tree.ts";
import { FileIndex, LINK } from "./file_index.ts";
import type { RepositoryFiles } from "./files.ts";

/**
 * The files of a repository as they are in a commit, which need not be checked out; of some paths
 * only, where these are given.
 */
export async function filesOfCommit(
  repo: string,
  commit: string,
  paths?: readonly string[],
): Promise<RepositoryFiles & AsyncDisposable> {
  const tree = await listTree(repo, commit, paths);
  const objects = new ObjectReader(repo);
  const readBlob = async (id: string, path: string) => {
    const text = await objects.readText(id);
    if (text !== undefined) return text;
    // Git calls an object missing, too, that is damaged.
    const message = `Cannot read it in ${commit}: git lacks its content; look for damage with ` +
      '"git fsck"';
    throw new UserError({ file: path, message });
  };
  const index = new FileIndex();
  await Promise.all(tree.map(async ({ path, mode, id }) => {
    index.put(path, mode, mode === LINK ? await readBlob(id, path) : id);
  }));
  return {
    ...index.files(` in ${commit}`, readBlob),
    [Symbol.asyncDispose]: () => objects[Symbol.asyncDispose](),
  };
}
