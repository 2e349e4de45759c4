import { plannedReleases } from "../ledger/ledger_output.ts";
import { SUPPORT_CHART } from "../ledger/ledger_record.ts";
import { planChange } from "../ledger/make_up.ts";
import { pauseOf } from "../ledger/phased_releases.ts";
import { allKeyChanges } from "../plan/cluster_change.ts";
import { decide } from "../plan/decide.ts";
import { matrixJobs } from "../plan/matrix.ts";
import type { PlanInput } from "../plan/plan_input.ts";
import { type Cause, keyName } from "../plan/reason.ts";
import { type Release, releasesOf } from "../plan/releases.ts";
import { waveOf } from "../plan/waves.ts";
import { listNames } from "../text/list_names.ts";
import { describeKeyValue } from "./mask.ts";
import { ruleSays } from "./rule_says.ts";

/** Why a release is upgraded, or not, and what waits for what. */
export interface ReleaseExplanation extends Omit<Release, "reasons"> {
  readonly cluster: string;
  /** The wave of the cluster, counted from 1, and how many there are; where the config has waves. */
  readonly wave?: { readonly number: number; readonly of: number };
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
    { number: waveOf(cluster, input.waves) + 1, of: input.waves.length };
  const labels = { ...input.labels, skipDeploy: null, skipDeployHubs: null };
  const unskipped = releasesIn({ ...input, labels, deploys: "all" });
  const isInRun = ({ kind }: Release) => isDeployed(kind, input);
  const inRun = unskipped.filter((release) =>
    isInRun(release) && (input.gate === "fleet" || release.cluster === cluster)
  );
  return unskipped.filter((release) => release.cluster === cluster)
    .filter((release) => hub === undefined || release.hub === hub)
    .map((release) => {
      const { reasons, ...named } = release;
      const upgraded = planned.includes(release.hub ?? SUPPORT_CHART);
      return {
        ...named,
        ...(wave && { wave }),
        upgraded,
        causes: reasons.causes.map((cause) => explainCause(cause, input)),
        why_not: upgraded ? null : whyNot(input, paused, cluster, release),
        ...isInRun(release) ? gatesOf(inRun, release) : { gated_by: [], gates: [] },
      };
    });
}

interface ClusterRelease extends Release {
  readonly cluster: string;
}

function releasesIn(input: PlanInput): readonly ClusterRelease[] {
  return decide(input).clusters.flatMap((of) =>
    releasesOf(of).map((release) => ({ cluster: of.cluster.name, ...release }))
  );
}

/** Whether the branch deploys releases of a kind. */
function isDeployed(kind: Release["kind"], { deploys = "all" }: PlanInput): boolean {
  return deploys === "all" || (deploys === "prod") === (kind === "prod hub");
}

function whyNot(
  input: PlanInput,
  paused: Readonly<Record<string, string>>,
  cluster: string,
  { kind, hub, reasons }: Release,
) {
  const { labels, changed, deleted, rules } = input;
  if (reasons.any && !isDeployed(kind, input)) {
    const what = input.deploys === "prod" ? "prod hubs" : "what goes before prod hubs";
    return `the branch deploys ${what} alone; a push to one that deploys it would upgrade it`;
  }
  const skipping = labels.skipDeploy ?? (kind.endsWith(" hub") ? labels.skipDeployHubs : null);
  if (skipping !== null) {
    return reasons.any
      ? `the label ${skipping} skips it; without the label it would be upgraded`
      : `nothing that changed reaches it, and the label ${skipping} skips it anyway`;
  }
  if (reasons.any) {
    const pause = pauseOf({ cluster, release: hub ?? SUPPORT_CHART }, paused);
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
function gatesOf(all: readonly ClusterRelease[], { cluster, kind, hub, reasons }: ClusterRelease) {
  const nameOf = (release: ClusterRelease) => {
    const name = release.hub === null ? "support chart" : `${release.kind} ${release.hub}`;
    return release.cluster === cluster ? name : `${name} on ${release.cluster}`;
  };
  const names = (wanted: Release["kind"], isOwn: boolean) =>
    all.filter((release) => release.kind === wanted && (release.cluster === cluster) === isOwn)
      .filter((release) => release.reasons.any || (release.hub !== null && !reasons.any))
      .map(nameOf).sort();
  const canaries = (isOwn: boolean) => [
    ...names("support chart", isOwn),
    ...names("add-on", isOwn),
    ...names("staging hub", isOwn),
  ];
  const own = canaries(true);
  if (kind === "prod hub") return { gated_by: [...own, ...canaries(false)], gates: [] };
  const at = own.indexOf(hub === null ? kind : `${kind} ${hub}`);
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
