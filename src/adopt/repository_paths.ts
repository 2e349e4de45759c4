import type { Listing } from "../repository/files.ts";

/** Folders in which no fleet is described: they hold what others made. */
const SKIPPED = ["node_modules", "vendor"];

/** The paths of everything in a repository, sorted; of the hidden folders, `.github` alone. */
export function repositoryPaths(files: Listing): readonly string[] {
  const paths: string[] = [];
  const folders = [""];
  for (const folder of folders) {
    for (const [name, kind] of files.list(folder) ?? []) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (kind !== "folder") paths.push(path);
      else if (path === ".github" || !(name.startsWith(".") || SKIPPED.includes(name))) {
        folders.push(path);
      }
    }
  }
  return paths.sort();
}
