import type { ClusterLegs, WaveLegs } from "../plan/schema.ts";
import type { ProdHubJob, SupportAndStagingJob } from "../plan/schema.ts";
import type { RunRecord } from "./record.ts";

/** The releases that a run is to upgrade, by the jobs that are to do it. */
export interface PlannedJobs {
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
