import { verdictOutput } from "../contract/verdict.ts";
import { type Problem, UserError } from "../errors.ts";
import type { Cluster } from "../plan/cluster.ts";
import { isLiteralPattern } from "../plan/pattern.ts";
import { type ClusterFile, parseClusterFile } from "./cluster_file.ts";
import type { Settings } from "./settings.ts";

/**
 * Reads all clusters of a repository, and checks what holds between them.
 *
 * @param files Their `cluster.yaml` files.
 * @param settings The settings.
 * @returns The clusters, in the order of the files.
 * @throws {UserError} With everything that is wrong in any of the files.
 */
export function parseClusters(
  files: readonly ClusterFile[],
  settings: Pick<Settings, "clustersDir" | "isStaging" | "file">,
): readonly Cluster[] {
  const problems: Problem[] = [];
  const clusters: Cluster[] = [];
  const isStaging = checkedIsStaging(settings);
  for (const file of files) {
    const parsed = parseClusterFile(file, isStaging);
    if ("hubs" in parsed) clusters.push(parsed);
    else problems.push(...parsed);
  }
  problems.push(...collisionProblems(clusters), ...outsideProblems(clusters, settings.clustersDir));
  if (problems.length > 0) throw new UserError(problems);
  return clusters;
}

/** `isStaging` comes from a user's config: what it throws or returns wrongly is a user's mistake. */
function checkedIsStaging({ isStaging, file }: Pick<Settings, "isStaging" | "file">) {
  return (...[hub]: Parameters<Settings["isStaging"]>): boolean => {
    let staging: unknown;
    try {
      staging = isStaging(hub);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new UserError({
        file,
        message: `Cannot tell whether the hub "${hub.name}" is staging: isStaging threw ` +
          JSON.stringify(message),
      });
    }
    if (typeof staging === "boolean") return staging;
    throw new UserError({
      file,
      message: `Cannot tell whether the hub "${hub.name}" is staging: expected isStaging to ` +
        `return true or false, found ${typeof staging}`,
    });
  };
}

/** Two clusters of one name, or whose verdicts would share a job output. */
function collisionProblems(clusters: readonly Cluster[]): Problem[] {
  const problems: Problem[] = [];
  const byOutput = new Map<string, Cluster>();
  for (const cluster of clusters) {
    const output = verdictOutput(cluster.name);
    const other = byOutput.get(output);
    if (other === undefined) {
      byOutput.set(output, cluster);
      continue;
    }
    problems.push({
      file: cluster.file,
      message: `Cannot tell the clusters "${other.name}" and "${cluster.name}" apart: both would ` +
        `record their verdict as "${output}", where "." becomes "-"; rename one of them`,
    });
  }
  return problems;
}

/** A values file outside the clusters' folder becomes a path filter of its own in the workflow. */
function outsideProblems(clusters: readonly Cluster[], clustersDir: string): Problem[] {
  return clusters.flatMap((cluster) => {
    const paths = new Set([
      ...cluster.support?.valuesFiles ?? [],
      ...cluster.hubs.flatMap((hub) => hub.valuesFiles),
    ]);
    return [...paths]
      .filter((path) => !path.startsWith(`${clustersDir}/`) && !isLiteralPattern(path))
      .map((path) => ({
        file: cluster.file,
        message: `Cannot watch the values file ${JSON.stringify(path)}: it lies outside ` +
          `${clustersDir}, and GitHub's path filters would read its name as a pattern; rename it`,
      }));
  });
}
