/** The end of a temporary file's name, behind the name of the file that it becomes. */
const TEMPORARY = /\.hubwright-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** The age from which a temporary file belongs to a run that was killed, in milliseconds. */
const LEFT_OVER_MS = 60_000;

/** Makes up the path of a temporary file beside a file, on the same disk. */
export function temporaryPath(path: string): string {
  return `${path}.hubwright-${crypto.randomUUID()}.tmp`;
}

/** Whether a file is one of hubwright's temporary files. */
export function isTemporary(path: string): boolean {
  return TEMPORARY.test(path);
}

/**
 * Deletes the temporary files of runs that were killed. Those of a run that is at work now stay;
 * what cannot be deleted stays too, as it does no harm.
 */
export async function removeLeftOvers(root: string, folders: Iterable<string>): Promise<void> {
  const newest = Date.now() - LEFT_OVER_MS;
  const names = await Promise.all([...folders].map((folder) => listTemporary(`${root}/${folder}`)));
  await Promise.all(names.flat().map((path) => removeOld(path, newest).catch(() => {})));
}

async function listTemporary(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.filter(({ name }) => isTemporary(name)).map(({ name }) => `${folder}/${name}`);
  } catch {
    // A folder that is not there holds nothing.
    return [];
  }
}

async function removeOld(path: string, newest: number): Promise<void> {
  const { mtime } = await Deno.lstat(path);
  if (mtime !== null && mtime.getTime() < newest) await Deno.remove(path);
}
