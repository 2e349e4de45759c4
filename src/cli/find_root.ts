/** What the root of an infrastructure repository has, or any repository. */
const MARKS = ["config/clusters", "hubwright.config.ts", ".git"];

/**
 * Finds the repository that the current folder is in, as git does: the nearest folder upwards that
 * has a config, clusters or `.git`. Without one, or without the permission to look, it is
 * the current folder.
 */
export function findRoot(start: string = "."): string {
  for (let folder = start;; folder = `${folder}/..`) {
    if (MARKS.some((mark) => identity(`${folder}/${mark}`) !== undefined)) return folder;
    if (identity(folder) === identity(`${folder}/..`)) return start;
  }
}

/** Which file or folder a path is; `undefined` where nothing is there or may be looked at. */
function identity(path: string): string | undefined {
  try {
    const { dev, ino } = Deno.statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
