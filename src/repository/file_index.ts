import type { EntryKind } from "./files.ts";

/** The files of a commit by folder, each with something that is known of it. */
export class FileIndex<Known> {
  readonly #folders = new Map<string, Map<string, EntryKind>>([["", new Map()]]);
  readonly #known = new Map<string, Known>();

  list(folder: string): ReadonlyMap<string, EntryKind> | undefined {
    return this.#folders.get(folder);
  }

  get(path: string): Known | undefined {
    return this.#known.get(path);
  }

  get paths(): Iterable<string> {
    return this.#known.keys();
  }

  /** Adds a file by the mode that git gives it, or replaces it. */
  put(path: string, mode: string, known: Known): void {
    // A submodule is a folder of which nothing is known.
    if (mode === SUBMODULE) return void this.#folder(path);
    const [folder, name] = split(path);
    this.#folder(folder).set(name, mode === LINK ? "link" : "file");
    this.#known.set(path, known);
  }

  /** Removes a file, and folders that are empty without it. */
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

const SUBMODULE = "160000";

/** The mode of a symbolic link. */
export const LINK = "120000";

function split(path: string): readonly [folder: string, name: string] {
  const end = path.lastIndexOf("/");
  return [path.slice(0, Math.max(0, end)), path.slice(end + 1)];
}
