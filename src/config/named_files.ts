import { describeValue } from "../errors.ts";
import type { Support } from "../plan/cluster.ts";
import type { FileKey } from "./config.ts";
import type { Mistakes } from "./mistakes.ts";
import { joinPath } from "./paths.ts";

type Path = readonly (string | number)[];

interface Found {
  readonly path: Path;
  readonly value: unknown;
}

interface NamedFile {
  readonly name: string;
  /** The file, as a path; `undefined` outside the repository. */
  readonly file: string | undefined;
  /** Whether the name is relative to the repository's root. */
  readonly fromRoot: boolean;
  readonly path: Path;
}

/**
 * Finds the files that an entry of a `cluster.yaml` names under the keys of `rules.fileKeys`, and
 * what is there in place of names. A key that the entry does not have names nothing.
 */
export function namedFiles(
  entry: unknown,
  keys: readonly FileKey[],
  folder: string,
): {
  readonly files: readonly NamedFile[];
  readonly wrong: readonly (Found & { readonly message: string })[];
} {
  const files: NamedFile[] = [];
  const wrong: (Found & { readonly message: string })[] = [];
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

/**
 * Gives the paths whose change is a change to a file: the path itself, and where it leads through
 * symbolic links these and their target, which git sees change in its place; or why there are none.
 */
export type FollowPath = (path: string) => readonly string[] | { readonly astray: string };

export interface NamingOptions {
  readonly fileKeys?: readonly FileKey[] | undefined;
  /** Follows links; without it, there are none. */
  readonly follow?: FollowPath | undefined;
}

/**
 * Makes a reader of the files that the entries of one `cluster.yaml` name, as paths from the
 * repository's root. The cluster itself names no values files.
 */
export function namedPaths(
  file: string,
  { fileKeys = [], follow = (path) => [path] }: NamingOptions,
  mistakes: Mistakes,
): (entry: unknown, at: Path) => Support {
  const folder = file.slice(0, file.lastIndexOf("/"));
  const read = (entry: unknown, at: Path, keys: readonly FileKey[], what: string) => {
    const { files, wrong } = namedFiles(entry, keys, folder);
    for (const { path, message, value } of wrong) mistakes.add([...at, ...path], message, value);
    return files.flatMap(({ path, name, file, fromRoot }) => {
      const followed = file === undefined
        ? {
          astray: `expected a path inside the repository, relative to ${
            fromRoot ? "its root" : folder
          }`,
        }
        : follow(file);
      if (!("astray" in followed)) return followed;
      const message = `Cannot use the ${what} ${JSON.stringify(name)}: ${followed.astray}`;
      mistakes.add([...at, ...path], message);
      return [];
    });
  };
  return (entry, at) => {
    const valuesFiles = at.length === 0
      ? []
      : read(entry, at, ["helm_chart_values_files"], "values file");
    const otherFiles = read(entry, at, fileKeys, "file");
    return { valuesFiles, ...(otherFiles.length > 0 && { otherFiles }) };
  };
}
