import type { Pattern } from "../plan/pattern.ts";

/** What a name in a folder is; a link is a link whatever it leads to. */
export type EntryKind = "file" | "folder" | "link";

/** The files of a repository: on disk, in a commit, or as a history has left them. */
export interface RepositoryFiles {
  /** Where they are, for messages: empty on disk, otherwise for instance " in 1a2b3c". */
  readonly where: string;
  /** What lies in a folder, by name; `undefined` where there is no such folder. */
  readonly list: (folder: string) => ReadonlyMap<string, EntryKind> | undefined;
  readonly linkTarget: (link: string) => string | undefined;
  /** Reads a file as text; `undefined` where there is none. It may not lie behind a link. */
  readonly read: (path: string) => Promise<string | undefined>;
}

export type Listing = Pick<RepositoryFiles, "list">;
export type Linked = Pick<RepositoryFiles, "list" | "linkTarget">;

/**
 * Looks a path up as git sees it: upper and lower case count, and links are not followed. Gives what
 * is there, if anything, and the path up to the first link or the first name that is not there.
 */
export function lookUp(
  files: Listing,
  path: string,
): { readonly kind: EntryKind | undefined; readonly at: string } {
  let at = "";
  let kind: EntryKind | undefined = "folder";
  for (const name of path.split("/")) {
    kind = kind === "folder" ? files.list(at)?.get(name) : undefined;
    at = joinName(at, name);
    if (kind === undefined || kind === "link") break;
  }
  return { kind, at };
}

/** Where a path leads when links are followed. */
export interface Resolved {
  readonly kind: "file" | "folder" | undefined;
  /** The path without links, as far as they can be followed. */
  readonly path: string;
  readonly links: readonly string[];
  /** The link that leads out of the repository or in a circle, if any does. */
  readonly astray: string | undefined;
}

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40;

/** Follows a path through all links, as an upgrade does that reads the file. */
export function resolve(files: Linked, path: string): Resolved {
  const links: string[] = [];
  const names = path.split("/").reverse();
  let at = "";
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    if (name === "" || name === ".") continue;
    if (name === "..") {
      if (at === "") return { kind: undefined, path: at, links, astray: links.at(-1) };
      at = at.slice(0, Math.max(0, at.lastIndexOf("/")));
      continue;
    }
    const kind = files.list(at)?.get(name);
    const here = joinName(at, name);
    if (kind === "link") {
      links.push(here);
      const target = files.linkTarget(here) ?? "";
      if (target.startsWith("/") || links.length > MOST_LINKS) {
        return { kind: undefined, path: here, links, astray: here };
      }
      names.push(...target.split("/").reverse());
    } else if (kind === "folder") {
      at = here;
    } else {
      const path = [here, ...names.reverse()].join("/");
      return { kind: path === here ? kind : undefined, path, links, astray: undefined };
    }
  }
  return { kind: "folder", path: at, links, astray: undefined };
}

/** Reads a file, links followed; `undefined` where there is none. */
export async function readText(files: RepositoryFiles, path: string): Promise<string | undefined> {
  const { kind, path: real } = resolve(files, path);
  return kind === "file" ? await files.read(real) : undefined;
}

/**
 * Walks over everything in a folder that git would list as a file: files, and links, which are not
 * followed. What is nearer comes first.
 */
export function* walk(files: Listing, folder: string): Generator<string> {
  const folders = [folder];
  for (const here of folders) {
    for (const [name, kind] of files.list(here) ?? []) {
      if (name === ".git") continue;
      if (kind === "folder") folders.push(joinName(here, name));
      else yield joinName(here, name);
    }
  }
}

/** Gives the files that a pattern matches, of what git would list. */
export function* matchingFiles(
  files: Listing,
  { glob, matches }: Pick<Pattern, "glob" | "matches">,
): Generator<string> {
  const segments = glob.split("/");
  const folder = segments.slice(0, segments.findIndex((part) => part.includes("*"))).join("/");
  if (folder !== "" && lookUp(files, folder).kind !== "folder") return;
  for (const path of walk(files, folder)) if (matches(path)) yield path;
}

function joinName(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
