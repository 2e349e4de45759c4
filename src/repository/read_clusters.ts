import type { TriedClusters } from "../config/clusters.ts";
import { type DefinitionFile, readDefinitions } from "../config/read_definitions.ts";
import type { Settings } from "../config/settings.ts";
import type { Problem } from "../errors.ts";
import type { Cluster } from "../plan/cluster.ts";
import { parsePattern, type Pattern } from "../plan/pattern.ts";
import { matchingFiles, type RepositoryFiles, resolve } from "./files.ts";
import { linkFollower } from "./links.ts";

export async function readClusters(
  files: RepositoryFiles,
  settings: Settings,
): Promise<TriedClusters> {
  const patterns = settings.clusters?.files ?? [];
  const paths = [...new Set(patterns.flatMap((pattern) => [...matchingFiles(files, pattern)]))]
    .sort();
  if (paths.length === 0) {
    const globs = patterns.map(({ glob }) => JSON.stringify(glob)).join(", ");
    const message = `Cannot find the files of clusters${files.where}: none matches ${globs}; ` +
      'correct "clusters.files", or run in the infrastructure repository';
    return { clusters: [], problems: [{ file: settings.file, message }] };
  }
  const read = await Promise.all(paths.map(async (path): Promise<DefinitionFile> => ({
    path,
    folder: path.slice(0, Math.max(0, path.lastIndexOf("/"))),
    text: await files.read(resolve(files, path).path) ?? "",
    glob: (text) => [...matchingFiles(files, patternOf(text))].sort(),
    exists: (path) => resolve(files, path).kind === "file",
  })));
  return readDefinitions(read, settings, linkFollower(files));
}

/** Says that the config's `clusters.read` knows no cluster, so that nothing is ever upgraded. */
export function emptyFleet(
  { clusters: config, file }: Settings,
  clusters: readonly Cluster[],
): Problem | undefined {
  if (config === undefined || clusters.length > 0) return undefined;
  const globs = config.files.map(({ glob }) => JSON.stringify(glob)).join(", ");
  const message = `Cannot tell what to upgrade: "clusters.read" gives no cluster for any file of ` +
    `${globs}; return clusters for the files that describe some`;
  return { file, message };
}

function patternOf(text: string): Pattern {
  const pattern = parsePattern(text);
  if (typeof pattern === "string") throw new TypeError(pattern);
  return pattern;
}
