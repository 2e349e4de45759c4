import { callLeg } from "./call_leg.ts";
import { type Contexts, toData } from "./context_data.ts";
import { fillText, fillValue, isTrue, PLACES } from "./evaluate.ts";
import { inParallel } from "../in_parallel.ts";
import { CANCELLED, isUndone, jobOutputs, worstResult } from "./job_results.ts";
import type { Level, RunLevel } from "./level.ts";
import { MatrixError, matrixLegs } from "./matrix_legs.ts";
import type { JobRecord, LegRecord, MatrixLeg } from "./record.ts";
import { runLeg } from "./run_leg.ts";
import { type StartedJob, startJob } from "./started_job.ts";
import { isCaller, type Job } from "./workflow_file.ts";

/** What a job needs to know of the workflow that it is in. */
interface Surroundings {
  readonly level: Level;
  readonly finished: ReadonlyMap<string, JobRecord>;
  readonly runLevel: RunLevel;
}

/**
 * Runs a job, or skips it: its condition, its matrix, its legs, and what they come to. Where its
 * failed legs alone are run again, the others are as they were.
 */
export async function runJob(
  { level, finished, runLevel }: Surroundings,
  id: string,
  job: Job,
  earlier?: JobRecord,
): Promise<JobRecord> {
  const { run, workflow, prefix } = level;
  const started = startJob(level, id, job, finished);
  const { scope, needs } = started;
  // A name is listed as it is written where only a leg knows the values.
  const { name: own = id } = job;
  const isOfLeg = /\$\{\{(?:(?!\}\})[^])*\b(?:matrix|strategy)\b/.test(own);
  const name = prefix + (isOfLeg ? own : fillText(own, scope("name", PLACES.jobSetting)));
  const declared = Object.keys(
    (isCaller(job) ? workflow.called.get(id)?.on.workflow_call?.outputs : job.outputs) ?? {},
  );
  const ended = (result: "skipped" | "failure", why: string): JobRecord => {
    const outputs = jobOutputs(declared, []);
    const end = { result, lost: false };
    run.listed.push({ name, attempt: run.attempt, taken: false, steps: [], end });
    return { id, name, needs, legs: [], outputs, result, seen: result, why };
  };
  if (!started.conditionHolds(run.cancelled)) {
    if (run.cancelled) return ended("skipped", CANCELLED);
    const ends = needs.map((need) => finished.get(need)).filter((need) => need?.seen !== "success")
      .map((need) => `${need?.id}: ${need?.result}`);
    return ended("skipped", ends.join(", ") || "its condition does not hold");
  }
  try {
    const matrices = matrixLegs(job.strategy, scope("strategy.matrix"), workflow.path);
    const { legs, failed } = await runLegs(started, matrices, earlier, runLevel);
    const result = worstResult(legs.map((leg) => leg.result));
    // What a leg put out in an earlier attempt is still there, where it puts out nothing in this one.
    const outputs = jobOutputs(
      declared,
      [...earlier?.legs ?? [], ...legs].map((leg) => leg.outputs),
    );
    const seen = result === "failure" && !failed ? "success" : result;
    return { id, name, needs, why: "", result, seen, legs, outputs };
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    return ended("failure", `GitHub cannot make its matrix: ${error.message}`);
  }
}

async function runLegs(
  started: StartedJob,
  matrices: readonly MatrixLeg[],
  earlier: JobRecord | undefined,
  runLevel: RunLevel,
): Promise<{ readonly legs: readonly LegRecord[]; readonly failed: boolean }> {
  const { level: { run, prefix, turn }, id, job, scope } = started;
  const failFast = job.strategy !== undefined &&
    isTrue(fillValue(job.strategy["fail-fast"] ?? true, scope("strategy.fail-fast")));
  const counts = { "job-total": matrices.length, "max-parallel": matrices.length };
  let failed = false;
  let done = 0;
  const runOne = async (matrix: MatrixLeg, index: number): Promise<LegRecord> => {
    const before = earlier?.legs[index];
    if (before !== undefined && !isUndone(before)) return before;
    const strategy = { "fail-fast": failFast, "job-index": index, ...counts };
    const contexts: Contexts = {
      ...started.contexts,
      strategy: toData("strategy", strategy),
      matrix: toData("matrix", matrix),
    };
    const stopped = run.cancelled ? !started.conditionHolds(true) : failFast && failed;
    const leg = isCaller(job)
      ? await callLeg({ ...started, contexts, job }, matrix, {
        ...{ stopped, earlier: before?.called, runLevel },
      })
      : await turn(() => runLeg({ ...started, contexts, job }, matrix, stopped));
    const forgiving = scope("continue-on-error", PLACES.jobSetting, contexts);
    const forgiven = !isCaller(job) &&
      isTrue(fillValue(job["continue-on-error"] ?? false, forgiving));
    failed ||= leg.result === "failure" && !forgiven;
    run.world.progress(`${prefix}${id}: ${++done} of ${matrices.length} done`);
    return leg;
  };
  // Where a leg can stop others, it must always stop the same ones.
  const stops = failFast || run.world.faults.some(({ fate }) => fate === "cancel-run");
  const legs = await inParallel(matrices, stops ? 1 : navigator.hardwareConcurrency, runOne);
  return { legs, failed };
}
