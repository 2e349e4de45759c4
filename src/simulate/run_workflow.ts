import { fillText } from "./evaluate.ts";
import type { RunEvent } from "./event.ts";
import { worstResult } from "./job_results.ts";
import { PLACES } from "./place.ts";
import type { JobRecord, RunRecord } from "./record.ts";
import { EMPTY_CONTEXTS, githubContext } from "./run_context.ts";
import { runJob } from "./run_job.ts";
import type { Workflow } from "./workflow_file.ts";
import type { Run, World } from "./world.ts";

export async function runWorkflow(
  world: World,
  workflow: Workflow,
  event: RunEvent,
  id: number,
): Promise<RunRecord> {
  const run: Run = { world, workflow, event, id, cancelled: false };
  checkConcurrency(run);
  const finished = new Map<string, JobRecord>();
  for (const job of workflow.order) finished.set(job, await runJob(run, job, finished));
  const jobs = Object.keys(workflow.jobs).flatMap((job) => finished.get(job) ?? []);
  const { path, name = path } = workflow;
  const { cancelled } = run;
  const conclusion = worstResult([
    ...jobs.map(({ seen }) => seen),
    ...(cancelled ? ["cancelled" as const] : []),
  ]);
  return { path, name, event: event.name, id, conclusion, cancelled, jobs };
}

/** A run by itself waits for no other: all that can go wrong with its group is the expression. */
function checkConcurrency(run: Run): void {
  const { concurrency = {}, path } = run.workflow;
  const values = typeof concurrency === "string" ? { group: concurrency } : concurrency;
  for (const [name, value] of Object.entries(values)) {
    fillText(value, {
      at: `${path}: concurrency.${name}`,
      place: PLACES.concurrency,
      contexts: () => ({ ...EMPTY_CONTEXTS, github: githubContext(run, { token: "" }) }),
    });
  }
}
