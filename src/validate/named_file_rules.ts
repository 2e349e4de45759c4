import type { FileKey } from "../config/config.ts";
import { namedFiles } from "../config/named_files.ts";
import type { Problem } from "../errors.ts";
import { likelyEdits, nearest } from "../text/nearest.ts";
import { lookUp, type RepositoryFiles, resolve } from "../repository/files.ts";
import { describeEntries, entriesOf, type Entry, problemAt } from "./entries.ts";
import type { ClusterDocument, Repository } from "./repository.ts";

/** A place, in an entry, where a file is named: by `name`, as a path relative to the root `file`. */
export interface Naming extends Pick<Entry, "name" | "path"> {
  readonly file: string;
  readonly entry: Entry;
}

/** Where a `cluster.yaml` names files inside the repository, also one that is wrong somewhere. */
export function namingsOf(
  document: Pick<ClusterDocument, "path" | "value">,
  fileKeys: readonly FileKey[],
): readonly Naming[] {
  const folder = document.path.slice(0, document.path.lastIndexOf("/"));
  return entriesOf(document).flatMap((entry) => {
    const keys = entry.of === "cluster" ? fileKeys : ["helm_chart_values_files", ...fileKeys];
    return namedFiles(entry.value, keys, folder).files.flatMap(({ name, file, path }) =>
      file === undefined ? [] : [{ name, file, entry, path: [...entry.path, ...path] }]
    );
  });
}

export function namedFilesOf(
  documents: readonly Pick<ClusterDocument, "path" | "value">[],
  fileKeys: readonly FileKey[],
): ReadonlySet<string> {
  return new Set(
    documents.flatMap((document) => namingsOf(document, fileKeys).map(({ file }) => file)),
  );
}

/** Finds files that a `cluster.yaml` names and that are not there: the upgrade would fail. */
export function* missingFiles({ documents, settings, tree }: Repository): Generator<Problem> {
  const { fileKeys } = settings.rules;
  let named: ReadonlySet<string> | undefined;
  const isNamed = (file: string) => (named ??= namedFilesOf(documents, fileKeys)).has(file);
  for (const document of documents) {
    yield* missingDefinedFiles(document, tree);
    const byFile = Map.groupBy(namingsOf(document, fileKeys), ({ file }) => file);
    for (const [file, namings] of byFile) {
      const found = describeWrong(tree, file, isNamed);
      if (found === undefined) continue;
      const [{ name, path } = { name: file, path: [] }] = namings;
      const users = describeEntries(namings.map(({ entry }) => entry));
      const message = `Cannot find the file ${JSON.stringify(name)} of ${users}: expected a file ` +
        `${file}, found ${found}; add it or correct the name`;
      yield problemAt(document, path, message);
    }
  }
}

/** Finds files that the config's `clusters.read` gives and that are not there. */
function* missingDefinedFiles(
  { path: file, cluster }: ClusterDocument,
  tree: RepositoryFiles,
): Generator<Problem> {
  if (cluster?.read !== true) return;
  const { name, support, addons = [], hubs, otherFiles = [] } = cluster;
  const releases = [
    ["support", support?.valuesFiles ?? []],
    ...addons.map(({ name, valuesFiles }) => [`the add-on ${name}`, valuesFiles] as const),
    ...hubs.map(({ name, valuesFiles }) => [`the hub ${name}`, valuesFiles] as const),
    ["the cluster", otherFiles],
  ] as const;
  for (const [of, files] of releases) {
    for (const path of files) {
      const found = describeWrong(tree, path, () => false);
      if (found === undefined) continue;
      const message = `Cannot find the file ${JSON.stringify(path)} of ${of} on ${name}: ` +
        `expected a file, found ${found}; add it or correct "clusters.read"`;
      yield { file, message };
    }
  }
}

/** What is in the place of a file, in words; `undefined` where the file is there. */
function describeWrong(
  tree: RepositoryFiles,
  file: string,
  isNamed: (file: string) => boolean,
): string | undefined {
  const { kind: reached, astray } = resolve(tree, file);
  // A link that leads astray is reported as a mistake in cluster.yaml.
  if (reached === "file" || astray !== undefined) return undefined;
  const { kind, at } = lookUp(tree, file);
  if (kind === "link") return `the link ${at}, which does not lead to one`;
  if (kind === "folder") return "a folder";
  const slash = at.lastIndexOf("/");
  const folder = at.slice(0, Math.max(slash, 0));
  const name = at.slice(slash + 1);
  const names = [...tree.list(folder)?.keys() ?? []];
  if (names.some((other) => other.normalize() === name.normalize())) {
    return "one beside it whose name looks the same, in another Unicode form";
  }
  // A file that another hub has is not what was meant, however alike the names are.
  const free = names.filter((name) => !isNamed(`${folder}/${name}`)).sort();
  const near = nearest(name, free, likelyEdits(name.split(".")[0] ?? name));
  return near === undefined ? "nothing" : `${JSON.stringify(near)} beside it`;
}

/**
 * Finds values files that one list names twice: Helm reads the list in order, so what comes between
 * the two loses to the second.
 */
export function* repeatedFiles({ documents }: Repository): Generator<Problem> {
  for (const document of documents) {
    const lists = Map.groupBy(namingsOf(document, []), ({ entry }) => entry);
    for (const [entry, list] of lists) {
      const seen = new Set<string>();
      for (const { name, file, path } of list) {
        const message = `Cannot tell which place of the file ${JSON.stringify(name)} is meant: ` +
          `the list of ${describeEntries([entry])} names it twice; remove one of them`;
        if (seen.has(file)) yield problemAt(document, path, message);
        seen.add(file);
      }
    }
  }
}
