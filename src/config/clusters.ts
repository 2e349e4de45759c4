import { type Problem, thrownText, UserError } from "../errors.ts";
import { verdictOutput } from "../filter/verdict.ts";
import { type Cluster, filesOf } from "../plan/cluster.ts";
import { isLiteralPattern } from "../plan/pattern.ts";
import { waveOf } from "../plan/waves.ts";
import { type ClusterFile, parseClusterFile } from "./cluster_file.ts";
import type { HubEntry } from "./config.ts";
import type { FollowPath } from "./named_files.ts";
import type { Settings } from "./settings.ts";

interface ParseOptions {
  /** The files of clusters that matter, where some do not. */
  readonly parsed?: readonly ClusterFile[] | undefined;
  /** What is known to be wrong already, to be reported with the rest. */
  readonly problems?: readonly Problem[];
  /** Follows the links among the files that clusters name. */
  readonly follow?: FollowPath;
}

/** Clusters of which all have to be right. */
export function soundClusters({ clusters, problems }: TriedClusters): readonly Cluster[] {
  if (problems.length > 0) throw new UserError(problems);
  return clusters;
}

export interface TriedClusters {
  /** The clusters of the files that are right, in the order of the files. */
  readonly clusters: readonly Cluster[];
  readonly problems: readonly Problem[];
}

/** Reads clusters from their files; those that are right even if others are wrong. */
export function tryClusters(
  files: readonly ClusterFile[],
  settings: Settings,
  { parsed = files, problems: known = [], follow }: ParseOptions = {},
): TriedClusters {
  // By its folder, which a cluster is called like.
  const named = files.map(({ path }) => ({ file: path, name: path.split("/").at(-2) ?? "" }));
  const problems: Problem[] = [
    ...known,
    ...collisionProblems(named),
    ...wavelessProblems(named, settings),
  ];
  const clusters: Cluster[] = [];
  const isStaging = checkedIsStaging(settings, problems);
  const options = { fileKeys: settings.rules.fileKeys, follow };
  for (const file of parsed) {
    const cluster = parseClusterFile(file, isStaging, options);
    if ("hubs" in cluster) clusters.push(cluster);
    else problems.push(...cluster);
  }
  return { clusters, problems: [...problems, ...outsideProblems(clusters, settings.clustersDir)] };
}

/**
 * `isStaging` comes from a user's config: if it throws, or returns something else, that is a user's
 * mistake. It is reported once, since it would fail for many hubs.
 */
export function checkedIsStaging(
  { isStaging, file }: Pick<Settings, "isStaging" | "file">,
  problems: Problem[],
): (hub: HubEntry) => boolean {
  let wrong = false;
  return (hub: HubEntry): boolean => {
    if (wrong) return false;
    let why: string;
    try {
      const staging: unknown = isStaging(hub);
      if (typeof staging === "boolean") return staging;
      // No one waits for it: a rejection would end the process.
      if (staging instanceof Promise) staging.catch(() => {});
      why = `expected isStaging to return true or false, found ${typeof staging}`;
    } catch (error) {
      why = `isStaging threw ${JSON.stringify(thrownText(error))}`;
    }
    wrong = true;
    problems.push({
      file,
      message: `Cannot tell whether the hub "${hub.name}" is staging: ${why}`,
    });
    return false;
  };
}

export function collisionProblems(
  clusters: readonly { readonly file: string; readonly name: string }[],
): Problem[] {
  return [...Map.groupBy(clusters, ({ name }) => verdictOutput(name))]
    .flatMap(([output, [first, ...others]]) =>
      others.map(({ file, name }) => ({
        file,
        message: `Cannot tell the clusters "${first?.name}" and "${name}" apart: both would ` +
          `record their verdict as "${output}", where "." becomes "-"; rename one of them`,
      }))
    );
}

/** Finds clusters that no wave names: they would never be upgraded. */
export function wavelessProblems(
  clusters: readonly { readonly file: string; readonly name: string }[],
  { waves }: Pick<Settings, "waves">,
): Problem[] {
  if (waves === undefined) return [];
  return clusters.filter(({ name }) => waveOf(name, waves) === -1).map(({ file, name }) => ({
    file,
    message: `Cannot tell in which wave the cluster "${name}" is: no pattern of "waves" matches ` +
      'its name; add it to a wave, or ["*"] as the last one',
  }));
}

/** A file outside the clusters' folder becomes a path filter of its own in the workflow. */
function outsideProblems(clusters: readonly Cluster[], clustersDir: string): Problem[] {
  return clusters.flatMap((cluster) => {
    const outside = filesOf(cluster).filter((path) => !path.startsWith(`${clustersDir}/`));
    return [...new Set(outside)].filter((path) => !isLiteralPattern(path)).map((path) => ({
      file: cluster.file,
      message: `Cannot watch the file ${JSON.stringify(path)}: it lies outside ` +
        `${clustersDir}, and GitHub's path filters would read its name as a pattern; rename it`,
    }));
  });
}
