/** What the root of an infrastructure repository has, or any repository. */
const MARKS = ["hubwright.config.ts", "config/clusters", ".git"];

/**
 * Finds the repository that the current folder is in, as git does: the nearest folder upwards that
 * has a config, clusters or `.git`. Where there is none, or one may not look, it is the current
 * folder itself.
 */
export async function findRoot(): Promise<string> {
  const here = await identity(".");
  for (let folder = ".", current = here; current !== undefined;) {
    if ((await Promise.all(MARKS.map((mark) => identity(`${folder}/${mark}`)))).some(Boolean)) {
      return folder;
    }
    const parent = folder === "." ? ".." : `${folder}/..`;
    const above = await identity(parent);
    // The root of the disk is its own parent.
    if (above === current) break;
    [folder, current] = [parent, above];
  }
  return ".";
}

/** Which file or folder it is; `undefined` where there is none, or one may not look. */
async function identity(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await Deno.stat(path);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
