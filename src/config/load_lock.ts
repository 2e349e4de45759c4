import { thrownText, UserError } from "../errors.ts";
import { type Lock, LOCK_FILE } from "../workflow/lock.ts";
import { OWN_PINS } from "../workflow/own_lock.ts";
import { isMissing } from "./import_config.ts";
import { parseLockFile } from "./lock_file.ts";

/** Loads the lock of a repository; where it has none, hubwright's own holds. */
export async function loadLock(repo: string): Promise<Lock> {
  return parseLock(await readLock(repo));
}

export function parseLock(text: string | undefined): Lock {
  const repository = text === undefined ? new Map() : parseLockFile(text, LOCK_FILE);
  return { repository, hubwright: OWN_PINS };
}

export async function readLock(repo: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(`${repo}/${LOCK_FILE}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    // Reading the clusters says where the repository is not a folder.
    if (isMissing(error)) return undefined;
    throw new UserError({ file: LOCK_FILE, message: `Cannot read it: ${thrownText(error)}` });
  }
}
