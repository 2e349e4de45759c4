import type { EntryKind, RepositoryFiles } from "./files.ts";

/** The modes that git gives to submodules and to symbolic links. */
const SUBMODULE = "160000";
export const LINK = "120000";

/** Gives the text of a blob by its id; `undefined` where there is none. */
export type ReadBlob = (id: string, path: string) => Promise<string | undefined>;

/** The files of a commit by folder, each with the id of its blob; a link with where it leads. */
export class FileIndex {
  readonly #folders = new Map<string, Map<string, EntryKind>>([["", new Map()]]);
  readonly #known = new Map<string, string>();

  files(where: string, readBlob: ReadBlob): RepositoryFiles {
    return {
      where,
      list: (folder) => this.#folders.get(folder),
      linkTarget: (link) => this.#known.get(link),
      read: async (path) => {
        const id = this.#known.get(path);
        return id === undefined ? undefined : await readBlob(id, path);
      },
    };
  }

  put(path: string, mode: string, known: string): void {
    // A submodule is a folder of which nothing is known.
    if (mode === SUBMODULE) return void this.#folder(path);
    const [folder, name] = split(path);
    this.#folder(folder).set(name, mode === LINK ? "link" : "file");
    this.#known.set(path, known);
  }

  remove(path: string): void {
    this.#known.delete(path);
    this.#folders.delete(path);
    const [folder, name] = split(path);
    const entries = this.#folders.get(folder);
    entries?.delete(name);
    if (entries?.size === 0 && folder !== "") this.remove(folder);
  }

  #folder(path: string): Map<string, EntryKind> {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const entries = new Map<string, EntryKind>();
    this.#folders.set(path, entries);
    const [parent, name] = split(path);
    this.#folder(parent).set(name, "folder");
    return entries;
  }
}

function split(path: string): readonly [folder: string, name: string] {
  const end = path.lastIndexOf("/");
  return [path.slice(0, Math.max(0, end)), path.slice(end + 1)];
}
