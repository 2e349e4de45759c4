import { UserError } from "../errors.ts";
import { toData } from "./context_data.ts";
import type { RunEvent } from "./event.ts";
import { isUndone, worstResult } from "./job_results.ts";
import type { RunRecord } from "./record.ts";
import { runLevel } from "./run_level.ts";
import { turns } from "./turns.ts";
import { DEFAULT_PERMISSIONS, type Workflow } from "./workflow_file.ts";
import type { Run, World } from "./world.ts";

export interface Rerun {
  /** Its latest attempt. */
  readonly record: RunRecord;
  /** All jobs, or the failed ones with those that need them. */
  readonly jobs: "all" | "failed";
}

/** Runs a workflow, or {@link https://docs.github.com/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs runs it again}. */
export async function runWorkflow(
  world: World,
  workflow: Workflow,
  event: RunEvent,
  id: number,
  rerun?: Rerun,
): Promise<RunRecord> {
  const { path, name = path } = workflow;
  const before = world.runs.get(id);
  const others = [...world.runs.values()].filter((run) => run.workflow.path === path);
  const run: Run = {
    ...{ world, workflow, event, id },
    number: before?.number ?? others.length + 1,
    attempt: (before?.attempt ?? 0) + 1,
    listed: before?.listed ?? [],
    ...{ cancelled: false, conclusion: undefined },
  };
  const earlier = rerun?.jobs === "failed" ? rerun.record.jobs : undefined;
  if (earlier?.some(isUndone) === false) {
    throw new UserError(`Cannot run the failed jobs of run ${id} again: none failed`);
  }
  world.runs.set(id, run);
  const level = {
    ...{ run, workflow, prefix: "", callers: [], inputs: toData("inputs", {}) },
    permissions: workflow.permissions ?? DEFAULT_PERMISSIONS,
    // Only GitHub knows the secrets, so each has a made-up value.
    secret: (name: string) => `simulated secret ${name}`,
    turn: turns(navigator.hardwareConcurrency),
  };
  const jobs = await runLevel(level, earlier);
  const { cancelled, attempt } = run;
  const seen = jobs.map((job) => job.seen);
  const conclusion = worstResult(cancelled ? [...seen, "cancelled"] : seen);
  run.conclusion = conclusion;
  return { path, name, event: event.name, id, attempt, conclusion, cancelled, jobs };
}
