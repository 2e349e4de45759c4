/** A folder that is gone when the test is over. */
export interface TempFolder extends AsyncDisposable {
  readonly path: string;
}

/** What a folder holds: the texts or bytes of files by their paths. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export async function tempFolder(files: Files = {}, prefix = "hubwright-"): Promise<TempFolder> {
  const path = await Deno.realPath(await Deno.makeTempDir({ prefix }));
  await Promise.all(
    Object.entries(files).map(async ([name, data]) => {
      await Deno.mkdir(`${path}/${name.slice(0, name.lastIndexOf("/") + 1)}`, { recursive: true });
      if (name.endsWith("/")) return;
      if (typeof data === "string") await Deno.writeTextFile(`${path}/${name}`, data);
      else await Deno.writeFile(`${path}/${name}`, data);
    }),
  );
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** The paths of all ordinary files below a folder, sorted. */
export async function listFiles(root: string, below = ""): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(`${root}/${below}`));
  const lists = await Promise.all(entries.map(({ name, isFile, isDirectory }) => {
    const path = `${below}${name}`;
    return isFile ? [path] : isDirectory ? listFiles(root, `${path}/`) : [];
  }));
  return lists.flat().sort();
}
