import { fillText, PLACES } from "./evaluate.ts";
import { isUndone } from "./job_results.ts";
import type { Level } from "./level.ts";
import type { JobRecord } from "./record.ts";
import { runJob } from "./run_job.ts";
import type { Workflow } from "./workflow_file.ts";
import { EMPTY_CONTEXTS, githubContext } from "./world.ts";

/** Runs the jobs of a workflow one after the other, each once those that it needs are over. */
export async function runLevel(
  level: Level,
  earlier: readonly JobRecord[] | undefined,
): Promise<readonly JobRecord[]> {
  const { run, workflow, inputs } = level;
  const { path, concurrency = {} } = workflow;
  // A run by itself waits for no other: all that can go wrong with its group is the expression.
  const values = typeof concurrency === "string" ? { group: concurrency } : concurrency;
  for (const [name, value] of Object.entries(values)) {
    fillText(value, {
      at: `${path}: concurrency.${name}`,
      place: PLACES.concurrency,
      contexts: () => ({ ...EMPTY_CONTEXTS, inputs, github: githubContext(run, { token: "" }) }),
    });
  }
  const redone = earlier && jobsToRedo(workflow, earlier);
  const finished = new Map<string, JobRecord>();
  for (const id of workflow.order) {
    const job = workflow.jobs[id];
    if (job === undefined) continue;
    const kept = earlier?.find((job) => job.id === id);
    const needs = [...workflow.needed.get(id) ?? []];
    const isWhole = needs.some((need) => redone?.has(need));
    const record = kept !== undefined && !redone?.has(id)
      ? kept
      : await runJob({ level, finished, runLevel }, id, job, isWhole ? undefined : kept);
    finished.set(id, record);
  }
  return Object.keys(workflow.jobs).flatMap((job) => finished.get(job) ?? []);
}

/** The jobs that did not succeed, with all that need them. */
function jobsToRedo({ needed }: Workflow, jobs: readonly JobRecord[]): ReadonlySet<string> {
  const failed = new Set(jobs.filter(isUndone).map((job) => job.id));
  const dependants = [...needed].filter(([, needs]) => !failed.isDisjointFrom(needs));
  return failed.union(new Set(dependants.map(([id]) => id)));
}
