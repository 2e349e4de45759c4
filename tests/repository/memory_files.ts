import { FileIndex, LINK } from "../../src/repository/file_index.ts";
import type { RepositoryFiles } from "../../src/repository/files.ts";

/** A symbolic link, by where it leads. */
export interface Link {
  readonly link: string;
}

/** The files of a repository that is only in memory. */
export function memoryFiles(files: Readonly<Record<string, string | Link>>): RepositoryFiles {
  const index = new FileIndex();
  for (const [path, file] of Object.entries(files)) {
    if (typeof file === "string") index.put(path, "100644", file);
    else index.put(path, LINK, file.link);
  }
  return index.files("", (text) => Promise.resolve(text));
}
