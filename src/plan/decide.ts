import { compare } from "../text/compare.ts";
import { visible } from "../text/visible.ts";
import { addChanges } from "./changes.ts";
import { ClusterReasons } from "./cluster_reasons.ts";
import type { LabelEffects } from "./labels.ts";
import type { PlanInput } from "./plan_input.ts";
import type { Notice } from "./schema.ts";

/** What is upgraded on which cluster, and why. */
export interface Decided {
  /** The clusters, sorted by name, those included on which nothing is upgraded. */
  readonly clusters: readonly ClusterReasons[];
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
  return completeDecisions(decideChanges(input));
}

/** Decides what the changed files and the labels alone upgrade. */
export function decideChanges(input: PlanInput): Decided {
  const notices: Notice[] = [...input.notices ?? []];
  const all = [...input.clusters]
    .sort((a, b) => compare(a.name, b.name) || compare(a.file, b.file))
    .map((cluster) => new ClusterReasons(cluster));
  addChanges(all, input, notices);
  addLabels(all, input.labels);
  return { clusters: withoutSkipped(all, input.labels, notices), notices };
}

/** Adds the staging hubs that go before the prod hubs, and what people should know of those. */
export function completeDecisions({ clusters, notices }: Decided): Decided {
  const reached = clusters.filter(({ any }) => any);
  reached.forEach(addStagingHubsBeforeProd);
  return { clusters, notices: [...notices, ...reached.flatMap(missingStagingHubs)] };
}

function addLabels(all: readonly ClusterReasons[], labels: LabelEffects): void {
  const causes = [
    [labels.deploySupport, { kind: "all support charts" }],
    [labels.deployHubs, { kind: "all hubs" }],
  ] as const;
  for (const [label, reach] of causes) {
    if (label === null) continue;
    const cause = { rule: "label", subjects: [label] };
    for (const of of all) of.add(reach, cause);
  }
}

function withoutSkipped(
  all: readonly ClusterReasons[],
  { skipDeploy, skipDeployHubs }: LabelEffects,
  notices: Notice[],
): readonly ClusterReasons[] {
  const label = skipDeploy ?? skipDeployHubs;
  if (label === null) return all;
  const skipped = skipDeploy === null ? "all hubs" : "everything";
  notices.push({ level: "notice", message: `The label ${visible(label)} skips ${skipped}` });
  return all.map(({ cluster, support }) =>
    skipDeploy === null ? new ClusterReasons(cluster, support) : new ClusterReasons(cluster)
  );
}

function addStagingHubsBeforeProd({ cluster, hubs }: ClusterReasons): void {
  const prod = cluster.hubs.filter((hub) => !hub.staging && hubs.get(hub.name)?.any)
    .map(({ name }) => name);
  if (prod.length === 0) return;
  for (const staging of cluster.hubs.filter((hub) => hub.staging)) {
    hubs.get(staging.name)?.add({ rule: "staging before prod", subjects: prod });
  }
}

function missingStagingHubs({ cluster, support, hubs }: ClusterReasons): Notice[] {
  if (cluster.hubs.some((hub) => hub.staging)) return [];
  if (!cluster.hubs.some((hub) => hubs.get(hub.name)?.any)) return [];
  const gate = support.any
    ? "its support upgrade alone gates its prod hubs"
    : "nothing gates its prod hubs in this plan";
  const message = `Cluster ${visible(cluster.name)} has no staging hub: ${gate}`;
  return [{ level: "notice", message }];
}
