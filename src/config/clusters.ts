import { verdictOutput } from "../filter/verdict.ts";
import { type Problem, thrownText, UserError } from "../errors.ts";
import { type Cluster, filesOf } from "../plan/cluster.ts";
import { isLiteralPattern } from "../plan/pattern.ts";
import { type ClusterFile, parseClusterFile } from "./cluster_file.ts";
import type { FollowPath, NamingOptions } from "./named_paths.ts";
import type { Settings } from "./settings.ts";

/** What of the settings says how clusters are read. */
export type ClusterSettings = Pick<Settings, "clustersDir" | "isStaging" | "file"> & {
  readonly rules?: Pick<Settings["rules"], "fileKeys">;
};

/** What else there is to know for reading clusters. */
export interface ParseOptions {
  readonly parsed?: readonly ClusterFile[];
  /** What is known to be wrong already, to be reported with the rest. */
  readonly problems?: readonly Problem[];
  /** Follows the links among the files that clusters name. */
  readonly follow?: FollowPath;
}

/**
 * Reads clusters from their files, and checks what holds between all of them.
 *
 * @throws {UserError} With everything that is wrong in any of the files.
 */
export function parseClusters(
  files: readonly ClusterFile[],
  settings: ClusterSettings,
  options: ParseOptions = {},
): readonly Cluster[] {
  const { clusters, problems } = tryClusters(files, settings, options);
  if (problems.length > 0) throw new UserError(problems);
  return clusters;
}

/** The clusters that can be read, and everything that is wrong. */
export interface TriedClusters {
  /** The clusters of the files that are right, in the order of the files. */
  readonly clusters: readonly Cluster[];
  /** Everything that is wrong in any of the files. */
  readonly problems: readonly Problem[];
}

/**
 * Reads clusters as {@linkcode parseClusters} does, but gives those that are right even if others
 * are wrong.
 */
export function tryClusters(
  files: readonly ClusterFile[],
  settings: ClusterSettings,
  { parsed = files, problems: known = [], follow }: ParseOptions = {},
): TriedClusters {
  const problems: Problem[] = [...known, ...collisionProblems(files)];
  const clusters: Cluster[] = [];
  const isStaging = checkedIsStaging(settings);
  const options = { fileKeys: settings.rules?.fileKeys, follow };
  for (const file of parsed) {
    const cluster = parseOrProblems(file, isStaging, options);
    if ("hubs" in cluster) clusters.push(cluster);
    else problems.push(...cluster);
  }
  return { clusters, problems: [...problems, ...outsideProblems(clusters, settings.clustersDir)] };
}

function parseOrProblems(
  file: ClusterFile,
  isStaging: Settings["isStaging"],
  options: NamingOptions,
): Cluster | readonly Problem[] {
  try {
    return parseClusterFile(file, isStaging, options);
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
}

/**
 * `isStaging` comes from a user's config: if it throws, or returns something else, that is a user's
 * mistake. It is reported once, since it would fail for many hubs.
 */
function checkedIsStaging({ isStaging, file }: Pick<Settings, "isStaging" | "file">) {
  let wrong = false;
  return (...[hub]: Parameters<Settings["isStaging"]>): boolean => {
    if (wrong) return false;
    const staging = tryIsStaging(isStaging, hub);
    if (typeof staging === "boolean") return staging;
    wrong = true;
    const message = `Cannot tell whether the hub "${hub.name}" is staging: ${staging.why}`;
    throw new UserError({ file, message });
  };
}

function tryIsStaging(
  ...[isStaging, hub]: [Settings["isStaging"], ...Parameters<Settings["isStaging"]>]
): boolean | { readonly why: string } {
  try {
    const staging: unknown = isStaging(hub);
    if (typeof staging === "boolean") return staging;
    // Nothing awaits it: a rejection would end the process.
    if (staging instanceof Promise) staging.catch(() => {});
    return { why: `expected isStaging to return true or false, found ${typeof staging}` };
  } catch (error) {
    return { why: `isStaging threw ${JSON.stringify(thrownText(error))}` };
  }
}

/** Finds folders, and so clusters, whose verdicts would share a job output. */
function collisionProblems(files: readonly ClusterFile[]): Problem[] {
  const problems: Problem[] = [];
  const byOutput = new Map<string, string>();
  for (const { path } of files) {
    const name = path.split("/").at(-2) ?? "";
    const output = verdictOutput(name);
    const other = byOutput.get(output);
    if (other === undefined) {
      byOutput.set(output, name);
      continue;
    }
    problems.push({
      file: path,
      message: `Cannot tell the clusters "${other}" and "${name}" apart: both would record their ` +
        `verdict as "${output}", where "." becomes "-"; rename one of them`,
    });
  }
  return problems;
}

/** A file outside the clusters' folder becomes a path filter of its own in the workflow. */
function outsideProblems(clusters: readonly Cluster[], clustersDir: string): Problem[] {
  return clusters.flatMap((cluster) => {
    const outside = filesOf(cluster).filter((path) => !path.startsWith(`${clustersDir}/`));
    return [...new Set(outside)]
      .filter((path) => !isLiteralPattern(path))
      .map((path) => ({
        file: cluster.file,
        message: `Cannot watch the file ${JSON.stringify(path)}: it lies outside ` +
          `${clustersDir}, and GitHub's path filters would read its name as a pattern; rename it`,
      }));
  });
}
