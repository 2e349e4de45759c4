import { thrownText, UserError } from "../errors.ts";
import type { Difference } from "./differences.ts";
import { folderOf } from "./read_files.ts";
import { temporaryPath } from "./temporary.ts";

/** What a run has done so far, and what takes it back. */
interface Work {
  readonly root: string;
  readonly temporary: string[];
  readonly folders: string[];
  readonly undo: { readonly path: string; readonly action: () => Promise<void> }[];
}

/**
 * Makes the files on disk what is generated. All files are written beside their places first, then
 * moved there, so that none is ever there half-written and a failure changes nothing.
 *
 * @throws {UserError} Where a file cannot be written.
 */
export async function writeFiles(root: string, differences: readonly Difference[]): Promise<void> {
  const work: Work = { root, temporary: [], folders: [], undo: [] };
  const moves = new Map<string, () => Promise<void>>();
  let file = ".";
  try {
    for (const difference of differences) {
      file = difference.path;
      moves.set(file, await prepare(work, difference));
    }
    for (const [path, move] of moves) {
      file = path;
      await move();
    }
    await removeAll(work.temporary);
  } catch (error) {
    const stuck = await takeBack(work);
    const rest = stuck.length === 0
      ? "nothing was changed"
      : `these were changed and cannot be restored: ${stuck.join(", ")}`;
    const message = `Cannot write it: ${thrownText(error)}; ${rest}`;
    throw new UserError({ file, message });
  }
}

/** Puts everything back as it was; returns the paths for which that fails. */
async function takeBack({ temporary, folders, undo }: Work): Promise<string[]> {
  const stuck: string[] = [];
  for (const { path, action } of undo.reverse()) await action().catch(() => stuck.push(path));
  await removeAll(temporary);
  // A folder into which another run put something stays.
  for (const folder of folders.reverse()) await removeAll([folder]);
  return stuck;
}

async function removeAll(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map((path) => Deno.remove(path).catch(() => {})));
}

/** Writes a file beside its place; returns the move that puts it there. */
async function prepare(work: Work, difference: Difference): Promise<() => Promise<void>> {
  const { root, temporary, undo } = work;
  const { path, kind } = difference;
  const place = `${root}/${path}`;
  const beside = temporaryPath(place);
  const backup = temporaryPath(place);
  temporary.push(beside);
  const back = (from: string) => undo.push({ path, action: () => Deno.rename(from, place) });

  if (kind !== "orphaned") await makeFolders(work, folderOf(path));
  await refuseOutside(root, folderOf(path));
  if (kind === "orphaned") {
    return async () => {
      // Another run may have deleted it in the meantime.
      if (await isThere(Deno.rename(place, beside))) back(beside);
    };
  }
  const info = await Deno.lstat(place).catch(() => undefined);
  if (info?.isDirectory) throw new Error("there is a folder in its place");
  await Deno.writeTextFile(beside, difference.text, { createNew: true });
  if (kind !== "missing") {
    temporary.push(backup);
    await Deno.copyFile(place, backup);
  }
  return async () => {
    await Deno.rename(beside, place);
    if (kind !== "missing") back(backup);
    else undo.push({ path, action: () => Deno.remove(place) });
  };
}

/** A folder that is a link may lead anywhere: what is not in the repository is not ours to change. */
async function refuseOutside(root: string, folder: string): Promise<void> {
  const [home, real] = await Promise.all(
    [root, `${root}/${folder}`].map((at) => Deno.realPath(at)),
  );
  if (real === home || real?.startsWith(`${home}/`)) return;
  throw new Error(`${folder} is a link that leads out of the repository; make it a folder`);
}

async function makeFolders(work: Work, path: string): Promise<void> {
  const folder = `${work.root}/${path}`;
  if (path === "." || await isThere(Deno.lstat(folder))) return;
  await makeFolders(work, folderOf(path));
  await Deno.mkdir(folder, { recursive: true });
  work.folders.push(folder);
}

async function isThere(operation: Promise<unknown>): Promise<boolean> {
  return await operation.then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  });
}
