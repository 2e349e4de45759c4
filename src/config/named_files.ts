import { describeValue } from "../errors.ts";

/** A file that an entry names. */
export interface NamedFile {
  /** Its name, as it is written. */
  readonly name: string;
  /** The keys and indices that lead to the name. */
  readonly path: readonly (string | number)[];
}

/** What an entry names under some keys. */
export interface NamedFiles {
  /** The files. */
  readonly files: readonly NamedFile[];
  /** What is no name of a file, each with where it stands. */
  readonly wrong: readonly {
    readonly path: NamedFile["path"];
    readonly message: string;
  }[];
}

/**
 * Finds the files that an entry of a `cluster.yaml` names under the keys of `rules.fileKeys`. A key
 * that the entry does not have names nothing.
 *
 * @param entry The entry: a hub's, `support`, or the cluster itself.
 * @param keys The keys; `gcp.key` is `key` inside `gcp`.
 * @returns The files, and what is none.
 * @example
 * ```ts
 * import { namedFiles } from "./named_files.ts";
 *
 * const { files } = namedFiles({ override: "a.yaml", gcp: { key: ["b"] } }, ["override", "gcp.key"]);
 * console.assert(files.map(({ name }) => name).join() === "a.yaml,b");
 * ```
 */
export function namedFiles(entry: unknown, keys: readonly string[]): NamedFiles {
  const files: NamedFile[] = [];
  const wrong: { path: NamedFile["path"]; message: string }[] = [];
  for (const key of keys) {
    const path = key.split(".");
    const value = path.reduce(valueOf, entry);
    const list = Array.isArray(value) ? value : [value ?? []].flat();
    list.forEach((name: unknown, index) => {
      const at = Array.isArray(value) ? [...path, index] : path;
      if (typeof name === "string" && name !== "") files.push({ name, path: at });
      else {
        const message = `Cannot read "${key}": expected the path of a file, or a list of them, ` +
          `found ${describeValue(name)}`;
        wrong.push({ path: at, message });
      }
    });
  }
  return { files, wrong };
}

function valueOf(entry: unknown, key: string): unknown {
  return typeof entry === "object" && entry !== null && Object.hasOwn(entry, key)
    ? (entry as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
