/** The files of a repository, on disk or in a commit. */
export interface RepositoryFiles {
  /**
   * The names of the folders in a folder. A link is none: git does not see what changes behind it.
   *
   * @param folder The folder's path, relative to the repository's root.
   * @returns The names, sorted; none where there is no such folder.
   */
  readonly folders: (folder: string) => Promise<readonly string[]>;
  /**
   * Reads a file that is text.
   *
   * @param path Its path, relative to the repository's root.
   * @returns Its text; `undefined` where there is no such file.
   */
  readonly read: (path: string) => Promise<string | undefined>;
}

/**
 * The files of a repository as they are on disk.
 *
 * @param repo The repository's root.
 * @returns The files.
 */
export function filesOnDisk(repo: string): RepositoryFiles {
  return {
    folders: async (folder) => {
      const entries = await orMissing(Array.fromAsync(Deno.readDir(`${repo}/${folder}`)));
      return (entries ?? []).filter(({ isDirectory }) => isDirectory)
        .map(({ name }) => name).sort();
    },
    read: (path) => orMissing(Deno.readTextFile(`${repo}/${path}`)),
  };
}

async function orMissing<Value>(value: Promise<Value>): Promise<Value | undefined> {
  try {
    return await value;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.IsADirectory;
}
