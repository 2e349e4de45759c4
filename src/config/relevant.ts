import type { ClusterFile } from "./cluster_file.ts";

/** How many names are looked for in every file: parsing it takes no longer than more would. */
const MOST_NAMES = 100;

/**
 * Picks the `cluster.yaml` files that a change can concern: parsing the others would change
 * nothing in the plan.
 *
 * A file matters if something changed in its own folder, or if its text may name a changed file
 * elsewhere, which takes a `..`. The name of a values file stands in YAML as it is,
 * unless it holds a space or a quote, or is written with an escape: where it cannot be told, the
 * file matters.
 */
export function relevantFiles(
  files: readonly ClusterFile[],
  changed: readonly string[],
): readonly ClusterFile[] {
  const names = [...new Set(changed.map((path) => path.slice(path.lastIndexOf("/") + 1)))];
  if (names.some((name) => !/^[\w.@%+-]+$/.test(name))) return files;
  const mayName = (text: string) =>
    text.includes("..") &&
    (names.length > MOST_NAMES || names.some((name) => text.includes(name)));
  const folders = new Set(changed.flatMap(foldersAbove));
  return files.filter(({ path, text }) =>
    folders.has(path.slice(0, path.lastIndexOf("/") + 1)) || text.includes("\\") || mayName(text)
  );
}

/** The folders that a file lies in, each with a final slash. */
function foldersAbove(path: string): readonly string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1));
}
