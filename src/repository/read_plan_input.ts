import { deploysOf } from "../config/branches.ts";
import { soundClusters, tryClusters } from "../config/clusters.ts";
import type { Settings } from "../config/settings.ts";
import { type Change, leftOut } from "../git/change.ts";
import { type Problem, UserError } from "../errors.ts";
import { gather } from "../gather.ts";
import { labelEffects, labelNotices } from "../plan/labels.ts";
import type { PlanInput } from "../plan/plan_input.ts";
import type { Cluster } from "../plan/cluster.ts";
import { matchesAny } from "../plan/pattern.ts";
import { goneCharts, removedSince } from "../plan/removal_notices.ts";
import type { Notice } from "../plan/schema.ts";
import { buildRules } from "../plan/rules.ts";
import { readCharts } from "./read_charts.ts";
import { clusterChangesOf, type OpenFiles } from "./cluster_changes.ts";
import { visible } from "../text/visible.ts";
import { readClusterFiles } from "./cluster_files.ts";
import { filesOfCommit } from "./commit_files.ts";
import { filesOnDisk } from "./disk_files.ts";
import type { RepositoryFiles } from "./files.ts";
import { linkFollower } from "./links.ts";
import { readClusters } from "./read_clusters.ts";
import { relevantFiles } from "./relevant.ts";

export interface PlanRequest {
  readonly repo: string;
  readonly settings: Settings;
  readonly change: Change;
  readonly labels?: readonly string[] | Promise<readonly string[]> | undefined;
  /** The branch that the change is for, if branches deploy different things. */
  readonly branch?: string | undefined;
  /** Whether all clusters are wanted, those included on which nothing can be upgraded. */
  readonly every?: boolean;
  /** The name of one that is wanted, whether or not anything on it can be upgraded. */
  readonly cluster?: string;
}

export async function readPlanInput(request: PlanRequest): Promise<PlanInput> {
  const { repo, change } = request;
  const before = (paths?: readonly string[]) => filesOfCommit(repo, change.base, paths);
  if (change.checkedOut) {
    // Git looks for what is not committed meanwhile: rarely there is anything.
    const onDisk = planInput({ ...request, files: filesOnDisk(repo), before });
    onDisk.catch(() => {});
    if (((await change.uncommitted)?.length ?? 0) === 0) return await onDisk;
  }
  const files = await filesOfCommit(repo, change.head);
  try {
    return await planInput({ ...request, files, before });
  } finally {
    await files[Symbol.asyncDispose]();
  }
}

export interface FilesRequest extends Omit<PlanRequest, "repo"> {
  readonly files: RepositoryFiles;
  readonly before: OpenFiles;
}

/** Refuses at once all that is wrong in what the change can concern. */
export async function planInput(
  { files, before, settings, change, labels = [], branch, every = false, cluster }: FilesRequest,
): Promise<PlanInput> {
  const { base, head, deleted } = change;
  const byKeys = settings.precision === "hub";
  const [found, { graph, problemsOf }, names] = await gather(
    settings.clusters === undefined
      ? readFiles(files, before, settings, change)
      : readByConfig(files, before, settings, change),
    readCharts(files, settings),
    Promise.resolve(labels),
  );
  const { clusterChanges } = found;
  const effects = labelEffects(names, settings.labels);
  const changed = "everything" in change.files ? undefined : [...change.files, ...deleted];
  const { gate, waves } = settings;
  const all = every || gate === "fleet" || changed === undefined || effects.deployHubs !== null ||
    effects.deploySupport !== null ||
    changed.some(buildRules(settings, [], graph).mayReachAllClusters);
  const wanted = cluster === undefined ? [] : [`${settings.clustersDir}/${cluster}/cluster.yaml`];
  const problems = byKeys ? problemsOf(graph?.charts ?? []) : [];
  const clusters = found.parse(problems, all ? undefined : [...changed, ...wanted]);
  const rules = buildRules(settings, clusters, graph);
  const wrong = problemsOf(rules.charts);
  if (wrong.length > 0) throw new UserError(wrong);
  const left = (await change.uncommitted ?? []).filter(rules.concerns).sort();
  const said = [
    ...(change.movedOn === undefined ? [] : [change.movedOn]),
    ...(left.length === 0 ? [] : [leftOut(left)]),
  ];
  return {
    base,
    head,
    clusters,
    changed: change.files,
    deleted,
    clusterChanges,
    byKeys,
    rules,
    gate,
    waves,
    deploys: branch === undefined ? undefined : deploysOf(branch, settings),
    labels: effects,
    notices: [
      ...labelNotices(names, settings.labels),
      ...said.map((message) => ({ level: "notice" as const, message })),
      ...goneCharts(clusters, settings.chartsDir, deleted),
      ...found.notices,
    ],
  };
}

/** What is known of the clusters before those that matter are parsed. */
interface FoundClusters {
  readonly clusterChanges: PlanInput["clusterChanges"];
  readonly notices: readonly Notice[];
  /** Parses those that some paths can concern, or all, and refuses at once what is wrong. */
  readonly parse: (
    problems: readonly Problem[],
    changed: readonly string[] | undefined,
  ) => readonly Cluster[];
}

async function readFiles(
  files: RepositoryFiles,
  before: OpenFiles,
  settings: Settings,
  change: Change,
): Promise<FoundClusters> {
  const found = await readClusterFiles(files, settings);
  return {
    clusterChanges: await clusterChangesOf(before, settings, change, found),
    notices: found.missing.map(({ file = "", message }) => (
      { level: "warning", message: `${visible(file)}: ${message}` }
    )),
    parse: (problems, changed) =>
      soundClusters(tryClusters(found.files, settings, {
        parsed: changed && relevantFiles(found.files, changed, files),
        problems: [...found.problems, ...problems],
        follow: linkFollower(files),
      })),
  };
}

/** Where `clusters.read` says what clusters are, all are read: it may look at any file. */
async function readByConfig(
  files: RepositoryFiles,
  before: OpenFiles,
  settings: Settings,
  { base, files: changed, deleted }: Change,
): Promise<FoundClusters> {
  const { clusters, problems: wrong } = await readClusters(files, settings);
  const concerns = (path: string) => matchesAny(settings.clusters?.files ?? [], path);
  const wasTouched = base !== "" && !("everything" in changed) &&
    [...changed, ...deleted].some(concerns);
  return {
    clusterChanges: new Map(),
    notices: wasTouched ? removedSince(await clustersAt(before, settings), clusters) : [],
    parse: (problems) => soundClusters({ clusters, problems: [...wrong, ...problems] }),
  };
}

/** The clusters as far as they could be read then. */
async function clustersAt(open: OpenFiles, settings: Settings): Promise<readonly Cluster[]> {
  const files = await open();
  // Not with "using": a Deno that is too old has to read the entry to say so.
  return await readClusters(files, settings).then(({ clusters }) => clusters)
    .finally(() => files[Symbol.asyncDispose]());
}
