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

/** The files that clusters name. */
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

/** Puts together what names the same file. */
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
