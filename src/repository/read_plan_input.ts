import { parseClusters } from "../config/clusters.ts";
import type { Settings } from "../config/settings.ts";
import { type Change, leftOut } from "../git/change.ts";
import { UserError } from "../errors.ts";
import { gather } from "../gather.ts";
import { labelEffects, labelNotices } from "../plan/labels.ts";
import type { PlanInput } from "../plan/plan_input.ts";
import { goneCharts } from "../plan/removal_notices.ts";
import { buildRules } from "../plan/rules.ts";
import { readCharts } from "./read_charts.ts";
import { clusterChangesOf, type OpenFiles } from "./cluster_changes.ts";
import { visible } from "../text/visible.ts";
import { readClusterFiles } from "./cluster_files.ts";
import { filesOfCommit } from "./commit_files.ts";
import { filesOnDisk } from "./disk_files.ts";
import type { RepositoryFiles } from "./files.ts";
import { linkFollower } from "./links.ts";
import { relevantFiles } from "./relevant.ts";

export interface PlanRequest {
  readonly repo: string;
  readonly settings: Settings;
  readonly change: Change;
  readonly labels?: readonly string[] | Promise<readonly string[]> | undefined;
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
  { files, before, settings, change, labels = [], every = false, cluster }: FilesRequest,
): Promise<PlanInput> {
  const { base, head, deleted } = change;
  const readClusters = async () => {
    const found = await readClusterFiles(files, settings);
    return { found, clusterChanges: await clusterChangesOf(before, settings, change, found) };
  };
  const byKeys = settings.precision === "hub";
  const [{ found, clusterChanges }, { graph, problemsOf }, names] = await gather(
    readClusters(),
    readCharts(files, settings),
    Promise.resolve(labels),
  );
  const effects = labelEffects(names, settings.labels);
  const changed = "everything" in change.files ? undefined : [...change.files, ...deleted];
  const { gate } = settings;
  const all = every || gate === "fleet" || changed === undefined || effects.deployHubs !== null ||
    effects.deploySupport !== null ||
    changed.some(buildRules(settings, [], graph).mayReachAllClusters);
  const wanted = cluster === undefined ? [] : [`${settings.clustersDir}/${cluster}/cluster.yaml`];
  const clusters = parseClusters(found.files, settings, {
    parsed: all ? found.files : relevantFiles(found.files, [...changed, ...wanted], files),
    problems: [...found.problems, ...byKeys ? problemsOf(graph?.charts ?? []) : []],
    follow: linkFollower(files),
  });
  const rules = buildRules(settings, clusters, graph);
  const wrong = problemsOf(rules.charts);
  if (wrong.length > 0) throw new UserError(wrong);
  const left = (await change.uncommitted ?? []).filter(rules.concerns).sort();
  const said = [
    ...(change.movedOn === undefined ? [] : [change.movedOn]),
    ...(left.length === 0 ? [] : [leftOut(left)]),
  ];
  const missing = found.missing.map(({ file = "", message }) => `${visible(file)}: ${message}`);
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
    labels: effects,
    notices: [
      ...labelNotices(names, settings.labels),
      ...said.map((message) => ({ level: "notice" as const, message })),
      ...goneCharts(clusters, settings.chartsDir, deleted),
      ...missing.map((message) => ({ level: "warning" as const, message })),
    ],
  };
}
