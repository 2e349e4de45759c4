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
import { listNames } from "../text/list_names.ts";
import { describeKeyValue } from "./mask.ts";
import { ruleSays } from "./rule_says.ts";

/** Why a release is upgraded, or not, and what waits for what. */
export interface ReleaseExplanation extends Omit<Release, "reasons"> {
  readonly cluster: string;
  readonly upgraded: boolean;
  /** The rules that upgrade it; where a label skips it, those that would. */
  readonly causes: readonly ExplainedCause[];
  readonly why_not: string | null;
  /** What on its cluster has to succeed before it if it is upgraded, and what waits for it. */
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
  const labels = { ...input.labels, skipDeploy: null, skipDeployHubs: null };
  const unskipped = releasesIn({ ...input, labels }, cluster);
  return unskipped.filter((release) => hub === undefined || release.hub === hub)
    .map((release) => {
      const { reasons, ...named } = release;
      const upgraded = planned.includes(release.hub ?? SUPPORT_CHART);
      return {
        cluster,
        ...named,
        upgraded,
        causes: reasons.causes.map((cause) => explainCause(cause, input)),
        why_not: upgraded ? null : whyNot(input, paused, cluster, release),
        ...gatesOf(unskipped, release),
      };
    });
}

function releasesIn(input: PlanInput, name: string): readonly Release[] {
  return decide(input).clusters.filter(({ cluster }) => cluster.name === name)
    .flatMap(releasesOf);
}

function whyNot(
  { labels, changed, deleted, rules }: PlanInput,
  paused: Readonly<Record<string, string>>,
  cluster: string,
  { kind, hub, reasons }: Release,
) {
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
 * What has to succeed before a release, and what waits for it: of what is upgraded on the cluster
 * if the release is, otherwise of everything there. Canaries are upgraded one after the other.
 */
function gatesOf(all: readonly Release[], { kind, hub, reasons }: Release) {
  const names = (wanted: Release["kind"]) =>
    all.filter((release) => release.kind === wanted && (release.reasons.any || !reasons.any))
      .map((release) => `${wanted} ${release.hub}`).sort();
  const support = all.some((release) => release.hub === null && release.reasons.any)
    ? ["support chart"]
    : [];
  const canaries = [...support, ...names("add-on"), ...names("staging hub")];
  if (kind === "prod hub") return { gated_by: canaries, gates: [] };
  const at = canaries.indexOf(hub === null ? kind : `${kind} ${hub}`);
  return {
    gated_by: canaries.slice(0, Math.max(0, at)),
    gates: [...canaries.slice(at + 1), ...names("prod hub")],
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
