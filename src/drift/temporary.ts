/** How the name of a temporary file ends, behind the name of the file that it becomes. */
const TEMPORARY = /\.hubwright-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** How old a temporary file is that no run is at work on any more, in milliseconds. */
const LEFT_OVER_MS = 60_000;

/** Makes up the path of a temporary file beside a file, on the same disk. */
export function temporaryPath(path: string): string {
  return `${path}.hubwright-${crypto.randomUUID()}.tmp`;
}

/** Whether a file is a temporary one of hubwright's. */
export function isTemporary(path: string): boolean {
  return TEMPORARY.test(path);
}

/**
 * Deletes the temporary files that a run left behind that was killed. Those of a run that is at
 * work now stay; what cannot be deleted stays too, as it disturbs nobody.
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
