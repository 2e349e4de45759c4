import type { Support } from "../plan/cluster.ts";
import type { Mistakes } from "./mistakes.ts";
import type { FileKey } from "./config.ts";
import { type NamedFile, namedFiles, pathOf } from "./named_files.ts";

/**
 * Gives the paths whose change is a change to a file: the path itself, and where it leads through
 * symbolic links these and their target, which git sees change in its place.
 */
export type FollowPath = (path: string) => readonly string[] | { readonly astray: string };

/** What says how the names of files are read. */
export interface NamingOptions {
  /** Further keys that name files. */
  readonly fileKeys?: readonly FileKey[] | undefined;
  /** Follows links; without it, there are none. */
  readonly follow?: FollowPath | undefined;
}

/** Reads which files the entries of one `cluster.yaml` name, as paths from the repository's root. */
export class NamedPaths {
  readonly #folder: string;
  readonly #options: NamingOptions;
  readonly #mistakes: Mistakes;

  constructor(file: string, options: NamingOptions, mistakes: Mistakes) {
    this.#folder = file.slice(0, file.lastIndexOf("/"));
    this.#options = options;
    this.#mistakes = mistakes;
  }

  ofRelease(entry: unknown, at: NamedFile["path"]): Support {
    const valuesFiles = this.#read(entry, at, ["helm_chart_values_files"], "values file");
    return { valuesFiles, ...this.others(entry, at) };
  }

  /** The files that an entry names besides its values files. */
  others(entry: unknown, at: NamedFile["path"]): Pick<Support, "otherFiles"> {
    const otherFiles = this.#read(entry, at, this.#options.fileKeys ?? [], "file");
    return otherFiles.length === 0 ? {} : { otherFiles };
  }

  #read(
    entry: unknown,
    at: NamedFile["path"],
    keys: readonly FileKey[],
    what: string,
  ): readonly string[] {
    const { files, wrong } = namedFiles(entry, keys);
    for (const { path, message, value } of wrong) {
      this.#mistakes.add([...at, ...path], message, value);
    }
    return files.flatMap(({ path, ...file }) => {
      const joined = pathOf(file, this.#folder);
      const followed = joined === undefined
        ? `expected a path inside the repository, relative to ${
          file.fromRoot ? "its root" : this.#folder
        }`
        : this.#follow(joined);
      if (typeof followed !== "string") return followed;
      const message = `Cannot use the ${what} ${JSON.stringify(file.name)}: ${followed}`;
      this.#mistakes.add([...at, ...path], message);
      return [];
    });
  }

  #follow(path: string): readonly string[] | string {
    const followed = this.#options.follow?.(path) ?? [path];
    return "astray" in followed
      ? `the link ${followed.astray} leads out of the repository, or in a circle; put a file in ` +
        "its place"
      : followed;
  }
}
