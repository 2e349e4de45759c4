/** A folder that is gone when the test is over. */
export interface TempFolder extends AsyncDisposable {
  readonly path: string;
}

export async function tempFolder(
  files: Readonly<Record<string, string>> = {},
  prefix = "hubwright-",
): Promise<TempFolder> {
  const path = await Deno.realPath(await Deno.makeTempDir({ prefix }));
  await Promise.all(
    Object.entries(files).map(async ([name, text]) => {
      await Deno.mkdir(`${path}/${name.slice(0, name.lastIndexOf("/") + 1)}`, { recursive: true });
      if (!name.endsWith("/")) await Deno.writeTextFile(`${path}/${name}`, text);
    }),
  );
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
