/** What a name in a folder stands for; a link is one whatever it leads to. */
export type EntryKind = "file" | "folder" | "link";

/** The files of a repository, as far as they are asked for. */
export interface FileTree {
  /** What lies in a folder. */
  readonly list: (folder: string) => ReadonlyMap<string, EntryKind> | undefined;
  /** Whether a path leads to a file, links followed. */
  readonly leadsToFile: (path: string) => boolean;
}

/** What a path stands for, spelt exactly as it is given. */
export interface Entry {
  /** What is there; `undefined` for nothing. */
  readonly kind: EntryKind | undefined;
  /** The path, up to the first link or the first name that is not there. */
  readonly at: string;
}

/**
 * Looks a path up name by name, so that the case of each counts on every machine, and a link on
 * the way is seen.
 */
export function lookUp(tree: FileTree, path: string): Entry {
  let at = "";
  let kind: EntryKind | undefined = "folder";
  for (const name of path.split("/")) {
    const inside: EntryKind | undefined = kind === "folder" ? tree.list(at)?.get(name) : undefined;
    at = joinName(at, name);
    kind = inside;
    if (kind === undefined || kind === "link") break;
  }
  return { kind, at };
}

/**
 * Walks over everything in a folder that git would list as a file: files, and links, which are not
 * followed. Near ones come first, in the order of their names.
 */
export function* walk(tree: FileTree, folder: string): Generator<string> {
  const folders = [folder];
  for (const here of folders) {
    for (const [name, kind] of [...tree.list(here) ?? []].sort()) {
      if (name === ".git") continue;
      if (kind === "folder") folders.push(joinName(here, name));
      else yield joinName(here, name);
    }
  }
}

function joinName(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
