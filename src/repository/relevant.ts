import type { ClusterFile } from "../config/cluster_file.ts";
import { joinPath } from "../config/paths.ts";
import { type Linked, resolve } from "./files.ts";

/** As many names as are looked for in every file: parsing it takes no longer than more would. */
const MOST_NAMES = 100;

/**
 * Picks the `cluster.yaml` files that a change can concern: parsing the others would change
 * nothing in the plan.
 *
 * A file matters if something changed in its own folder, if its text may name a changed file
 * elsewhere, which takes a `..`, or if it may name a file behind a link. YAML has a file's name as
 * it is, unless it holds a space or a quote, or is written with an escape: when in doubt, the file
 * matters.
 */
export function relevantFiles(
  clusterFiles: readonly ClusterFile[],
  changed: readonly string[],
  files: Linked,
): readonly ClusterFile[] {
  if (changed.length === 0) return [];
  const names = [...new Set(changed.map((path) => path.slice(path.lastIndexOf("/") + 1)))];
  if (names.some((name) => !/^[\w.@%+-]+$/.test(name))) return clusterFiles;
  const mayName = (text: string) =>
    text.includes("..") &&
    (names.length > MOST_NAMES || names.some((name) => text.includes(name)));
  // The folders that a changed file lies in, each with a final slash.
  const folders = new Set(
    changed.flatMap((path) =>
      path.matchAll(/\//g).map(({ index }) => path.slice(0, index + 1)).toArray()
    ),
  );
  return clusterFiles.filter(({ path, text, sources }) =>
    folders.has(path.slice(0, path.lastIndexOf("/") + 1)) || sources !== undefined ||
    text.includes("\\") || mayName(text) || mayFollowLinks(files, path, text)
  );
}

function mayFollowLinks(files: Linked, path: string, text: string): boolean {
  const folder = path.slice(0, path.lastIndexOf("/"));
  // The pattern takes much longer to find nothing.
  const elsewhere = text.includes("../") ? text.match(ELSEWHERE) ?? [] : [];
  return hasLink(files, folder) || elsewhere.some((name) => {
    const joined = joinPath(folder, name);
    if (joined === undefined) return false;
    const { links, kind } = resolve(files, joined);
    // A name with a space or a quote in it is cut short here.
    return links.length > 0 || kind === undefined;
  });
}

/** A name of a file outside the folder, as YAML has it. */
const ELSEWHERE = /[^\s"',[\]{}]*\.\.\/[^\s"',[\]{}]*/g;

function hasLink(files: Linked, folder: string): boolean {
  return files.list(folder)?.entries().some(([name, kind]) =>
    kind === "link" || kind === "folder" && hasLink(files, `${folder}/${name}`)
  ) ?? false;
}
