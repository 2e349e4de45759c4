import type { RepositoryFiles } from "../config/repository_files.ts";

/** The files whose text says what a chart is made from. */
const CHART_FILES: readonly string[] = ["Chart.yaml", "requirements.yaml", ".helmignore"];

/** Whether the text of a file says what a chart is made from. */
export function isChartFile(path: string): boolean {
  return CHART_FILES.includes(path.slice(path.lastIndexOf("/") + 1));
}

/** Files whose texts are at hand, as files of a repository. */
export function filesIn(texts: ReadonlyMap<string, string>): RepositoryFiles {
  return {
    folders: (folder) => {
      const below = [...texts.keys()].filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1).split("/"));
      const names = below.filter((names) => names.length > 1).map(([name = ""]) => name);
      return Promise.resolve([...new Set(names)].sort());
    },
    read: (path) => Promise.resolve(texts.get(path)),
  };
}
