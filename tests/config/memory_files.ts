import type { RepositoryFiles } from "../../src/config/repository_files.ts";

/** The files of a repository that is in memory alone. */
export function memoryFiles(texts: Readonly<Record<string, string>>): RepositoryFiles {
  return {
    folders: (folder) => {
      const inside = Object.keys(texts).filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1).split("/"));
      const names = inside.filter(({ length }) => length > 1).map(([name = ""]) => name);
      return Promise.resolve([...new Set(names)].sort());
    },
    read: (path) => Promise.resolve(texts[path]),
  };
}
