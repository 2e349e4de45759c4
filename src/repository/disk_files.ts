import { thrownText, UserError } from "../errors.ts";
import type { EntryKind, RepositoryFiles } from "./files.ts";

/** The files of a repository on disk; each folder is read once, when it is asked for. */
export function filesOnDisk(repo: string): RepositoryFiles {
  const known = new Map<string, ReadonlyMap<string, EntryKind> | undefined>();
  return {
    where: "",
    list: (folder) => {
      if (!known.has(folder)) known.set(folder, orAbsent(folder, () => readFolder(repo, folder)));
      const entries = known.get(folder);
      if (entries !== undefined || folder !== "") return entries;
      throw new UserError(`Cannot read the repository ${JSON.stringify(repo)}: expected a folder`);
    },
    linkTarget: (link) => orAbsent(link, () => Deno.readLinkSync(`${repo}/${link}`)),
    // Synchronous reading is much quicker for thousands of small files.
    read: (path) =>
      Promise.try(() => orAbsent(path, () => Deno.readTextFileSync(`${repo}/${path}`))),
  };
}

/** What git would track: a pipe, for instance, is left out, as reading it might never end. */
function readFolder(repo: string, folder: string): ReadonlyMap<string, EntryKind> {
  const kinds = new Map<string, EntryKind>();
  for (const entry of Deno.readDirSync(`${repo}/${folder}`)) {
    if (entry.isSymlink) kinds.set(entry.name, "link");
    else if (entry.isDirectory) kinds.set(entry.name, "folder");
    else if (entry.isFile) kinds.set(entry.name, "file");
  }
  return kinds;
}

/** What cannot be there, for instance since its name is too long, is absent as well. */
function orAbsent<Value>(path: string, read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    if (!(error instanceof Deno.errors.PermissionDenied)) return undefined;
    throw new UserError({ file: path, message: `Cannot read it: ${thrownText(error)}` });
  }
}
