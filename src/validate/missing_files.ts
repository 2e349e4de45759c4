import { likelyEdits, nearest } from "../text/nearest.ts";
import { describeEntries } from "./entries.ts";
import { type FileTree, lookUp } from "./file_tree.ts";
import type { Finding } from "./finding.ts";
import { groupByFile, namedFilesOf, namingsOf } from "./namings.ts";
import { findingAt } from "./places.ts";
import type { Repository } from "./repository.ts";

/** Finds files that a `cluster.yaml` names and that are not there: the upgrade would fail. */
export function missingFiles({ documents, settings, tree }: Repository): readonly Finding[] {
  const { fileKeys } = settings.rules;
  let named: ReadonlySet<string> | undefined;
  const isNamed = (file: string) => (named ??= namedFilesOf(documents, fileKeys)).has(file);
  return documents.flatMap((document) =>
    groupByFile(namingsOf(document, fileKeys)).flatMap((namings) => {
      const [{ name, file, path }] = namings;
      const found = describeWrong(tree, file, isNamed);
      if (found === undefined) return [];
      const message = `Cannot find the file ${JSON.stringify(name)} of ` +
        `${describeEntries(namings.map(({ entry }) => entry))}: expected a file ${file}, ` +
        `found ${found}; add it or correct the name`;
      return [findingAt("missing-file", document, path, message)];
    })
  );
}

/** What is in the place of a file, in words; `undefined` where the file is there. */
function describeWrong(
  tree: FileTree,
  file: string,
  isNamed: (file: string) => boolean,
): string | undefined {
  const { kind, at } = lookUp(tree, file);
  if (kind === "file" || (kind === "link" && tree.leadsToFile(file))) return undefined;
  if (kind === "link") return `the link ${at}, which does not lead to one`;
  if (kind === "folder") return "a folder";
  const slash = at.lastIndexOf("/");
  const folder = at.slice(0, Math.max(slash, 0));
  // A file that another hub has is not what was meant, however alike the names are.
  const free = [...tree.list(folder)?.keys() ?? []]
    .filter((name) => !isNamed(`${folder}/${name}`)).sort();
  const name = at.slice(slash + 1);
  const near = nearest(name, free, likelyEdits(name.split(".")[0] ?? name));
  return near === undefined ? "nothing" : `${JSON.stringify(near)} beside it`;
}
