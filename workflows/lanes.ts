import type { Settings } from "../src/config/settings.ts";
import type { Expression } from "../src/workflow/expression.ts";
import { cancelled } from "../src/workflow/functions.ts";
import { type Job, needOf } from "../src/workflow/job.ts";
import type { PlanJob } from "./plan_job.ts";

/** The jobs that go before those that deploy. */
export interface Planned {
  readonly plan: PlanJob;
  /** All that must have succeeded: the plan, and a build where the config has one. */
  readonly required: readonly Job[];
}

/** One of the jobs that do the same, and what it waits for besides what it reads. */
export interface Turn {
  /** Which wave of clusters it is for, from 0. */
  readonly wave: number;
  /** Which part of the wave's legs it has, from 0. */
  readonly shard: number;
  /** All jobs of the waves before, of which none may have failed. */
  readonly earlier: readonly Job[];
  /** The job of the shard before, where only so many legs may run at once. */
  readonly before: readonly Job[];
}

/** Defines the jobs of each wave, which follow those of all waves before. */
export function waveJobs(
  { waves }: Pick<Settings, "waves">,
  define: (wave: number, earlier: readonly Job[]) => readonly Job[],
): readonly Job[] {
  return (waves ?? [undefined]).reduce(
    (earlier: readonly Job[], _, wave) => [...earlier, ...define(wave, earlier)],
    [],
  );
}

/**
 * Defines a wave's jobs that do the same, one for each shard. They take turns where only so many
 * legs may run at once: GitHub counts those of one job.
 */
export function shardJobs<One extends Job>(
  shards: number,
  maxParallel: number | undefined,
  define: (turn: Pick<Turn, "shard" | "before">) => One,
): readonly One[] {
  const jobs: One[] = [];
  for (let shard = 0; shard < shards; shard++) {
    const before = maxParallel === undefined ? [] : jobs.slice(-1);
    jobs.push(define({ shard, before }));
  }
  return jobs;
}

/** The id of one of the jobs that do the same: the first has that of a workflow with one. */
export function idOf<const Id extends string>(
  id: Id,
  { wave, shard = 0 }: Pick<Turn, "wave"> & Partial<Pick<Turn, "shard">>,
): `${Id}${string}` {
  const waveSuffix = wave === 0 ? "" : `-wave-${wave + 1}`;
  return `${id}${waveSuffix}${shard === 0 ? "" : `-shard-${shard + 1}`}`;
}

/** Whether a run deploys, and what a job has to wait for went well. */
export function isTurn(
  { earlier, before }: Turn,
  required: readonly Job[],
  isDeployment: Expression<boolean>,
): Expression<boolean> {
  if (earlier.length + before.length === 0) return isDeployment;
  const results = [
    ...required.map((job) => needOf(job).result.equals("success")),
    ...earlier.map((job) => {
      const { result } = needOf(job);
      return result.equals("success").or(result.equals("skipped"));
    }),
  ];
  return [...results, isDeployment].reduce((all, one) => all.and(one), cancelled().not());
}
