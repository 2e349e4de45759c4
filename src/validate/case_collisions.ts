import { type FileTree } from "./file_tree.ts";
import type { Finding } from "./finding.ts";
import type { Repository } from "./repository.ts";

/**
 * Finds files and folders among the clusters whose names differ in case only: macOS and Windows
 * check out one of them.
 */
export function caseCollisions({ settings, tree }: Repository): readonly Finding[] {
  return [...foldersIn(tree, settings.clustersDir)].flatMap((folder) => {
    const alike = Map.groupBy(
      [...tree.list(folder)?.keys() ?? []].sort(),
      (name) => name.normalize("NFC").toLowerCase(),
    );
    return [...alike.values()].flatMap(([first, ...others]) =>
      others.map((name): Finding => ({
        rule: "case-collision",
        file: `${folder}/${name}`,
        message: `Cannot keep it apart from ${JSON.stringify(first)} on macOS and Windows: both ` +
          "names differ in case only; rename one of them",
      }))
    );
  });
}

function* foldersIn(tree: FileTree, root: string): Generator<string> {
  const folders = [root];
  for (const folder of folders) {
    yield folder;
    for (const [name, kind] of tree.list(folder) ?? []) {
      if (kind === "folder") folders.push(`${folder}/${name}`);
    }
  }
}
