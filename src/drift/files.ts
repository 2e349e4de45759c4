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
 * @throws {UserError} Where a folder cannot be read.
 */
export async function readPresent(
  root: string,
  paths: readonly string[],
  mark: string,
): Promise<readonly TextFile[]> {
  const folders = [...new Set(paths.map(folderOf))];
  const listed = await Promise.all(folders.map((folder) => listFiles(root, folder)));
  const files = await Promise.all(
    listed.flat().map(async (path) => ({
      path,
      text: decode(await Deno.readFile(`${root}/${path}`)),
    })),
  );
  return files.filter(({ path, text }) =>
    paths.includes(path) || text.split("\n", 1)[0]?.includes(mark)
  );
}

/**
 * Makes the files on disk what is generated. All files are written beside their places first, then
 * moved there, so that none is ever there half-written and a failure changes nothing.
 *
 * @param root The repository's root.
 * @param differences What differs.
 * @throws {UserError} Where a file cannot be written.
 */
export async function mendFiles(root: string, differences: readonly Difference[]): Promise<void> {
  const wanted = differences.filter((difference) => difference.kind !== "orphaned");
  const written: string[] = [];
  const made: string[] = [];
  for (const { path, text } of wanted) {
    const temporary = `${root}/${path}.${crypto.randomUUID()}.tmp`;
    try {
      made.push(...await makeFolders(root, folderOf(path)));
      await refuseFolder(`${root}/${path}`);
      written.push(temporary);
      await Deno.writeTextFile(temporary, text, { createNew: true });
    } catch (error) {
      await removeAll([...written, ...made.reverse()]);
      throw cannotWrite(path, error);
    }
  }
  await Promise.all(
    wanted.map(({ path }, index) => Deno.rename(written[index] ?? "", `${root}/${path}`)),
  );
  const orphans = differences.filter(({ kind }) => kind === "orphaned");
  await Promise.all(orphans.map(({ path }) => Deno.remove(`${root}/${path}`)));
}

/** Makes a folder and those above it, and says which of them were not there. */
async function makeFolders(root: string, folder: string): Promise<string[]> {
  const missing: string[] = [];
  let parent = folder;
  while (parent !== "." && !await exists(`${root}/${parent}`)) {
    missing.unshift(`${root}/${parent}`);
    parent = folderOf(parent);
  }
  await Deno.mkdir(`${root}/${folder}`, { recursive: true });
  return missing;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  });
}

async function refuseFolder(path: string): Promise<void> {
  const info = await Deno.lstat(path).catch(() => undefined);
  if (info?.isDirectory) throw new Error("there is a folder in its place");
}

async function removeAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await Deno.remove(path).catch(() => {});
  }
}

function cannotWrite(path: string, error: unknown): UserError {
  const reason = error instanceof Error ? error.message : String(error);
  return new UserError({ file: path, message: `Cannot write it: ${reason}; nothing was changed` });
}

async function listFiles(root: string, folder: string): Promise<string[]> {
  const paths: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(`${root}/${folder}`)) {
      if (!isDirectory && !name.endsWith(".tmp")) {
        paths.push(folder === "." ? name : `${folder}/${name}`);
      }
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    if (!(error instanceof Deno.errors.NotADirectory)) throw error;
    throw new UserError({ file: folder, message: "Cannot read it: expected a folder" });
  }
  return paths.sort();
}

/** Every byte counts, a byte order mark too. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}
