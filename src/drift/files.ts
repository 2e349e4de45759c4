import { UserError } from "../errors.ts";
import type { Difference, TextFile } from "./compare.ts";

/**
 * Reads the files that a comparison needs: those that should be there, and those in the same
 * folders that say that they are generated.
 *
 * @param root The repository's root.
 * @param paths The paths of the files that should be there.
 * @param mark What the first line of a generated file says.
 * @returns The files that are there.
 */
export async function readPresent(
  root: string,
  paths: readonly string[],
  mark: string,
): Promise<readonly TextFile[]> {
  const folders = [...new Set(paths.map(folderOf))];
  const listed = await Promise.all(folders.map(async (folder) => {
    const names = await listFiles(`${root}/${folder}`);
    return names.map((name) => `${folder}/${name}`);
  }));
  const files = await Promise.all(
    listed.flat().map(async (path) => ({
      path,
      text: await Deno.readTextFile(`${root}/${path}`),
    })),
  );
  return files.filter(({ path, text }) =>
    paths.includes(path) || text.split("\n", 1)[0]?.includes(mark)
  );
}

/**
 * Makes the files on disk what is generated. Each file is written beside its place and then moved
 * there, so that none is ever there half-written.
 *
 * @param root The repository's root.
 * @param differences What differs.
 * @throws {UserError} Where a file cannot be written; those that are in place stay as they are.
 */
export async function mendFiles(root: string, differences: readonly Difference[]): Promise<void> {
  const written: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const difference of differences) {
      if (difference.kind === "orphaned") continue;
      const to = `${root}/${difference.path}`;
      const from = `${to}.${crypto.randomUUID()}.tmp`;
      // deno-lint-ignore no-await-in-loop -- one after the other, so that a failure stops at once
      await Deno.mkdir(folderOf(to), { recursive: true });
      written.push({ from, to });
      // deno-lint-ignore no-await-in-loop
      await Deno.writeTextFile(from, difference.text, { createNew: true });
    }
  } catch (error) {
    await Promise.all(written.map(({ from }) => Deno.remove(from).catch(() => {})));
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({
      file: differences.find(({ path }) => `${root}/${path}` === written.at(-1)?.to)?.path,
      message: `Cannot write it: ${reason}; nothing was changed`,
    });
  }
  await Promise.all(written.map(({ from, to }) => Deno.rename(from, to)));
  const orphans = differences.filter(({ kind }) => kind === "orphaned");
  await Promise.all(orphans.map(({ path }) => Deno.remove(`${root}/${path}`)));
}

async function listFiles(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && !name.endsWith(".tmp")) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort();
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
