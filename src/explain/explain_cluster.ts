import { plannedReleases } from "../ledger/ledger_output.ts";
import { planChange } from "../ledger/make_up.ts";
import { pauseOf } from "../ledger/pauses.ts";
import { allKeyChanges } from "../plan/cluster_change.ts";
import type { ClusterReasons } from "../plan/cluster_reasons.ts";
import { decide } from "../plan/decide.ts";
import { matrixJobs } from "../plan/matrix.ts";
import type { PlanInput } from "../plan/plan_input.ts";
import { type Cause, keyName } from "../plan/reason.ts";
import { type Phase, type Release, SUPPORT_CHART } from "../plan/releases.ts";
import { waveOf } from "../plan/waves.ts";
import { listNames } from "../text/list_names.ts";
import { describeKeyValue } from "./mask.ts";
import { ruleSays } from "./rule_says.ts";

/** Why a release is upgraded, or not, and what waits for what. */
export interface ReleaseExplanation extends Pick<Release, "cluster" | "kind"> {
  /** The name of the hub or the add-on; `null` for the support chart. */
  readonly hub: string | null;
  /**
   * The wave of the cluster, counted from 1, and how many there are; where the config has waves. It
   * is `null` where none names the cluster.
   */
  readonly wave?: { readonly number: number | null; readonly of: number };
  readonly upgraded: boolean;
  /** The rules that upgrade it; where a label skips it, those that would. */
  readonly causes: readonly ExplainedCause[];
  readonly why_not: string | null;
  /**
   * What has to succeed before it if it is upgraded, and what waits for it: on its cluster, and on
   * others where the whole fleet is one gate.
   */
  readonly gated_by: readonly string[];
  readonly gates: readonly string[];
}

/** A rule that upgrades a release, and what made it apply. */
export type ExplainedCause = ReturnType<typeof explainCause>;

export function explainCluster(
  input: PlanInput,
  paused: Readonly<Record<string, string>>,
  cluster: string,
  hub?: string,
): readonly ReleaseExplanation[] {
  const planned = plannedReleases(matrixJobs(planChange(input, paused)))
    .filter((release) => release.cluster === cluster).map(({ release }) => release);
  const wave = input.waves &&
    { number: waveOf(cluster, input.waves) + 1 || null, of: input.waves.length };
  const labels = { ...input.labels, skipDeploy: null, skipDeployHubs: null };
  const unskipped = releasesIn({ ...input, labels, deploys: "all" });
  const isInRun = ({ phase }: Release) => isDeployed(phase, input);
  const inRun = unskipped.filter((release) =>
    isInRun(release) && (input.gate === "fleet" || release.cluster === cluster)
  );
  return unskipped.filter((release) => release.cluster === cluster)
    .filter(({ release }) => hub === undefined || release === hub)
    .map((release) => {
      const { kind, release: name, causes } = release;
      const upgraded = planned.includes(name);
      return {
        ...{ cluster, kind, hub: kind === SUPPORT_CHART ? null : name },
        ...(wave && { wave }),
        upgraded,
        causes: causes.map((cause) => explainCause(cause, input)),
        why_not: upgraded ? null : whyNot(input, paused, release),
        ...isInRun(release) ? gatesOf(inRun, release) : { gated_by: [], gates: [] },
      };
    });
}

type ReasonedRelease = ClusterReasons["releases"][number];

function releasesIn(input: PlanInput): readonly ReasonedRelease[] {
  return decide(input).clusters.flatMap(({ releases }) => releases);
}

/** Whether the branch deploys releases of a phase. */
function isDeployed(phase: Phase, { deploys = "all" }: PlanInput): boolean {
  return deploys === "all" || (deploys === "prod") === (phase === "prod");
}

function whyNot(
  input: PlanInput,
  paused: Readonly<Record<string, string>>,
  release: ReasonedRelease,
) {
  const { labels, changed, deleted, rules } = input;
  const isReached = release.causes.length > 0;
  if (isReached && !isDeployed(release.phase, input)) {
    const what = input.deploys === "prod" ? "prod hubs" : "what goes before prod hubs";
    return `the branch deploys ${what} alone; a push to one that deploys it would upgrade it`;
  }
  const skipping = labels.skipDeploy ??
    (release.phase === "support" ? null : labels.skipDeployHubs);
  if (skipping !== null) {
    return isReached
      ? `the label ${skipping} skips it; without the label it would be upgraded`
      : `nothing that changed reaches it, and the label ${skipping} skips it anyway`;
  }
  if (isReached) {
    const pause = pauseOf(release, paused);
    const what = pause === undefined ? "what goes with it" : `it (${paused[pause]})`;
    return `the config pauses ${what}; without that it would be upgraded`;
  }
  const paths = "everything" in changed
    ? []
    : [...changed, ...deleted].filter(rules.concerns).sort();
  return paths.length === 0
    ? "nothing changed that the rules are about"
    : `nothing that changed reaches it: ${listNames(paths)}`;
}

/**
 * What has to succeed before a release, and what waits for it: of what is upgraded if the release
 * is, otherwise of everything there. The canaries of a cluster are upgraded one after the other.
 */
function gatesOf(all: readonly ReasonedRelease[], of: ReasonedRelease) {
  const nameOf = ({ cluster, kind, release }: ReasonedRelease) => {
    const name = kind === SUPPORT_CHART ? kind : `${kind} ${release}`;
    return cluster === of.cluster ? name : `${name} on ${cluster}`;
  };
  const names = (wanted: Release["kind"], isOwn: boolean) =>
    all.filter(({ kind, cluster, causes }) =>
      kind === wanted && (cluster === of.cluster) === isOwn &&
      (causes.length > 0 || (kind !== SUPPORT_CHART && of.causes.length === 0))
    ).map(nameOf).sort();
  const canaries = (isOwn: boolean) => [
    ...names("support chart", isOwn),
    ...names("add-on", isOwn),
    ...names("staging hub", isOwn),
  ];
  const own = canaries(true);
  if (of.phase === "prod") return { gated_by: [...own, ...canaries(false)], gates: [] };
  const at = own.indexOf(nameOf(of));
  return {
    gated_by: own.slice(0, Math.max(0, at)),
    gates: [...own.slice(at + 1), ...names("prod hub", true), ...names("prod hub", false)],
  };
}

/** A rule about a whole `cluster.yaml` ignores which keys changed; people want to see them. */
function explainCause({ rule, subjects, keys, note }: Cause, { clusterChanges }: PlanInput) {
  const changes = subjects.flatMap((path) => clusterChanges.get(path) ?? []);
  return {
    rule,
    says: ruleSays(rule),
    /** The changed files, as paths, or what else made it apply. */
    subjects: [...subjects].sort(),
    ...(note === undefined ? {} : { note }),
    keys: (keys ?? changes.flatMap(allKeyChanges)).map((change) => ({
      key: keyName(change),
      before: describeKeyValue(change.path, change.before),
      after: describeKeyValue(change.path, change.after),
    })),
  };
}
