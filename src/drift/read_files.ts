import { thrownText, UserError } from "../errors.ts";
import { isMarked, type TextFile } from "./differences.ts";
import { isTemporary } from "./temporary.ts";

/**
 * Reads the files that a comparison needs: those that should be there, and those in the same
 * folders that say that they are generated. Anything there but a file counts as absent.
 *
 * @throws {UserError} Where a folder or a file cannot be read.
 */
export async function readPresent(
  root: string,
  paths: readonly string[],
  mark: string,
): Promise<readonly TextFile[]> {
  const folders = [...new Set(paths.map(folderOf))];
  const listed = await Promise.all(folders.map((folder) => listFiles(root, folder)));
  const files = await Promise.all(listed.flat().map((path) => readIfThere(root, path)));
  return files.flat().filter(({ path, text }) => paths.includes(path) || isMarked(text, mark));
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

async function listFiles(root: string, folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(`${root}/${folder}`));
    return entries.filter(({ name, isDirectory }) => !isDirectory && !isTemporary(name))
      .map(({ name }) => folder === "." ? name : `${folder}/${name}`).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    if (!(error instanceof Deno.errors.NotADirectory)) throw unreadable(folder, error);
    throw new UserError({ file: folder, message: "Cannot read it: expected a folder" });
  }
}

/** A file; nothing for a broken link, and for what another run deletes meanwhile. */
async function readIfThere(root: string, path: string): Promise<readonly TextFile[]> {
  try {
    const { isFile } = await Deno.stat(`${root}/${path}`);
    if (!isFile) return [];
    // Every byte counts, a byte order mark too.
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    return [{ path, text: decoder.decode(await Deno.readFile(`${root}/${path}`)) }];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    if (error instanceof Deno.errors.FilesystemLoop) return [];
    throw unreadable(path, error);
  }
}

function unreadable(file: string, error: unknown): unknown {
  if (error instanceof Deno.errors.NotCapable) return error;
  return new UserError({ file, message: `Cannot read it: ${thrownText(error)}` });
}
