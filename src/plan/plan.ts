import type { Cluster } from "./cluster.ts";
import type { LabelEffects } from "./labels.ts";
import { listNames, Reasons } from "./reason.ts";
import type { Reach, Rules } from "./rules.ts";
import { visible } from "./visible.ts";
import type { Notice, Plan, ProdHubUpgrade, SupportAndStagingUpgrade } from "./schema.ts";

/** Why everything is planned instead of what a change affects. */
export interface Everything {
  /** The reason, for instance that the base commit is unknown. */
  readonly everything: string;
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
}

/** Why the releases of one cluster are upgraded. */
interface ClusterReasons {
  readonly cluster: Cluster;
  readonly support: Reasons;
  readonly hubs: ReadonlyMap<string, Reasons>;
}

/**
 * Decides which Helm releases a change upgrades, and why.
 *
 * Pure: the same clusters, files, rules and labels give the same plan, in whatever order they
 * come. A prod hub is never planned without all staging hubs of its cluster.
 *
 * @param input The clusters, the changed files, the rules and the labels.
 * @returns The plan, its lists sorted by cluster, then hub.
 * @example
 * ```ts
 * import { plan } from "./plan.ts";
 * import { buildRules } from "./rules.ts";
 *
 * const file = "config/clusters/earth/cluster.yaml";
 * const clusters = [{
 *   name: "earth",
 *   provider: "gcp",
 *   file,
 *   support: null,
 *   hubs: [
 *     { name: "staging", staging: true, valuesFiles: [] },
 *     { name: "prod", staging: false, valuesFiles: [] },
 *   ],
 * }];
 * const { prod, support_and_staging } = plan({
 *   base: "",
 *   head: "",
 *   clusters,
 *   changed: [file],
 *   rules: buildRules({ clustersDir: "config/clusters", allHubs: [], allSupport: [] }, clusters),
 *   labels: { skipDeploy: null, skipDeployHubs: null, deploySupport: null, deployHubs: null },
 * });
 * console.assert(prod[0]?.hub_name === "prod");
 * console.assert(support_and_staging[0]?.staging_hubs[0] === "staging");
 * ```
 */
export function plan(input: PlanInput): Plan {
  const notices: Notice[] = [];
  const all = [...input.clusters]
    .sort((a, b) => compare(a.name, b.name) || compare(a.file, b.file))
    .map(noReasons);
  addChanges(all, input, notices);
  addLabels(all, input.labels);
  const reasons = withoutSkipped(all, input.labels, notices);
  reasons.forEach(addStagingHubsBeforeProd);
  noticeMissingStagingHubs(reasons, notices);
  return {
    version: 1,
    base: input.base,
    head: input.head,
    support_and_staging: reasons.flatMap(supportAndStagingUpgrade),
    prod: reasons.flatMap(prodHubUpgrades),
    notices,
  };
}

function noReasons(cluster: Cluster): ClusterReasons {
  return {
    cluster,
    support: new Reasons(),
    hubs: new Map(cluster.hubs.map((hub) => [hub.name, new Reasons()])),
  };
}

function addChanges(
  reasons: readonly ClusterReasons[],
  { changed, rules }: PlanInput,
  notices: Notice[],
): void {
  if ("everything" in changed) {
    for (const of of reasons) addAll(of, "unknown base", changed.everything);
    const message = `Everything may have changed: ${visible(changed.everything)}`;
    notices.push({ level: "warning", message });
    return;
  }
  const byFile = new Map(reasons.map((of) => [of.cluster.file, of]));
  const uncovered: string[] = [];
  const unreached: string[] = [];
  for (const path of [...new Set(changed)].filter(rules.concerns).sort()) {
    const decisions = rules.decide(path);
    let reached = false;
    for (const { rule, reach } of decisions) {
      const all = reach.kind === "all hubs" || reach.kind === "all support charts";
      const clusters = all ? reasons : [byFile.get(reach.cluster.file)];
      for (const of of clusters) {
        if (of !== undefined && addReach(of, reach, rule, path)) reached = true;
      }
    }
    if (decisions.length === 0) uncovered.push(path);
    else if (!reached) unreached.push(path);
  }
  if (uncovered.length > 0) {
    notices.push({ level: "notice", message: `No rule covers ${listNames(uncovered)}` });
  }
  if (unreached.length > 0) {
    const message = `There is nothing to upgrade for ${listNames(unreached)}`;
    notices.push({ level: "notice", message });
  }
}

/** Adds a reason to what a rule reaches on a cluster; false where the cluster has nothing of it. */
function addReach(of: ClusterReasons, reach: Reach, rule: string, path: string): boolean {
  switch (reach.kind) {
    case "cluster":
      return addAll(of, rule, path);
    case "all hubs":
      of.hubs.forEach((hub) => hub.add(rule, path));
      return of.hubs.size > 0;
    case "hub":
      of.hubs.get(reach.hub)?.add(rule, path);
      return of.hubs.has(reach.hub);
    case "all support charts":
    case "support chart":
      if (of.cluster.support !== null) of.support.add(rule, path);
      return of.cluster.support !== null;
  }
}

function addAll(of: ClusterReasons, rule: string, subject: string): boolean {
  if (of.cluster.support !== null) of.support.add(rule, subject);
  of.hubs.forEach((hub) => hub.add(rule, subject));
  return of.cluster.support !== null || of.hubs.size > 0;
}

function addLabels(reasons: readonly ClusterReasons[], labels: LabelEffects): void {
  for (const of of reasons) {
    if (labels.deploySupport !== null && of.cluster.support !== null) {
      of.support.add("label", labels.deploySupport);
    }
    const { deployHubs } = labels;
    if (deployHubs !== null) of.hubs.forEach((hub) => hub.add("label", deployHubs));
  }
}

function withoutSkipped(
  reasons: readonly ClusterReasons[],
  { skipDeploy, skipDeployHubs }: LabelEffects,
  notices: Notice[],
): readonly ClusterReasons[] {
  if (skipDeploy !== null) {
    notices.push({ level: "notice", message: `The label ${visible(skipDeploy)} skips everything` });
    return [];
  }
  if (skipDeployHubs !== null) {
    notices.push({
      level: "notice",
      message: `The label ${visible(skipDeployHubs)} skips all hubs`,
    });
    return reasons.map((of) => ({ ...noReasons(of.cluster), support: of.support }));
  }
  return reasons;
}

function addStagingHubsBeforeProd({ cluster, hubs }: ClusterReasons): void {
  const prod = cluster.hubs.filter((hub) => !hub.staging && hubs.get(hub.name)?.any);
  for (const staging of cluster.hubs.filter((hub) => hub.staging)) {
    for (const { name } of prod) hubs.get(staging.name)?.add("staging before prod", name);
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

function supportAndStagingUpgrade(
  { cluster, support, hubs }: ClusterReasons,
): SupportAndStagingUpgrade[] {
  const staging = cluster.hubs.filter((hub) => hub.staging && hubs.get(hub.name)?.any)
    .map((hub) => hub.name).sort(compare);
  if (!support.any && staging.length === 0) return [];
  return [{
    cluster_name: cluster.name,
    provider: cluster.provider,
    upgrade_support: support.any,
    support_reason: support.toString(),
    staging_hubs: staging,
    staging_reason: joinReasons(staging.map((name) => [name, String(hubs.get(name) ?? "")])),
  }];
}

function prodHubUpgrades({ cluster, hubs }: ClusterReasons): ProdHubUpgrade[] {
  return cluster.hubs.filter((hub) => !hub.staging && hubs.get(hub.name)?.any)
    .sort((a, b) => compare(a.name, b.name))
    .map((hub) => ({
      cluster_name: cluster.name,
      provider: cluster.provider,
      hub_name: hub.name,
      reason: String(hubs.get(hub.name) ?? ""),
    }));
}

/** One reason for all staging hubs of a leg where they share it, otherwise one for each. */
function joinReasons(reasons: readonly (readonly [hub: string, reason: string])[]): string {
  const distinct = new Set(reasons.map(([, reason]) => reason));
  if (distinct.size <= 1) return [...distinct].join();
  return reasons.map(([hub, reason]) => `${visible(hub)}: ${reason}`).join("; ");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
