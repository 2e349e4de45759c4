import { namedFiles } from "../config/named_files.ts";
import { joinPath } from "../config/paths.ts";
import { entriesOf, type Entry } from "./entries.ts";
import type { ClusterDocument } from "./repository.ts";

/** A place where a `cluster.yaml` names a file. */
export interface Naming {
  /** The name, as it is written. */
  readonly name: string;
  /** The file, as a path relative to the repository's root. */
  readonly file: string;
  /** Whose entry names it. */
  readonly entry: Entry;
  /** The keys and indices that lead to the name. */
  readonly path: readonly (string | number)[];
}

/**
 * Lists the places where a `cluster.yaml` names a file inside the repository, also in one that is
 * wrong somewhere.
 *
 * @param document The file.
 * @param fileKeys Further keys that name files.
 * @returns Each place, in the order of entries and keys.
 * @example
 * ```ts
 * import { namingsOf } from "./namings.ts";
 *
 * const file = { path: "clusters/earth/cluster.yaml", text: "" };
 * const value = { support: { helm_chart_values_files: ["../a.yaml"], more: "b.yaml" } };
 * const files = namingsOf({ file, value }, ["more"]).map(({ file }) => file);
 * console.assert(files.join() === "clusters/a.yaml,clusters/earth/b.yaml");
 * ```
 */
export function namingsOf(
  document: Pick<ClusterDocument, "file" | "value">,
  fileKeys: readonly string[],
): readonly Naming[] {
  const folder = document.file.path.slice(0, document.file.path.lastIndexOf("/"));
  return entriesOf(document).flatMap((entry) => {
    const keys = entry.of === "cluster" ? fileKeys : ["helm_chart_values_files", ...fileKeys];
    return namedFiles(entry.value, keys).files.flatMap(({ name, path }) => {
      const file = joinPath(folder, name);
      return file === undefined ? [] : [{ name, file, entry, path: [...entry.path, ...path] }];
    });
  });
}

/**
 * The files that clusters name.
 *
 * @param documents Their `cluster.yaml` files.
 * @param fileKeys Further keys that name files.
 * @returns The files, as paths relative to the repository's root.
 */
export function namedFilesOf(
  documents: readonly Pick<ClusterDocument, "file" | "value">[],
  fileKeys: readonly string[],
): ReadonlySet<string> {
  const named = new Set<string>();
  for (const document of documents) {
    for (const { file } of namingsOf(document, fileKeys)) named.add(file);
  }
  return named;
}

/**
 * Puts together what names the same file.
 *
 * @param namings The places.
 * @returns For each file the places that name it, in order.
 * @example
 * ```ts
 * import { groupByFile, namingsOf } from "./namings.ts";
 *
 * const file = { path: "earth/cluster.yaml", text: "" };
 * const value = { hubs: [{ helm_chart_values_files: ["a", "b", "./a"] }] };
 * console.assert(groupByFile(namingsOf({ file, value }, [])).map((same) => same.length).join() === "2,1");
 * ```
 */
export function groupByFile(
  namings: readonly Naming[],
): readonly (readonly [Naming, ...Naming[]])[] {
  const groups = new Map<string, [Naming, ...Naming[]]>();
  for (const naming of namings) {
    const group = groups.get(naming.file);
    if (group === undefined) groups.set(naming.file, [naming]);
    else group.push(naming);
  }
  return [...groups.values()];
}
