import { describeValue } from "../errors.ts";
import type { FileKey } from "./config.ts";
import { joinPath } from "./paths.ts";

/** The keys and indices that lead to a value. */
export type Path = readonly (string | number)[];

export interface NamedFile {
  readonly name: string;
  /** The file, as a path; `undefined` outside the repository. */
  readonly file: string | undefined;
  /** Whether the name is relative to the repository's root. */
  readonly fromRoot: boolean;
  readonly path: Path;
}

interface Found {
  readonly path: Path;
  readonly value: unknown;
}

interface Wrong extends Found {
  readonly message: string;
}

/**
 * Finds the files that an entry of a `cluster.yaml` names under the keys of `rules.fileKeys`, and
 * what is there in place of names. A key that the entry does not have names nothing.
 */
export function namedFiles(
  entry: unknown,
  keys: readonly FileKey[],
  folder: string,
): { readonly files: readonly NamedFile[]; readonly wrong: readonly Wrong[] } {
  const files: NamedFile[] = [];
  const wrong: Wrong[] = [];
  for (const fileKey of keys) {
    const key = keyOf(fileKey);
    for (const { value, path } of valuesAt(entry, key.split("."))) {
      if (typeof value === "string" && value !== "") {
        const fromRoot = key !== fileKey && value.includes("/");
        files.push({ name: value, file: joinPath(fromRoot ? "" : folder, value), fromRoot, path });
      } else {
        const message = `Cannot read "${key}": expected the path of a file, or a list of them, ` +
          `found ${describeValue(value)}`;
        wrong.push({ path, message, value });
      }
    }
  }
  return { files, wrong };
}

/** The key of `rules.fileKeys`, or keys with "." between them. */
export function keyOf(key: FileKey): string {
  return typeof key === "string" ? key : key.key;
}

/** What is under keys inside each other; where a list is, its items are meant. */
function valuesAt(entry: unknown, keys: readonly string[]): readonly Found[] {
  return keys.reduce<readonly Found[]>(
    (found, key) =>
      found.flatMap(({ value, path }) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, key)
          ? items({ value: value[key as keyof typeof value], path: [...path, key] })
          : []
      ),
    items({ value: entry, path: [] }),
  );
}

function items({ value, path }: Found): readonly Found[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [{ value, path }];
  return value.map((item: unknown, index) => ({ value: item, path: [...path, index] }));
}
