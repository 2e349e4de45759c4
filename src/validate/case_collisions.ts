import type { Problem } from "../errors.ts";
import type { Repository } from "./repository.ts";

/**
 * Finds files and folders among the clusters whose names differ in case only: macOS and Windows
 * check out one of them.
 */
export function* caseCollisions({ settings, tree }: Repository): Generator<Problem> {
  const folders = [settings.clustersDir];
  for (const folder of folders) {
    const entries = tree.list(folder) ?? new Map();
    for (const [name, kind] of entries) if (kind === "folder") folders.push(`${folder}/${name}`);
    const names = [...entries.keys()].sort();
    const alike = Map.groupBy(names, (name) => name.normalize("NFC").toLowerCase());
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
