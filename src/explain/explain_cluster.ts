import { allKeyChanges, type ClusterChange } from "../plan/cluster_change.ts";
import type { Hub } from "../plan/cluster.ts";
import { type ClusterReasons, decide, type PlanInput } from "../plan/decide.ts";
import { listNames } from "../text/list_names.ts";
import { type Cause, keyName, type Reasons } from "../plan/reason.ts";
import type { ExplainedCause, ReleaseExplanation } from "./explanation.ts";
import { describeKeyValue } from "./mask.ts";
import { ruleSays } from "./rule_says.ts";

/** Explains the decisions about a cluster. */
export function explainCluster(
  input: PlanInput,
  cluster: string,
  hub: string | undefined,
  clusterChanges: ReadonlyMap<string, ClusterChange>,
): readonly ReleaseExplanation[] {
  const of = reasonsOf(input, cluster);
  const unskipped = reasonsOf({ ...input, labels: skippingNothing(input.labels) }, cluster);
  if (unskipped === undefined) return [];
  return releases(unskipped).filter((release) => hub === undefined || release.hub?.name === hub)
    .map((release) => {
      const planned = of === undefined ? undefined : reasonsFor(of, release.hub);
      const upgraded = planned?.any ?? false;
      const { gatedBy, gates } = gatesOf(unskipped, release);
      return {
        cluster,
        kind: kindOf(release),
        hub: release.hub?.name ?? null,
        upgraded,
        causes: release.reasons.causes.map((cause) => explainCause(cause, clusterChanges)),
        why_not: upgraded ? null : whyNot(input, release),
        gated_by: gatedBy,
        gates,
      };
    });
}

/** A release of a cluster, with the reasons for it. */
interface Release {
  readonly hub: Hub | undefined;
  readonly reasons: Reasons;
}

function releases(of: ClusterReasons): readonly Release[] {
  const { support, hubs } = of.cluster;
  const ordered = [
    ...hubs.filter(({ staging }) => staging),
    ...hubs.filter(({ staging }) => !staging),
  ];
  return [
    ...(support === null ? [] : [{ hub: undefined, reasons: of.support }]),
    ...ordered.map((hub) => ({ hub, reasons: reasonsFor(of, hub) })),
  ];
}

function reasonsFor(of: ClusterReasons, hub: Hub | undefined): Reasons {
  return hub === undefined ? of.support : of.hubs.get(hub.name) ?? of.support;
}

function reasonsOf(input: PlanInput, name: string): ClusterReasons | undefined {
  return decide(input).clusters.find(({ cluster }) => cluster.name === name);
}

function skippingNothing(labels: PlanInput["labels"]): PlanInput["labels"] {
  return { ...labels, skipDeploy: null, skipDeployHubs: null };
}

function kindOf({ hub }: Release): ReleaseExplanation["kind"] {
  if (hub === undefined) return "support chart";
  return hub.staging ? "staging hub" : "prod hub";
}

function whyNot({ labels, changed, precise, rules }: PlanInput, { hub, reasons }: Release): string {
  const skipping = labels.skipDeploy ?? (hub === undefined ? null : labels.skipDeployHubs);
  if (skipping !== null) {
    return reasons.any
      ? `the label ${skipping} skips it; without the label it would be upgraded`
      : `nothing that changed reaches it, and the label ${skipping} skips it anyway`;
  }
  const paths = "everything" in changed
    ? []
    : [...changed, ...precise?.deleted ?? []].filter(rules.concerns).sort();
  return paths.length === 0
    ? "nothing changed that the rules are about"
    : `nothing that changed reaches it: ${listNames(paths)}`;
}

/**
 * What has to succeed before a release and what waits for it: of what is upgraded on the cluster
 * where the release itself is, otherwise of all that is there.
 */
function gatesOf(
  of: ClusterReasons,
  { hub, reasons }: Release,
): { readonly gatedBy: readonly string[]; readonly gates: readonly string[] } {
  const planned = reasons.any;
  const names = (kind: "staging hub" | "prod hub") =>
    of.cluster.hubs.filter(({ name, staging }) =>
      staging === (kind === "staging hub") && (!planned || of.hubs.get(name)?.any)
    ).map(({ name }) => `${kind} ${name}`).sort();
  const support = of.cluster.support !== null && of.support.any ? ["support chart"] : [];
  const [staging, prod] = [names("staging hub"), names("prod hub")];
  if (hub === undefined) return { gatedBy: [], gates: [...staging, ...prod] };
  if (!hub.staging) return { gatedBy: [...support, ...staging], gates: [] };
  const before = staging.filter((name) => name < `staging hub ${hub.name}`);
  const after = staging.filter((name) => name > `staging hub ${hub.name}`);
  return { gatedBy: [...support, ...before], gates: [...after, ...prod] };
}

/** A rule about all of a `cluster.yaml` does not look at its keys; people want to see them. */
function explainCause(
  { rule, subjects, keys, note }: Cause,
  clusterChanges: ReadonlyMap<string, ClusterChange>,
): ExplainedCause {
  const changes = subjects.flatMap((path) => clusterChanges.get(path) ?? []);
  return {
    rule,
    says: ruleSays(rule),
    subjects: [...subjects].sort(),
    ...(note === undefined ? {} : { note }),
    keys: (keys ?? changes.flatMap(allKeyChanges)).map((change) => ({
      key: keyName(change),
      before: describeKeyValue(change.path, change.before),
      after: describeKeyValue(change.path, change.after),
    })),
  };
}
