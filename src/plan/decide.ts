import { compare } from "../text/compare.ts";
import { visible } from "../text/visible.ts";
import { addChanges } from "./changes.ts";
import { ClusterReasons } from "./cluster_reasons.ts";
import type { LabelEffects } from "./labels.ts";
import type { PlanInput } from "./plan_input.ts";
import type { Release } from "./releases.ts";
import type { Notice } from "./schema.ts";
import { waveOf } from "./waves.ts";

/** The rule of what a label asks for. */
export const LABEL_RULE = "label";

export interface Decided {
  /** The clusters, sorted by name, those included on which nothing is upgraded. */
  readonly clusters: readonly ClusterReasons[];
  readonly notices: readonly Notice[];
}

/**
 * Decides which Helm releases a change upgrades, cause by cause: what a plan is written from.
 *
 * Pure: the same clusters, files, rules and labels give the same decisions, in whatever order they
 * come. A prod hub is never upgraded without all staging hubs of its cluster, but on a branch that
 * deploys prod hubs alone.
 */
export function decide(input: PlanInput): Decided {
  return withCanaries(decideChanges(input), input);
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

/**
 * Adds the staging hubs to upgrade before prod hubs, and says where there are none; leaves out what
 * the branch does not deploy.
 */
export function withCanaries(
  { clusters, notices }: Decided,
  { gate, deploys = "all", waves = [] }: Pick<PlanInput, "gate" | "deploys" | "waves">,
): Decided {
  if (deploys !== "all") {
    const isKept = ({ phase }: Release) => (phase === "prod") === (deploys === "prod");
    return { clusters: clusters.map((of) => of.only(isKept)), notices };
  }
  const more = [...notices];
  if (gate === "fleet") addFleetCanaries(clusters, more);
  else {
    const upgraded = clusters.filter(({ any }) => any);
    const wave = ({ cluster: { name } }: ClusterReasons) => waveOf(name, waves);
    const first = Math.min(...upgraded.map(wave));
    for (const of of upgraded) addCanaries(of, wave(of) > first, more);
  }
  return { clusters, notices: more };
}

/** Where any prod hub is upgraded, the staging hubs of all clusters go first. */
function addFleetCanaries(clusters: readonly ClusterReasons[], notices: Notice[]): void {
  const upgraded = clusters.flatMap((of) =>
    prodHubsOf(of).map((hub) => `${of.cluster.name}/${hub}`)
  );
  if (upgraded.length === 0) return;
  const cause = { rule: "staging before prod", subjects: upgraded };
  const added = clusters.map((of) => of.add({ kind: "staging hubs" }, cause));
  if (added.includes(true)) return;
  const message = "No cluster has a staging hub: the support charts alone gate the prod hubs";
  notices.push({ level: "notice", message });
}

function prodHubsOf(of: ClusterReasons): readonly string[] {
  return of.upgraded.filter(({ phase }) => phase === "prod").map(({ release }) => release);
}

function addLabels(all: readonly ClusterReasons[], labels: LabelEffects): void {
  const causes = [
    [labels.deploySupport, { kind: "before all hubs" }],
    [labels.deployHubs, { kind: "all hubs" }],
  ] as const;
  for (const [label, reach] of causes) {
    if (label === null) continue;
    const cause = { rule: LABEL_RULE, subjects: [label] };
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
  return all.map((of) => of.only(({ phase }) => skipDeploy === null && phase === "support"));
}

function addCanaries(of: ClusterReasons, isLater: boolean, notices: Notice[]): void {
  const upgraded = prodHubsOf(of);
  if (upgraded.length === 0) return;
  const cause = { rule: "staging before prod", subjects: upgraded };
  if (of.add({ kind: "staging hubs" }, cause)) return;
  const gates = [
    ...(of.upgraded.some(({ phase }) => phase === "support") ? ["its support upgrade"] : []),
    ...(isLater ? ["earlier waves"] : []),
  ];
  const gate = gates.length === 0
    ? "nothing gates its prod hubs in this plan"
    : `${gates.join(" and ")} alone ${isLater ? "gate" : "gates"} its prod hubs`;
  const message = `Cluster ${visible(of.cluster.name)} has no staging hub: ${gate}`;
  notices.push({ level: "notice", message });
}
