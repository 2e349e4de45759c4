import { fillText, PLACES } from "./evaluate.ts";
import type { RunEvent } from "./event.ts";
import { worstResult } from "./job_results.ts";
import type { JobRecord, RunRecord } from "./record.ts";
import { runJob } from "./run_job.ts";
import type { Workflow } from "./workflow_file.ts";
import { EMPTY_CONTEXTS, githubContext, type Run, type World } from "./world.ts";

export async function runWorkflow(
  world: World,
  workflow: Workflow,
  event: RunEvent,
  id: number,
): Promise<RunRecord> {
  const run: Run = { world, workflow, event, id, cancelled: false };
  const { path, name = path, concurrency = {} } = workflow;
  // A run by itself waits for no other: all that can go wrong with its group is the expression.
  const values = typeof concurrency === "string" ? { group: concurrency } : concurrency;
  for (const [name, value] of Object.entries(values)) {
    fillText(value, {
      at: `${path}: concurrency.${name}`,
      place: PLACES.concurrency,
      contexts: () => ({ ...EMPTY_CONTEXTS, github: githubContext(run, { token: "" }) }),
    });
  }
  const finished = new Map<string, JobRecord>();
  for (const id of workflow.order) {
    const job = workflow.jobs[id];
    if (job !== undefined) finished.set(id, await runJob(run, id, job, finished));
  }
  const jobs = Object.keys(workflow.jobs).flatMap((job) => finished.get(job) ?? []);
  const { cancelled } = run;
  const seen = jobs.map((job) => job.seen);
  const conclusion = worstResult(cancelled ? [...seen, "cancelled"] : seen);
  return { path, name, event: event.name, id, conclusion, cancelled, jobs };
}
