import type { Support } from "../plan/cluster.ts";
import type { FileKey } from "./config.ts";
import type { Mistakes } from "./mistakes.ts";
import { namedFiles, type Path } from "./named_files.ts";

/**
 * Gives the paths whose change is a change to a file: the path itself, and where it leads through
 * symbolic links these and their target, which git sees change in its place.
 */
export type FollowPath = (path: string) => readonly string[] | { readonly astray: string };

export interface NamingOptions {
  readonly fileKeys?: readonly FileKey[] | undefined;
  /** Follows links; without it, there are none. */
  readonly follow?: FollowPath | undefined;
}

interface NamedPaths {
  readonly ofRelease: (entry: unknown, at: Path) => Support;
  /** The files that an entry names besides its values files. */
  readonly others: (entry: unknown, at: Path) => Pick<Support, "otherFiles">;
}

/** Reads which files the entries of one `cluster.yaml` name, as paths from the repository's root. */
export function namedPaths(
  file: string,
  { fileKeys = [], follow = (path) => [path] }: NamingOptions,
  mistakes: Mistakes,
): NamedPaths {
  const folder = file.slice(0, file.lastIndexOf("/"));
  const read = (entry: unknown, at: Path, keys: readonly FileKey[], what: string) => {
    const { files, wrong } = namedFiles(entry, keys, folder);
    for (const { path, message, value } of wrong) mistakes.add([...at, ...path], message, value);
    return files.flatMap(({ path, name, file, fromRoot }) => {
      const followed = file === undefined ? undefined : follow(file);
      if (followed !== undefined && !("astray" in followed)) return followed;
      const why = followed === undefined
        ? `expected a path inside the repository, relative to ${fromRoot ? "its root" : folder}`
        : `the link ${followed.astray} leads out of the repository, or in a circle; put a file ` +
          "in its place";
      mistakes.add([...at, ...path], `Cannot use the ${what} ${JSON.stringify(name)}: ${why}`);
      return [];
    });
  };
  const others: NamedPaths["others"] = (entry, at) => {
    const otherFiles = read(entry, at, fileKeys, "file");
    return otherFiles.length === 0 ? {} : { otherFiles };
  };
  return {
    others,
    ofRelease: (entry, at) => ({
      valuesFiles: read(entry, at, ["helm_chart_values_files"], "values file"),
      ...others(entry, at),
    }),
  };
}
