import { UserError } from "../errors.ts";
import { fillText, PLACES } from "./evaluate.ts";
import type { RunEvent } from "./event.ts";
import { worstResult } from "./job_results.ts";
import type { JobRecord, RunRecord } from "./record.ts";
import { CANCELLED, runJob } from "./run_job.ts";
import type { Workflow } from "./workflow_file.ts";
import { EMPTY_CONTEXTS, githubContext, type Run, type World } from "./world.ts";

/** A run that is run again. */
export interface Rerun {
  /** Its latest attempt. */
  readonly record: RunRecord;
  /** All jobs, or the failed ones with those that need them. */
  readonly jobs: "all" | "failed";
}

/**
 * Runs a workflow, or runs it again.
 *
 * @see {@link https://docs.github.com/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs}
 */
export async function runWorkflow(
  world: World,
  workflow: Workflow,
  event: RunEvent,
  id: number,
  rerun?: Rerun,
): Promise<RunRecord> {
  const { path, name = path, concurrency = {} } = workflow;
  const before = world.runs.get(id);
  const others = [...world.runs.values()].filter((run) => run.workflow.path === path);
  const run: Run = {
    ...{ world, workflow, event, id },
    number: before?.number ?? others.length + 1,
    attempt: (before?.attempt ?? 0) + 1,
    listed: before?.listed ?? [],
    ...{ cancelled: false, conclusion: undefined },
  };
  // A run by itself waits for no other: all that can go wrong with its group is the expression.
  const values = typeof concurrency === "string" ? { group: concurrency } : concurrency;
  for (const [name, value] of Object.entries(values)) {
    fillText(value, {
      at: `${path}: concurrency.${name}`,
      place: PLACES.concurrency,
      contexts: () => ({ ...EMPTY_CONTEXTS, github: githubContext(run, { token: "" }) }),
    });
  }
  const again = rerun && new Map(rerun.record.jobs.map((job) => [job.id, job]));
  const redone = rerun?.jobs === "failed" ? jobsToRedo(workflow, rerun.record) : undefined;
  world.runs.set(id, run);
  const finished = new Map<string, JobRecord>();
  for (const id of workflow.order) {
    const job = workflow.jobs[id];
    const earlier = again?.get(id);
    if (job === undefined) continue;
    const kept = redone === undefined ? undefined : earlier;
    const needs = [...workflow.needed.get(id) ?? []];
    const isWhole = needs.some((need) => redone?.has(need));
    const record = kept !== undefined && !redone?.has(id)
      ? kept
      : await runJob(run, id, job, finished, isWhole ? undefined : kept);
    finished.set(id, record);
  }
  const jobs = Object.keys(workflow.jobs).flatMap((job) => finished.get(job) ?? []);
  const { cancelled, attempt } = run;
  const seen = jobs.map((job) => job.seen);
  const conclusion = worstResult(cancelled ? [...seen, "cancelled"] : seen);
  run.conclusion = conclusion;
  return { path, name, event: event.name, id, attempt, conclusion, cancelled, jobs };
}

/** The jobs that did not succeed, with all that need them. */
function jobsToRedo({ needed }: Workflow, { jobs, id }: RunRecord): ReadonlySet<string> {
  const failed = new Set(
    jobs.filter(({ result, why }) =>
      result === "failure" || result === "cancelled" || why === CANCELLED
    ).map((job) => job.id),
  );
  if (failed.size === 0) {
    throw new UserError(`Cannot run the failed jobs of run ${id} again: none failed`);
  }
  const dependants = [...needed].filter(([, needs]) => !failed.isDisjointFrom(needs));
  return failed.union(new Set(dependants.map(([id]) => id)));
}
