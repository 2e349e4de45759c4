import type { Settings } from "../src/config/settings.ts";
import type { Expression } from "../src/workflow/expression.ts";
import { cancelled } from "../src/workflow/functions.ts";
import { type Job, needOf } from "../src/workflow/job.ts";

/** One of the jobs that do the same: for a wave of clusters, and for a part of its legs. */
export interface Lane {
  /** Counted from 0. */
  readonly wave: number;
  readonly shard: number;
}

/** What a job waits for besides what it reads. */
export interface Turn {
  readonly lane: Lane;
  /** All jobs of the waves before, of which none may have failed. */
  readonly earlier: readonly Job[];
  /** The job of the shard before, where only so many legs may run at once. */
  readonly before: readonly Job[];
}

/** Defines a wave's jobs that do the same, one for each shard. */
export function inTurn<One extends Job>(
  { wave, settings, maxParallel, earlier }: Pick<Turn, "earlier"> & {
    readonly wave: number;
    readonly settings: Pick<Settings, "shards">;
    /** How many legs may run at once: GitHub counts those of one job, so the jobs take turns. */
    readonly maxParallel: number | undefined;
  },
  define: (turn: Turn) => One,
): readonly One[] {
  const jobs: One[] = [];
  for (let shard = 0; shard < settings.shards; shard++) {
    const before = maxParallel === undefined ? [] : jobs.slice(-1);
    jobs.push(define({ lane: { wave, shard }, earlier, before }));
  }
  return jobs;
}

/** The id of a lane's job: the first has that of a workflow with one. */
export function laneId<const Id extends string>(id: Id, { wave, shard }: Lane): `${Id}${string}` {
  const waveSuffix = wave === 0 ? "" : `-wave-${wave + 1}`;
  return `${id}${waveSuffix}${shard === 0 ? "" : `-shard-${shard + 1}`}`;
}

/** Whether some jobs and the run before them went well; nothing where no wave goes before. */
export function afterEarlier(
  { earlier, before }: Pick<Turn, "earlier" | "before">,
  required: readonly Job[],
): Expression<boolean> | undefined {
  if (earlier.length + before.length === 0) return undefined;
  const isOver = (job: Job) => {
    const { result } = needOf(job);
    return result.equals("success").or(result.equals("skipped"));
  };
  return [
    ...required.map((job) => needOf(job).result.equals("success")),
    ...earlier.map(isOver),
  ].reduce((all, one) => all.and(one), cancelled().not());
}
