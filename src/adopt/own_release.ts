import { compareFiles, type Difference, isMarked, type TextFile } from "../drift/differences.ts";
import { readPresent } from "../drift/read_files.ts";
import { UserError } from "../errors.ts";
import { compare } from "../text/compare.ts";
import { VERSION } from "../version.ts";

const BUILT = "Built by hubwright";

/** Where hubwright lies in a repository that adopted it. */
export const RELEASE_FOLDER = ".hubwright";

/** The files of the hubwright that runs, as they are to lie in a repository. */
export async function readOwnRelease(): Promise<readonly TextFile[]> {
  // From its source, hubwright has its built files in a folder of their own.
  for (const path of [".", "../../dist"]) {
    const folder = new URL(`${path}/`, import.meta.url);
    if (folder.protocol !== "file:") continue;
    const files = await readBuilt(folder);
    if (files.length > 0) return files;
  }
  throw new UserError(
    "Cannot find the files that hubwright consists of: run hubwright.js in the folder of a release",
  );
}

async function readBuilt(folder: URL): Promise<readonly TextFile[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  const files = await Promise.all(
    entries.filter(({ name, isFile }) => isFile && /\.(?:js|ts|json)$/.test(name))
      .map(async ({ name }) => ({
        path: `${RELEASE_FOLDER}/${name}`,
        text: await Deno.readTextFile(new URL(name, folder)),
      })),
  );
  return files.filter(({ text }) => isMarked(text, BUILT))
    .sort((a, b) => compare(a.path, b.path));
}

/**
 * Compares the hubwright in a repository with the one that runs. Gives also the version that is
 * there; `undefined` where there is none, or it does not say.
 *
 * @throws {UserError} Where it is newer, or something else lies there.
 */
export async function compareRelease(
  repo: string,
  release: readonly TextFile[],
): Promise<{ readonly differences: readonly Difference[]; readonly version: string | undefined }> {
  const paths = release.map(({ path }) => path);
  const present = await readPresent(repo, paths, BUILT);
  const differences = compareFiles(release, present, BUILT);
  const foreign = differences.filter(({ kind }) => kind === "foreign").map(({ path: file }) => {
    return { file, message: "Cannot overwrite it: it is not of hubwright; move it away" };
  });
  if (foreign.length > 0) throw new UserError(foreign);
  const entry = present.find(({ path }) => path === `${RELEASE_FOLDER}/hubwright.js`);
  const [, version] = /Built by hubwright (\d+\.\d+\.\d+)/.exec(entry?.text ?? "") ?? [];
  if (version !== undefined && version.localeCompare(VERSION, "en", { numeric: true }) > 0) {
    const message = `Cannot put hubwright ${VERSION} in place of ${version}: it is older; run ` +
      "init with the newer one";
    throw new UserError({ file: RELEASE_FOLDER, message });
  }
  return { differences, version };
}
