import { ifThere } from "./if_there.ts";

/** An artifact: its files by their paths. */
export type Artifact = ReadonlyMap<string, Uint8Array>;

/** The artifacts of all runs. */
export class Artifacts {
  readonly #artifacts = new Map<string, Artifact>();

  upload(run: number, name: string, artifact: Artifact, overwrite: boolean): boolean {
    const key = `${run}/${name}`;
    if (this.#artifacts.has(key) && !overwrite) return false;
    this.#artifacts.set(key, artifact);
    return true;
  }

  download(run: number, name: string): Artifact | undefined {
    return this.#artifacts.get(`${run}/${name}`);
  }
}

/**
 * Reads what is at a path as an artifact: a folder's files by their paths in it, or one file.
 * Hidden files stay behind.
 */
export async function readFiles(path: string): Promise<Artifact> {
  const files = new Map<string, Uint8Array>();
  const visit = async (folder: string, below: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (name.startsWith(".")) continue;
      if (isDirectory) await visit(`${folder}/${name}`, `${below}${name}/`);
      else files.set(`${below}${name}`, await Deno.readFile(`${folder}/${name}`));
    }
  };
  const info = await ifThere(Deno.stat(path));
  if (info?.isDirectory) await visit(path, "");
  else if (info !== undefined) files.set(path.split("/").at(-1) ?? "", await Deno.readFile(path));
  return files;
}

export async function writeFiles(artifact: Artifact, folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await Promise.all([...artifact].map(async ([path, bytes]) => {
    const file = `${folder}/${path}`;
    await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    await Deno.writeFile(file, bytes);
  }));
}
