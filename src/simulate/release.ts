import type { Cluster } from "../plan/cluster.ts";
import type { ClusterLegs, WaveLegs } from "../plan/schema.ts";
import type { ProdHubJob, SupportAndStagingJob } from "../plan/schema.ts";
import { countOf } from "../report/summary.ts";
import { allLegs, deploymentsIn } from "./all_jobs.ts";
import {
  type DeploymentRecord,
  HAPPENED,
  type JobRecord,
  type LegRecord,
  type ReleaseRecord,
  type RunRecord,
} from "./record.ts";

/** A release by its name; it is empty for the support chart. */
export type Release = Pick<ReleaseRecord, "kind" | "cluster" | "hub" | "unchecked">;

/** The releases that a run is to upgrade, by the jobs that are to do it. */
interface PlannedJobs {
  readonly support_and_staging: readonly SupportAndStagingJob[];
  readonly prod: readonly ProdHubJob[];
  /** The names of their clusters, wave by wave. */
  readonly waves?: readonly (readonly string[])[] | undefined;
}

/** What the plan of a run gave its jobs, in whichever layout; nothing where it gave nothing. */
export function plannedJobs(run: RunRecord | undefined): PlannedJobs | undefined {
  const { outputs = {} } = run?.jobs.find(({ id }) => id === "generate-jobs") ?? {};
  const read = <Value>(name: string): Value | undefined =>
    outputs[name] ? JSON.parse(outputs[name]) : undefined;
  const clusters = read<ClusterLegs>("clusters");
  if (clusters !== undefined) {
    return {
      support_and_staging: Object.values(clusters.canaries).flat(),
      prod: Object.values(clusters.prod).flat(),
      waves: clusters.waves.map((shards) => shards.flat()),
    };
  }
  const waves = read<readonly WaveLegs[]>("waves");
  const canaries = waves?.flatMap((wave) => wave.canaries).flat() ??
    read<readonly SupportAndStagingJob[]>("support-and-staging-matrix-jobs");
  const prod = read<readonly ProdHubJob[]>("prod-hub-matrix-jobs");
  if (canaries === undefined || prod === undefined) return undefined;
  return { support_and_staging: canaries, prod, waves: waves?.map((wave) => wave.clusters) };
}

export function releaseRecords(
  clusters: readonly Cluster[],
  plan: PlannedJobs,
  run: RunRecord | undefined,
): readonly ReleaseRecord[] {
  const { support_and_staging: canaries, prod } = plan;
  const names = new Set([
    ...canaries.flatMap(({ cluster_name, upgrade_support, addons = [], staging_hubs }) => [
      ...upgrade_support ? [`support ${cluster_name} `] : [],
      ...addons.map((addon) => `support ${cluster_name} ${addon}`),
      ...staging_hubs.map((hub) => `staging ${cluster_name} ${hub}`),
    ]),
    ...prod.map(({ cluster_name, hub_name }) => `prod ${cluster_name} ${hub_name}`),
  ]);
  const legs = allLegs(run?.jobs ?? []);
  const deployments = deploymentsIn(legs);
  return releasesOf(clusters).map((release) => {
    const { kind, cluster, hub } = release;
    const planned = names.has(`${kind} ${cluster} ${hub}`);
    const wave = plan.waves?.findIndex((names) => names.includes(cluster));
    return {
      ...release,
      planned,
      ...upgradeOf(release, deployments) ??
        whyNot(release, planned, run, legs, wave),
    };
  });
}

export function releasesOf(clusters: readonly Cluster[]): readonly Release[] {
  return clusters.flatMap(({ name: cluster, support, addons = [], hubs }): Release[] => [
    ...support === null ? [] : [{ kind: "support", cluster, hub: "" } as const],
    ...addons.map(({ name: hub }) => ({ kind: "support", cluster, hub } as const)),
    ...hubs.map(({ name: hub, staging, check }): Release => ({
      kind: staging ? "staging" : "prod",
      cluster,
      hub,
      ...(check === null && { unchecked: true }),
    })),
  ]);
}

/** How the upgrade of a release ended; `undefined` where none was begun. */
export function upgradeOf(
  release: Release,
  deployments: readonly DeploymentRecord[],
): { readonly status: "deployed" | "failed"; readonly why: string } | undefined {
  const calls = deployments.filter(({ cluster, hub = "" }) =>
    cluster === release.cluster && hub === release.hub
  );
  const upgrade = calls.find((call) => call.action !== "check-hub");
  if (upgrade === undefined) return undefined;
  const failed = (why: string) => ({ status: "failed", why }) as const;
  if (upgrade.fate !== undefined) return failed(`the upgrade ${HAPPENED[upgrade.fate]}`);
  const check = calls.find((call) => call.action === "check-hub");
  if (release.kind === "support") return { status: "deployed", why: "" };
  if (check === undefined) {
    if (release.unchecked) return { status: "deployed", why: "" };
    return failed("it was upgraded and never checked");
  }
  if (check.fate !== undefined) return failed(`the health check ${HAPPENED[check.fate]}`);
  return { status: "deployed", why: "" };
}

function whyNot(
  release: Release,
  planned: boolean,
  run: RunRecord | undefined,
  legs: readonly LegRecord[],
  wave: number | undefined,
): Pick<ReleaseRecord, "status" | "why"> {
  if (!planned) return { status: "not planned", why: "" };
  if (run === undefined) return { status: "blocked", why: "the change starts no run" };
  if (run.event === "pull_request") {
    return { status: "planned", why: "a pull request deploys nothing" };
  }
  const why = whyBlocked(release, run, legs, wave);
  return why === undefined
    ? { status: "dropped", why: "nothing in the run says why" }
    : { status: "blocked", why };
}

/** The pipeline's own words where there are some, otherwise what ended the leg or the job. */
function whyBlocked(
  release: Release,
  run: RunRecord,
  legs: readonly LegRecord[],
  wave: number | undefined,
): string | undefined {
  const names = [release.hub, release.cluster].filter((name) => name !== "");
  for (const { message } of legs.flatMap((leg) => leg.annotations)) {
    const words = message.split(/[\s:,"]+/);
    const [, reason] = /is blocked: (.*)$/s.exec(message) ?? [];
    if (reason !== undefined && names.every((name) => words.includes(name))) return reason;
  }
  const own = legs.find((leg) => isLegOf(release, leg));
  const ended = own && whyEnded(own);
  if (ended !== undefined) return ended;
  if (run.cancelled) return "the run was cancelled";
  return whyNoWave(run.jobs, wave) ?? whyNoLeg(release, run.jobs);
}

/** What ended the call for a release, or a job of it; otherwise which job ended without a leg. */
function whyNoLeg(release: Release, jobs: readonly JobRecord[]): string | undefined {
  const caller = jobs.flatMap((job) => job.legs).find(({ called, matrix }) =>
    called !== undefined && matrix.cluster === release.cluster
  );
  if (caller?.called !== undefined) {
    const { called } = caller;
    const why = called.length === 0 ? whyEnded(caller) : whyNoLeg(release, called);
    if (why !== undefined) return why;
  }
  const job = jobs.find((job) =>
    hasFailed(job) && job.legs.every((leg) => leg.result !== "success" && leg.called === undefined)
  );
  const [leg] = job?.legs ?? [];
  return job && `the job ${job.id} ended as ${job.result}: ${leg ? whyEnded(leg) : job.why}`;
}

/** Which job of an earlier wave kept a wave from being begun. */
function whyNoWave(jobs: readonly JobRecord[], wave = 0): string | undefined {
  const isOfWave = ({ id }: JobRecord) => wave > 0 && id.endsWith(`-wave-${wave + 1}`);
  const skipped = jobs.find((job) => job.result === "skipped" && isOfWave(job));
  const cause = jobs.find((job) =>
    skipped?.needs.includes(job.id) && hasFailed(job) && !isOfWave(job)
  );
  return cause && `a wave before did not succeed: the job ${cause.id} ended as ${cause.result}`;
}

function hasFailed({ result }: JobRecord): boolean {
  return result === "failure" || result === "cancelled";
}

function isLegOf({ kind, cluster, hub }: Release, { matrix }: LegRecord): boolean {
  const values: Readonly<Record<string, unknown>> = Object(matrix.jobs);
  if (values.cluster_name !== cluster) return false;
  return kind === "prod" ? values.hub_name === hub : values.hub_name === undefined;
}

function whyEnded({ name, steps, lost, result, annotations }: LegRecord): string | undefined {
  const step = steps.find(({ conclusion }) =>
    conclusion === "failure" || conclusion === "cancelled"
  );
  const quoted = step && `"${step.name.trim()}"`;
  if (lost) return `the runner of "${name}" was lost${quoted ? ` in ${quoted}` : ""}`;
  if (quoted) {
    const ended = step?.conclusion === "failure" ? "failed" : "was cancelled";
    const [error, ...more] = annotations.filter(({ level }) => level === "error");
    if (error === undefined) return `${quoted} ${ended} before`;
    const others = more.length === 0 ? "" : `; and ${countOf(more.length, "more error")}`;
    return `${quoted} ${ended}: ${error.message}${others}`;
  }
  return result === "success" ? undefined : `"${name}" was cancelled before it started`;
}
