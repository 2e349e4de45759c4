import { inParallel } from "../in_parallel.ts";
import { calledLevel, callOutputs } from "./call_leg.ts";
import { toData } from "./context_data.ts";
import { fillText, fillValue, isTrue, PLACES } from "./evaluate.ts";
import { CANCELLED, isUndone, jobOutputs, worstResult } from "./job_results.ts";
import { MatrixError, matrixLegs } from "./matrix_legs.ts";
import type { JobRecord, LegRecord, MatrixLeg } from "./record.ts";
import { runLeg } from "./run_leg.ts";
import {
  conditionHolds,
  idleLeg,
  jobScope,
  type Level,
  nameOfLeg,
  type StartedJob,
  startJob,
} from "./started_job.ts";
import { type Caller, isCaller, unmodelled, type Workflow } from "./workflow_file.ts";
import { EMPTY_CONTEXTS, githubContext } from "./world.ts";

/**
 * Runs the jobs of a workflow one after the other, each once those that it needs are over; of those
 * of an earlier attempt, the ones that did not succeed.
 */
export async function runLevel(
  level: Level,
  earlier: readonly JobRecord[] | undefined,
): Promise<readonly JobRecord[]> {
  const { run, workflow, inputs } = level;
  const { path, concurrency = {} } = workflow;
  // A run by itself waits for no other: all that can go wrong with its group is the expression.
  const values = typeof concurrency === "string" ? { group: concurrency } : concurrency;
  const contexts = { ...EMPTY_CONTEXTS, inputs, github: githubContext(run, { token: "" }) };
  for (const [name, value] of Object.entries(values)) {
    fillText(value, { at: `${path}: concurrency.${name}`, place: PLACES.concurrency, contexts });
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
      : await runJob(startJob(level, id, job, finished), finished, isWhole ? undefined : kept);
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

/**
 * Runs a job, or skips it: its condition, its matrix, its legs, and what they come to. Where its
 * failed legs alone are run again, the others are as they were.
 */
async function runJob(
  started: StartedJob,
  finished: ReadonlyMap<string, JobRecord>,
  earlier?: JobRecord,
): Promise<JobRecord> {
  const { level: { run, workflow, prefix }, id, job } = started;
  // A name is listed as it is written where only a leg knows the values.
  const { name: own = id, needs = [] } = job;
  const isOfLeg = /\$\{\{(?:(?!\}\})[^])*\b(?:matrix|strategy)\b/.test(own);
  const name = prefix +
    (isOfLeg ? own : fillText(own, jobScope(started, "name", PLACES.jobSetting)));
  const declared = Object.keys(
    (isCaller(job) ? workflow.called.get(id)?.on.workflow_call?.outputs : job.outputs) ?? {},
  );
  const ended = (result: "skipped" | "failure", why: string): JobRecord => {
    const outputs = jobOutputs(declared, []);
    const end = { result, lost: false };
    run.listed.push({ name, attempt: run.attempt, taken: false, steps: [], end });
    return { id, name, needs, legs: [], outputs, result, seen: result, why };
  };
  if (!conditionHolds(started, run.cancelled)) {
    if (run.cancelled) return ended("skipped", CANCELLED);
    const ends = needs.map((need) => finished.get(need)).filter((need) => need?.seen !== "success")
      .map((need) => `${need?.id}: ${need?.result}`);
    return ended("skipped", ends.join(", ") || "its condition does not hold");
  }
  try {
    const matrices = matrixLegs(job.strategy, jobScope(started, "strategy.matrix"), workflow.path);
    const { legs, failed } = await runLegs(started, matrices, earlier);
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
): Promise<{ readonly legs: readonly LegRecord[]; readonly failed: boolean }> {
  const { level: { run, prefix, turn }, id, job } = started;
  const failFast = job.strategy !== undefined &&
    isTrue(
      fillValue(job.strategy["fail-fast"] ?? true, jobScope(started, "strategy.fail-fast")),
    );
  const counts = { "job-total": matrices.length, "max-parallel": matrices.length };
  let failed = false;
  let done = 0;
  const runOne = async (matrix: MatrixLeg, index: number): Promise<LegRecord> => {
    const before = earlier?.legs[index];
    if (before !== undefined && !isUndone(before)) return before;
    const contexts = {
      ...started.contexts,
      strategy: toData("strategy", { "fail-fast": failFast, "job-index": index, ...counts }),
      matrix: toData("matrix", matrix),
    };
    const stopped = run.cancelled ? !conditionHolds(started, true) : failFast && failed;
    const leg = isCaller(job)
      ? await callLeg({ ...started, contexts, job }, matrix, stopped, before)
      : await turn(() => runLeg({ ...started, contexts, job }, matrix, stopped));
    const forgiving = jobScope({ ...started, contexts }, "continue-on-error", PLACES.jobSetting);
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

/** Runs the jobs of the {@link https://docs.github.com/actions/reference/workflows-and-actions/reusing-workflow-configurations workflow that a leg calls}. */
async function callLeg(
  started: StartedJob<Caller>,
  matrix: MatrixLeg,
  stopped: boolean,
  before: LegRecord | undefined,
): Promise<LegRecord> {
  const { level: { run, workflow }, id, job } = started;
  if (stopped) return idleLeg(started, matrix, "cancelled");
  const callee = workflow.called.get(id);
  if (callee === undefined) {
    const [remote = ""] = job.uses.split("@");
    if (run.world.skippedActions.includes(remote)) return idleLeg(started, matrix, "success");
    throw unmodelled(`"${job.uses}", a workflow of another repository`, workflow.path);
  }
  const name = nameOfLeg(started, matrix);
  const inner = calledLevel(started, callee, name);
  const called = await runLevel(inner, before?.called);
  // A job that only the end of the run kept from running is one that was cancelled.
  const result = worstResult(called.map(({ why, seen }) => why === CANCELLED ? "cancelled" : seen));
  const gives = job.strategy === undefined || result === "success";
  const outputs = gives ? callOutputs(started, inner, called) : {};
  const nothing = { annotations: [], summary: "" };
  return { name, matrix, lost: false, steps: [], outputs, ...nothing, result, called };
}
