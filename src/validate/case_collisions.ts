import type { Problem } from "../errors.ts";
import type { Listing } from "../repository/files.ts";
import type { Repository } from "./repository.ts";

/**
 * Finds files and folders among the clusters whose names differ in case only: macOS and Windows
 * check out one of them.
 */
export function* caseCollisions({ settings, tree }: Repository): Generator<Problem> {
  for (const folder of foldersIn(tree, settings.clustersDir)) {
    const alike = Map.groupBy(
      [...tree.list(folder)?.keys() ?? []].sort(),
      (name) => name.normalize("NFC").toLowerCase(),
    );
    for (const [first, ...others] of alike.values()) {
      for (const name of others) {
        const message =
          `Cannot keep it apart from ${JSON.stringify(first)} on macOS and Windows: ` +
          "both names differ in case only; rename one of them";
        yield { file: `${folder}/${name}`, message };
      }
    }
  }
}

function* foldersIn(tree: Listing, root: string): Generator<string> {
  const folders = [root];
  for (const folder of folders) {
    yield folder;
    for (const [name, kind] of tree.list(folder) ?? []) {
      if (kind === "folder") folders.push(`${folder}/${name}`);
    }
  }
}
