import { describeValue } from "../errors.ts";
import type { FileKey } from "./config.ts";
import { joinPath } from "./paths.ts";

export interface NamedFile {
  readonly name: string;
  /** Whether the name is relative to the repository's root. */
  readonly fromRoot: boolean;
  /** The keys and indices that lead to the name. */
  readonly path: readonly (string | number)[];
}

/** What an entry names under some keys. */
export interface NamedFiles {
  readonly files: readonly NamedFile[];
  /** What is not the name of a file, each with its place. */
  readonly wrong: readonly {
    readonly path: NamedFile["path"];
    readonly message: string;
    readonly value: unknown;
  }[];
}

/**
 * Finds the files that an entry of a `cluster.yaml` names under the keys of `rules.fileKeys`. A key
 * that the entry does not have names nothing.
 */
export function namedFiles(entry: unknown, keys: readonly FileKey[]): NamedFiles {
  const files: NamedFile[] = [];
  const wrong: { path: NamedFile["path"]; message: string; value: unknown }[] = [];
  for (const fileKey of keys) {
    const key = keyOf(fileKey);
    for (const { value, path } of valuesAt(entry, key.split("."))) {
      if (typeof value === "string" && value !== "") {
        files.push({ name: value, path, fromRoot: key !== fileKey && value.includes("/") });
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

/** The path of a file that a `cluster.yaml` names; `undefined` outside the repository. */
export function pathOf(
  { name, fromRoot }: Pick<NamedFile, "name" | "fromRoot">,
  folder: string,
): string | undefined {
  return joinPath(fromRoot ? "" : folder, name);
}

interface Found {
  readonly value: unknown;
  readonly path: NamedFile["path"];
}

/** What stands under keys inside each other; where a list does, its items are meant. */
function valuesAt(entry: unknown, keys: readonly string[]): readonly Found[] {
  return keys.reduce<readonly Found[]>(
    (found, key) => found.flatMap((at) => items(valueOf(at, key))),
    items({ value: entry, path: [] }),
  );
}

function valueOf({ value, path }: Found, key: string): Found {
  const isThere = typeof value === "object" && value !== null && Object.hasOwn(value, key);
  const inside = isThere ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  return { value: inside, path: [...path, key] };
}

function items({ value, path }: Found): readonly Found[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [{ value, path }];
  return value.map((item: unknown, index) => ({ value: item, path: [...path, index] }));
}
