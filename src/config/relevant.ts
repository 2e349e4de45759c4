import type { ClusterFile } from "./cluster_file.ts";

/**
 * Picks the `cluster.yaml` files that a change can concern: parsing the others would change
 * nothing in the plan.
 *
 * A file matters if something changed in its own folder, or if its text may name a changed file
 * elsewhere, which takes a `..`. The name of a values file stands in YAML as it is,
 * unless it holds a space or a quote, or is written with an escape: where it cannot be told, the
 * file matters.
 *
 * @param files The files.
 * @param changed The changed files, as paths relative to the repository's root.
 * @returns The files that matter, in the same order.
 * @example
 * ```ts
 * import { relevantFiles } from "./relevant.ts";
 *
 * const files = [
 *   { path: "config/clusters/a/cluster.yaml", text: "hubs: [{name: x, values: [x.yaml]}]" },
 *   { path: "config/clusters/b/cluster.yaml", text: "hubs: [{name: y, values: [y.yaml]}]" },
 * ];
 * console.assert(relevantFiles(files, ["config/clusters/b/y.yaml"]).length === 1);
 * ```
 */
export function relevantFiles(
  files: readonly ClusterFile[],
  changed: readonly string[],
): readonly ClusterFile[] {
  const split = changed.map((path) => ({ path, name: path.slice(path.lastIndexOf("/") + 1) }));
  if (split.some(({ name }) => !/^[\w.@%+-]+$/.test(name))) return files;
  return files.filter(({ path: file, text }) => {
    const folder = file.slice(0, file.lastIndexOf("/") + 1);
    const leavesFolder = text.includes("..");
    return text.includes("\\") ||
      split.some(({ path, name }) =>
        path.startsWith(folder) || (leavesFolder && text.includes(name))
      );
  });
}
