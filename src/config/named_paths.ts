import type { Support } from "../plan/cluster.ts";
import type { Mistakes } from "./mistakes.ts";
import { type NamedFile, namedFiles } from "./named_files.ts";
import { joinPath } from "./paths.ts";

/** Reads which files the entries of one `cluster.yaml` name, as paths from the repository's root. */
export class NamedPaths {
  readonly #folder: string;
  readonly #fileKeys: readonly string[];
  readonly #mistakes: Mistakes;

  /** Makes a reader of one file. */
  constructor(file: string, fileKeys: readonly string[], mistakes: Mistakes) {
    this.#folder = file.slice(0, file.lastIndexOf("/"));
    this.#fileKeys = fileKeys;
    this.#mistakes = mistakes;
  }

  /** The files of a release. */
  ofRelease(entry: unknown, at: NamedFile["path"]): Support {
    const valuesFiles = this.#read(entry, at, ["helm_chart_values_files"], "values file");
    return { valuesFiles, ...this.others(entry, at) };
  }

  /** The files that an entry names beside its values files. */
  others(entry: unknown, at: NamedFile["path"]): Pick<Support, "otherFiles"> {
    const otherFiles = this.#read(entry, at, this.#fileKeys, "file");
    return otherFiles.length === 0 ? {} : { otherFiles };
  }

  #read(
    entry: unknown,
    at: NamedFile["path"],
    keys: readonly string[],
    what: string,
  ): readonly string[] {
    const { files, wrong } = namedFiles(entry, keys);
    for (const { path, message } of wrong) this.#mistakes.add([...at, ...path], message);
    return files.map(({ name, path }) => {
      const joined = joinPath(this.#folder, name);
      if (joined !== undefined) return joined;
      const message = `Cannot use the ${what} ${JSON.stringify(name)}: expected a path inside ` +
        `the repository, relative to ${this.#folder}`;
      this.#mistakes.add([...at, ...path], message);
      return name;
    });
  }
}
