import { fillText, type Scope } from "./expression.ts";
import type { RunEvent } from "./event.ts";
import { githubContext } from "./github_context.ts";
import { runJob } from "./job.ts";
import { jobOrder, type Result } from "./needs.ts";
import { PLACES } from "./place.ts";
import type { JobRecord, RunRecord } from "./record.ts";
import { StrictDictionary } from "./strict_dictionary.ts";
import type { Workflow } from "./workflow_file.ts";
import type { Run, World } from "./world.ts";

/**
 * Runs a workflow.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax}
 * @throws {UserError} Where something is not modelled, or an expression reads what is not there.
 */
export async function runWorkflow(
  world: World,
  workflow: Workflow,
  event: RunEvent,
  id: number,
): Promise<RunRecord> {
  const run: Run = { world, workflow, event, id, cancelled: false, masks: [] };
  checkConcurrency(run);
  const finished = new Map<string, JobRecord>();
  for (const job of jobOrder(workflow)) {
    finished.set(job, await runJob(run, job, finished));
  }
  const jobs = Object.keys(workflow.jobs).flatMap((job) => finished.get(job) ?? []);
  return {
    path: workflow.path,
    name: workflow.name ?? workflow.path,
    event: event.name,
    id,
    conclusion: conclude(jobs, run.cancelled),
    cancelled: run.cancelled,
    jobs,
  };
}

/** A run by itself waits for no other: all that can go wrong with its group is the expression. */
function checkConcurrency(run: Run): void {
  const { concurrency = {}, path } = run.workflow;
  const values = typeof concurrency === "string" ? { group: concurrency } : concurrency;
  for (const [name, value] of Object.entries(values)) {
    const scope: Scope = {
      at: `${path}: concurrency.${name}`,
      place: PLACES.concurrency,
      contexts: () => ({
        github: githubContext(run),
        inputs: new StrictDictionary("inputs"),
        vars: new StrictDictionary("vars"),
      }),
    };
    fillText(value, scope);
  }
}

function conclude(jobs: readonly JobRecord[], cancelled: boolean): Result {
  const seen = jobs.map((job) => job.seen);
  if (seen.includes("failure")) return "failure";
  if (cancelled || seen.includes("cancelled")) return "cancelled";
  return seen.includes("success") ? "success" : "skipped";
}
