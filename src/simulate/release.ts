import type { Cluster } from "../plan/cluster.ts";
import type { Plan } from "../plan/schema.ts";
import type { Fate } from "./fault.ts";
import type { DeploymentRecord, LegRecord, RunRecord } from "./record.ts";

export type ReleaseStatus =
  | "deployed"
  | "failed"
  | "blocked"
  | "dropped"
  | "planned"
  | "not planned";

export interface ReleaseRecord {
  readonly kind: "support" | "staging" | "prod";
  readonly cluster: string;
  /** Empty for the support chart. */
  readonly hub: string;
  readonly planned: boolean;
  /**
   * `blocked` where the run says why it was not deployed, `dropped` where nothing says so, and
   * `planned` on a pull request, which deploys nothing.
   */
  readonly status: ReleaseStatus;
  /** Why it is not deployed; empty where it is. */
  readonly why: string;
}

/** What became of every release of the repository. */
export function releaseRecords(
  clusters: readonly Cluster[],
  { support_and_staging: canaries, prod }: Pick<Plan, "support_and_staging" | "prod">,
  run: RunRecord | undefined,
): readonly ReleaseRecord[] {
  const planned = new Set([
    ...canaries.flatMap((row) => [
      ...row.upgrade_support ? [`support ${row.cluster_name} `] : [],
      ...row.staging_hubs.map((hub) => `staging ${row.cluster_name} ${hub}`),
    ]),
    ...prod.map((row) => `prod ${row.cluster_name} ${row.hub_name}`),
  ]);
  const releases = clusters.flatMap((cluster) => [
    ...cluster.support === null
      ? []
      : [{ kind: "support", cluster: cluster.name, hub: "" } as const],
    ...cluster.hubs.map((hub) => ({
      kind: hub.staging ? "staging" : "prod",
      cluster: cluster.name,
      hub: hub.name,
    } as const)),
  ]);
  return releases.map((release) => {
    const isPlanned = planned.has(`${release.kind} ${release.cluster} ${release.hub}`);
    return { ...release, planned: isPlanned, ...fateOf(release, isPlanned, run) };
  });
}

type Release = Pick<ReleaseRecord, "kind" | "cluster" | "hub">;

function fateOf(
  release: Release,
  planned: boolean,
  run: RunRecord | undefined,
): Pick<ReleaseRecord, "status" | "why"> {
  const legs = run?.jobs.flatMap((job) => job.legs) ?? [];
  const calls = legs.flatMap((leg) => leg.steps).flatMap((step) => step.deployments)
    .filter((call) => call.cluster === release.cluster && (call.hub ?? "") === release.hub);
  const upgrade = calls.find((call) => call.action !== "check-hub");
  if (upgrade !== undefined) {
    const why = whyFailed(release, upgrade, calls.find((call) => call.action === "check-hub"));
    return why === "" ? { status: "deployed", why } : { status: "failed", why };
  }
  if (!planned) return { status: "not planned", why: "" };
  if (run === undefined) return { status: "blocked", why: "the change starts no run" };
  if (run.event === "pull_request") {
    return { status: "planned", why: "a pull request deploys nothing" };
  }
  const why = whyBlocked(release, run, legs);
  return why === undefined
    ? { status: "dropped", why: "nothing in the run says why" }
    : { status: "blocked", why };
}

const HAPPENED: Readonly<Record<Fate, string>> = {
  fail: "failed",
  cancel: "was cancelled",
  timeout: "timed out",
  lost: "lost its runner",
  "cancel-run": "was cancelled with the run",
};

function whyFailed(
  { kind }: Release,
  { fate }: DeploymentRecord,
  check: DeploymentRecord | undefined,
): string {
  if (fate !== undefined) return `the upgrade ${HAPPENED[fate]}`;
  if (kind === "support") return "";
  if (check === undefined) return "it was upgraded and never checked";
  return check.fate === undefined ? "" : `the health check ${HAPPENED[check.fate]}`;
}

/** The pipeline's own words where there are some, otherwise what ended the leg or the job. */
function whyBlocked(
  release: Release,
  run: RunRecord,
  legs: readonly LegRecord[],
): string | undefined {
  for (const { message } of legs.flatMap((leg) => leg.annotations)) {
    const words = message.split(/[\s:,"]+/);
    const [, reason] = /is blocked: (.*)$/s.exec(message) ?? [];
    const names = [release.hub, release.cluster].filter((name) => name !== "");
    if (reason !== undefined && names.every((name) => words.includes(name))) return reason;
  }
  const own = legs.find((leg) => isLegOf(release, leg));
  const ended = own === undefined ? undefined : whyEnded(own);
  if (ended !== undefined) return ended;
  if (run.cancelled) return "the run was cancelled";
  const job = run.jobs.find(({ result, legs }) =>
    (result === "failure" || result === "cancelled") &&
    legs.every((leg) => leg.result !== "success")
  );
  if (job === undefined) return undefined;
  const [leg] = job.legs;
  const why = leg === undefined ? job.why : whyEnded(leg);
  return `the job ${job.id} ended as ${job.result}: ${why}`;
}

function isLegOf({ kind, cluster, hub }: Release, { matrix }: LegRecord): boolean {
  const job = matrix.jobs;
  if (typeof job !== "object" || job === null || Array.isArray(job)) return false;
  const values = job as Readonly<Record<string, unknown>>;
  if (values.cluster_name !== cluster) return false;
  return kind === "prod" ? values.hub_name === hub : values.hub_name === undefined;
}

function whyEnded(leg: LegRecord): string | undefined {
  const step = leg.steps.find(({ conclusion }) =>
    conclusion === "failure" || conclusion === "cancelled"
  );
  if (leg.lost) {
    return `the runner of "${leg.name}" was lost${
      step === undefined ? "" : ` in "${step.name.trim()}"`
    }`;
  }
  if (step === undefined) {
    return leg.result === "success" ? undefined : `"${leg.name}" was cancelled before it started`;
  }
  return `"${step.name.trim()}" ${
    step.conclusion === "failure" ? "failed" : "was cancelled"
  } before`;
}
