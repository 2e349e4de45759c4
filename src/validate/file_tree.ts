/** What a name in a folder stands for; a link is one whatever it leads to. */
export type EntryKind = "file" | "folder" | "link";

/** The files of a repository, as far as they are asked for. */
export interface FileTree {
  /**
   * What lies in a folder.
   *
   * @param folder A path relative to the repository's root, which is empty text.
   * @returns Each name with what it stands for; `undefined` where no such folder can be read.
   */
  readonly list: (folder: string) => ReadonlyMap<string, EntryKind> | undefined;
  /**
   * Whether a path leads to a file, links followed.
   *
   * @param path A path relative to the repository's root.
   */
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
 *
 * @param tree The repository's files.
 * @param path A path relative to the repository's root.
 * @returns What it stands for.
 * @example
 * ```ts
 * import { lookUp } from "./file_tree.ts";
 *
 * const tree = { list: () => new Map([["a", "link"]] as const), leadsToFile: () => true };
 * console.assert(lookUp(tree, "a/b").kind === "link" && lookUp(tree, "a/b").at === "a");
 * ```
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
 * followed. Near ones come first.
 *
 * @param tree The repository's files.
 * @param folder A path relative to the repository's root, which is empty text.
 * @returns Paths relative to the repository's root.
 * @example
 * ```ts
 * import { walk } from "./file_tree.ts";
 *
 * const tree = { list: () => new Map([["a", "file"]] as const), leadsToFile: () => true };
 * console.assert([...walk(tree, "docs")].join() === "docs/a");
 * ```
 */
export function* walk(tree: FileTree, folder: string): Generator<string> {
  const folders = [folder];
  for (const here of folders) {
    for (const [name, kind] of tree.list(here) ?? []) {
      if (name === ".git") continue;
      if (kind === "folder") folders.push(joinName(here, name));
      else yield joinName(here, name);
    }
  }
}

function joinName(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
