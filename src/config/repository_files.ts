import { UserError } from "../errors.ts";

/** The files of a repository, on disk or in a commit. */
export interface RepositoryFiles {
  /**
   * The names of the folders in a folder. A link is none: git does not see what changes behind it.
   */
  readonly folders: (folder: string) => Promise<readonly string[]>;
  /**
   * Reads a file that is text. A link is not followed; its text is the path that it leads to, as
   * git has it.
   */
  readonly read: (path: string) => Promise<string | undefined>;
}

/** The files of a repository as they are on disk. */
export function filesOnDisk(repo: string): RepositoryFiles {
  return {
    folders: (folder) =>
      orProblem(folder, async () => {
        if (!(await infoOf(repo, folder))?.isDirectory) return [];
        const entries = await Array.fromAsync(Deno.readDir(`${repo}/${folder}`));
        return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
      }),
    read: (path) =>
      orProblem(path, async () => {
        const info = await infoOf(repo, path);
        if (info?.isSymlink) return await Deno.readLink(`${repo}/${path}`);
        return info?.isFile ? await Deno.readTextFile(`${repo}/${path}`) : undefined;
      }),
  };
}

/**
 * What stands at a path; `undefined` where a link leads there, and for a path that no file can
 * have: one that is too long, for instance, which a chart may name all the same.
 */
async function infoOf(repo: string, path: string): Promise<Deno.FileInfo | undefined> {
  const end = path.lastIndexOf("/");
  if (end >= 0 && !(await infoOf(repo, path.slice(0, end)))?.isDirectory) return undefined;
  try {
    return await Deno.lstat(`${repo}/${path}`);
  } catch (error) {
    const { NotCapable, PermissionDenied } = Deno.errors;
    if (error instanceof NotCapable || error instanceof PermissionDenied) throw error;
    return undefined;
  }
}

async function orProblem<Value>(path: string, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({ file: path, message: `Cannot read it: ${reason}` });
  }
}
