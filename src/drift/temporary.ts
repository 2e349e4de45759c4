/** The end of a temporary file's name, behind the name of the file that it becomes. */
const TEMPORARY = /\.hubwright-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** The age from which a temporary file belongs to a run that was killed, in milliseconds. */
const LEFT_OVER_MS = 60_000;

export function temporaryPath(path: string): string {
  return `${path}.hubwright-${crypto.randomUUID()}.tmp`;
}

export function isTemporary(path: string): boolean {
  return TEMPORARY.test(path);
}

/**
 * Deletes the temporary files of runs that were killed. Those of a run that is at work now stay;
 * what cannot be deleted stays too, as it does no harm.
 */
export async function removeLeftOvers(root: string, folders: Iterable<string>): Promise<void> {
  const newest = Date.now() - LEFT_OVER_MS;
  await Promise.all(Array.from(folders, async (folder) => {
    // A folder that is not there holds nothing.
    const entries = await Array.fromAsync(Deno.readDir(`${root}/${folder}`)).catch(() => []);
    await Promise.all(
      entries.filter(({ name }) => isTemporary(name))
        .map(({ name }) => removeOld(`${root}/${folder}/${name}`, newest).catch(() => {})),
    );
  }));
}

async function removeOld(path: string, newest: number): Promise<void> {
  const { mtime } = await Deno.lstat(path);
  if (mtime !== null && mtime.getTime() < newest) await Deno.remove(path);
}
