import type { Cluster } from "../src/plan/cluster.ts";
import { waveOf } from "../src/plan/waves.ts";
import type { Job } from "../src/workflow/job.ts";
import type { BuildJob } from "./build_job.ts";
import { type CanaryJob, canaryJob } from "./canary_job.ts";
import type { Deployment } from "./deployment.ts";
import { filterJob } from "./filter_job.ts";
import { inTurn } from "./lanes.ts";
import type { PlanJob } from "./plan_job.ts";
import { prodJob } from "./prod_job.ts";

/** The jobs that deploy phase by phase: in each wave the canaries, the filter, the prod hubs. */
export function phaseJobs(
  deployment: Deployment,
  clusters: readonly Cluster[],
  plan: PlanJob,
  build: BuildJob | undefined,
): readonly Job[] {
  const { settings } = deployment;
  const { jobs: { canary, prod }, waves = [undefined] } = settings;
  return waves.reduce((earlier: readonly Job[], _, wave) => {
    const own = settings.waves === undefined
      ? clusters
      : clusters.filter(({ name }) => waveOf(name, settings.waves ?? []) === wave);
    const canaries: readonly CanaryJob[] = inTurn(
      { wave, settings, maxParallel: canary.maxParallel, earlier },
      (turn) => canaryJob(deployment, own, plan, build, turn),
    );
    const filter = filterJob(deployment, plan, canaries, build, {
      lane: { wave, shard: 0 },
      earlier,
    });
    const prods = inTurn(
      { wave, settings, maxParallel: prod.maxParallel, earlier },
      (turn) => prodJob(deployment, own, plan, filter, turn),
    );
    return [...earlier, ...canaries, filter, ...prods];
  }, []);
}
