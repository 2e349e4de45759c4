import type { EntryKind, FileTree } from "../validate/file_tree.ts";

/** The files of a repository on disk; each folder is read once, when it is asked for. */
export function diskTree(repo: string): FileTree {
  const known = new Map<string, ReadonlyMap<string, EntryKind> | undefined>();
  return {
    list: (folder) => {
      if (!known.has(folder)) known.set(folder, readFolder(`${repo}/${folder}`));
      return known.get(folder);
    },
    leadsToFile: (path) => unlessAbsent(() => Deno.statSync(`${repo}/${path}`).isFile) ?? false,
  };
}

function readFolder(path: string): ReadonlyMap<string, EntryKind> | undefined {
  return unlessAbsent(() =>
    new Map([...Deno.readDirSync(path)].map((entry) => [entry.name, kindOf(entry)]))
  );
}

function kindOf({ isDirectory, isSymlink }: Deno.DirEntry): EntryKind {
  return isSymlink ? "link" : isDirectory ? "folder" : "file";
}

/** What cannot be read by an upgrade either is as good as absent; a lacking permission is not. */
function unlessAbsent<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    return undefined;
  }
}
