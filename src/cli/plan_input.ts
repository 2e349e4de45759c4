import { parseClusters } from "../config/clusters.ts";
import { type FoundFiles, readClusterFiles } from "../config/load_clusters.ts";
import { relevantFiles } from "../config/relevant.ts";
import type { Settings } from "../config/settings.ts";
import type { OptionValues, VariableValues } from "../contract/command.ts";
import type { planCommand } from "../contract/plan.ts";
import { UsageError } from "../errors.ts";
import type { Change } from "../git/changed_files.ts";
import type { ChartGraph } from "../plan/charts.ts";
import type { Cluster } from "../plan/cluster.ts";
import type { LabelEffects } from "../plan/labels.ts";
import { buildRules, type Rules } from "../plan/rules.ts";
import { visible } from "../text/visible.ts";
import { readPathList } from "./changed_files_from.ts";
import type { Io } from "./io.ts";

/** The options that say what changed, as `plan` and `explain` have them. */
export type ChangeOptions = Pick<
  OptionValues<typeof planCommand>,
  "base" | "head" | "changed-files" | "changed-files-from" | "labels"
>;

/**
 * Checks that the options say once what changed.
 *
 * @throws {UsageError} Where they do not, or more than once.
 */
export function checkSource(options: ChangeOptions): void {
  const given = (["base", "changed-files", "changed-files-from"] as const)
    .filter((name) => options[name] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? "none" : given.map((name) => `--${name}`).join(" and ");
    throw new UsageError(
      "Cannot tell what changed: expected one of --base, --changed-files and " +
        `--changed-files-from, found ${found}`,
    );
  }
  if (options.head !== undefined && options.base === undefined) {
    throw new UsageError("Cannot use --head without --base: the changed files are given");
  }
}

/** The change whose files the user gives. */
export async function givenChange(options: ChangeOptions, io: Io): Promise<Change> {
  const list = options["changed-files-from"];
  const files = list === undefined ? options["changed-files"] ?? [] : await readPathList(list, io);
  return { base: "", head: "", checkedOut: true, files: files.map(fromRoot), deleted: [] };
}

/**
 * A given path as git would give it.
 *
 * @throws {UsageError} Where it leaves the repository.
 */
export function fromRoot(path: string): string {
  const plain = path.replace(/^(?:\.\/+)+/, "");
  if (!plain.startsWith("/") && !plain.split("/").includes("..")) return plain;
  throw new UsageError(
    `Cannot use the changed file ${visible(JSON.stringify(path))}: expected a path from the ` +
      "repository's root",
  );
}

/**
 * Reads the `cluster.yaml` files as they are after a change: on disk, or in a commit that is not
 * checked out.
 */
export async function readFiles(
  repo: string,
  settings: Settings,
  { checkedOut, head }: Change,
): Promise<FoundFiles> {
  if (checkedOut) {
    return readClusterFiles(repo, settings);
  }
  const { clusterFilesAt } = await import("../git/clusters_at.ts");
  return await clusterFilesAt(repo, head, settings.clustersDir, settings.ignoreClusters);
}

/**
 * Parses the clusters that a change can concern: all of them where it reaches all, otherwise those
 * whose files may name what changed.
 */
export function parseRelevant(
  { files, problems }: FoundFiles,
  settings: Settings,
  change: Change,
  labels: LabelEffects,
  graph?: ChartGraph,
  every = false,
): { readonly clusters: readonly Cluster[]; readonly rules: Rules } {
  const patterns = { clustersDir: settings.clustersDir, ...settings.rules };
  const changed = "everything" in change.files
    ? undefined
    : graph === undefined
    ? change.files
    : [...change.files, ...change.deleted];
  const all = every || changed === undefined || labels.deployHubs !== null ||
    labels.deploySupport !== null ||
    changed.some(buildRules(patterns, [], graph).reachesAllClusters);
  const parsed = all ? files : relevantFiles(files, changed);
  const clusters = parseClusters(files, settings, { parsed, problems });
  return { clusters, rules: buildRules(patterns, clusters, graph) };
}

/**
 * The labels that count: those that are given, or on a push those of the pull request that it
 * merged, which GitHub knows.
 */
export async function readLabels(
  options: ChangeOptions,
  variables: VariableValues<typeof planCommand>,
  settings: Settings,
  change: Change,
  io: Io,
): Promise<readonly string[]> {
  if (options.labels !== undefined) return options.labels;
  const { GITHUB_EVENT_NAME, GITHUB_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY } = variables;
  if (GITHUB_EVENT_NAME !== "push" || change.head === "") return [];
  if (!GITHUB_TOKEN || !GITHUB_API_URL || !GITHUB_REPOSITORY) return [];
  const { connect } = await import("../github/api.ts");
  const { labelsOfMergedPullRequest } = await import("../github/labels.ts");
  const github = connect({
    token: GITHUB_TOKEN,
    baseUrl: GITHUB_API_URL,
    repository: GITHUB_REPOSITORY,
    log: (line) => io.err(`${line}\n`),
  });
  return await labelsOfMergedPullRequest(github, change.head, settings.defaultBranch);
}
