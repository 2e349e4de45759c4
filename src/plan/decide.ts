import { compare } from "../text/compare.ts";
import { addChanges } from "./changes.ts";
import type { ClusterChange } from "./cluster_change.ts";
import type { Cluster } from "./cluster.ts";
import { CollectedReasons } from "./collected_reasons.ts";
import type { LabelEffects } from "./labels.ts";
import type { Reasons } from "./reason.ts";
import { addReach } from "./reach.ts";
import type { Rules } from "./rules.ts";
import type { Notice } from "./schema.ts";
import { visible } from "../text/visible.ts";

/** Why everything is planned instead of what a change affects. */
export interface Everything {
  /** The reason, for instance that the base commit is unknown. */
  readonly everything: string;
}

/** What `precision: "hub"` looks at besides the files that were added or modified. */
export interface Precise {
  /** The files that were deleted, as paths. */
  readonly deleted: readonly string[];
  /** What changed in the `cluster.yaml` files that are among the changed files, by their paths. */
  readonly clusterChanges: ReadonlyMap<string, ClusterChange>;
}

/** What a plan is made from. */
export interface PlanInput {
  /** The commit before the change; empty where the changed files were given instead. */
  readonly base: string;
  /** The commit after the change; empty where the changed files were given instead. */
  readonly head: string;
  /** The clusters as they are after the change. */
  readonly clusters: readonly Cluster[];
  /** The files that were added or modified, as paths, or why that is unknown. */
  readonly changed: readonly string[] | Everything;
  /** The rules of the repository. */
  readonly rules: Rules;
  /** What the labels of the pull request ask for. */
  readonly labels: LabelEffects;
  /** For `precision: "hub"`; without it, a changed `cluster.yaml` upgrades all of its cluster. */
  readonly precise?: Precise | undefined;
}

/** Why the releases of one cluster are upgraded: those that have a reason. */
export interface ClusterReasons {
  /** The cluster. */
  readonly cluster: Cluster;
  /** Why its support chart is upgraded. */
  readonly support: Reasons;
  /** Why its hubs are upgraded, each by its name. */
  readonly hubs: ReadonlyMap<string, Reasons>;
}

/** What was decided about one cluster. */
export interface DecidedCluster extends ClusterReasons {
  /** Whether anything on it is upgraded. */
  readonly any: boolean;
}

/** What is upgraded on which cluster, and why. */
export interface Decided {
  /** The clusters, sorted by name, those included on which nothing is upgraded. */
  readonly clusters: readonly DecidedCluster[];
  /** What people should know. */
  readonly notices: readonly Notice[];
}

/**
 * Decides which Helm releases a change upgrades, cause by cause: what a plan is written from.
 *
 * Pure: the same clusters, files, rules and labels give the same decisions, in whatever order they
 * come. A prod hub is never upgraded without all staging hubs of its cluster.
 */
export function decide(input: PlanInput): Decided {
  const notices: Notice[] = [];
  const all = [...input.clusters]
    .sort((a, b) => compare(a.name, b.name) || compare(a.file, b.file))
    .map((cluster) => new CollectedReasons(cluster));
  addChanges(all, input, notices);
  addLabels(all, input.labels);
  const clusters = withoutSkipped(all, input.labels, notices);
  const reached = clusters.filter(({ any }) => any);
  reached.forEach(addStagingHubsBeforeProd);
  noticeMissingStagingHubs(reached, notices);
  return { clusters, notices };
}

function addLabels(reasons: readonly ClusterReasons[], labels: LabelEffects): void {
  const { deploySupport, deployHubs } = labels;
  const causes = [
    [deploySupport, { kind: "all support charts" }],
    [deployHubs, { kind: "all hubs" }],
  ] as const;
  for (const [label, reach] of causes) {
    if (label === null) continue;
    const cause = { rule: "label", subjects: [label] };
    for (const of of reasons) addReach(of, reach, cause);
  }
}

function withoutSkipped(
  reasons: readonly DecidedCluster[],
  { skipDeploy, skipDeployHubs }: LabelEffects,
  notices: Notice[],
): readonly DecidedCluster[] {
  if (skipDeploy !== null) {
    notices.push({ level: "notice", message: `The label ${visible(skipDeploy)} skips everything` });
    return [];
  }
  if (skipDeployHubs !== null) {
    notices.push({
      level: "notice",
      message: `The label ${visible(skipDeployHubs)} skips all hubs`,
    });
    return reasons.map(({ cluster, support }) => new CollectedReasons(cluster, support));
  }
  return reasons;
}

function addStagingHubsBeforeProd({ cluster, hubs }: ClusterReasons): void {
  const prod = cluster.hubs.filter((hub) => !hub.staging && hubs.get(hub.name)?.any)
    .map(({ name }) => name);
  if (prod.length === 0) return;
  for (const staging of cluster.hubs.filter((hub) => hub.staging)) {
    hubs.get(staging.name)?.add({ rule: "staging before prod", subjects: prod });
  }
}

function noticeMissingStagingHubs(reasons: readonly ClusterReasons[], notices: Notice[]): void {
  for (const { cluster, support, hubs } of reasons) {
    if (cluster.hubs.some((hub) => hub.staging)) continue;
    if (!cluster.hubs.some((hub) => hubs.get(hub.name)?.any)) continue;
    const gate = support.any
      ? "its support upgrade alone gates its prod hubs"
      : "nothing gates its prod hubs in this plan";
    notices.push({
      level: "notice",
      message: `Cluster ${visible(cluster.name)} has no staging hub: ${gate}`,
    });
  }
}
