import { legName } from "../workflow/leg_name.ts";
import { type Contexts, Secrets, toData } from "./context_data.ts";
import {
  fillAll,
  fillText,
  fillValue,
  holds,
  isTrue,
  type Place,
  PLACES,
  type Scope,
} from "./evaluate.ts";
import { inParallel } from "../in_parallel.ts";
import { jobOutputs, jobStatus, legOutputs, worstResult } from "./job_results.ts";
import { type Frame, type Leg, stepContexts } from "./leg.ts";
import { MatrixError, matrixLegs } from "./matrix_legs.ts";
import type { JobRecord, LegRecord, MatrixLeg } from "./record.ts";
import { runSteps } from "./run_steps.ts";
import { DEFAULT_PERMISSIONS, type Job } from "./workflow_file.ts";
import { EMPTY_CONTEXTS, githubContext, type ListedJob, type Run, RUNNER } from "./world.ts";

/** Why a job was skipped whose run was cancelled. */
export const CANCELLED = "the run was cancelled";

/**
 * Runs a job, or skips it: its condition, its matrix, its legs, and what they come to. Where its
 * failed legs alone are run again, the others are as they were.
 */
export async function runJob(
  run: Run,
  id: string,
  job: Job,
  finished: ReadonlyMap<string, JobRecord>,
  earlier?: JobRecord,
): Promise<JobRecord> {
  const started = startJob(run, id, job, finished);
  const { scope, needs } = started;
  // A name is listed as it is written where only a leg knows the values.
  const { name: own = id } = job;
  const isOfLeg = /\$\{\{(?:(?!\}\})[^])*\b(?:matrix|strategy)\b/.test(own);
  const name = isOfLeg ? own : fillText(own, scope("name", PLACES.jobSetting));
  const ended = (result: "skipped" | "failure", why: string): JobRecord => {
    const outputs = jobOutputs(Object.keys(job.outputs ?? {}), []);
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
    const legs = matrixLegs(job.strategy, scope("strategy.matrix"), run.workflow.path);
    return { id, name, needs, why: "", ...await runLegs(started, legs, earlier) };
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    return ended("failure", `GitHub cannot make its matrix: ${error.message}`);
  }
}

type StartedJob = ReturnType<typeof startJob>;

function startJob(run: Run, id: string, job: Job, finished: ReadonlyMap<string, JobRecord>) {
  const { path, needed } = run.workflow;
  const { needs = [], permissions = run.workflow.permissions ?? DEFAULT_PERMISSIONS } = job;
  const token = run.world.api.tokenFor(permissions);
  const results = needs.map((need) => {
    const { seen = "skipped", outputs = {} } = finished.get(need) ?? {};
    return [need, { result: seen, outputs }] as const;
  });
  const contexts: Contexts = {
    ...EMPTY_CONTEXTS,
    github: githubContext(run, { token }),
    needs: toData("needs", Object.fromEntries(results)),
  };
  const scope = (key: string, place: Place = PLACES.jobStrategy, of = contexts): Scope => ({
    at: `${path}: jobs.${id}.${key}`,
    place,
    contexts: () => of,
  });
  const before = [...needed.get(id) ?? []].map((need) => finished.get(need)?.seen ?? "skipped");
  const conditionHolds = (cancelled: boolean) =>
    holds(job.if, { ...scope("if", PLACES.jobIf), status: jobStatus(before, cancelled) });
  return { run, id, job, needs, permissions, token, contexts, scope, conditionHolds };
}

async function runLegs(
  started: StartedJob,
  matrices: readonly MatrixLeg[],
  earlier: JobRecord | undefined,
) {
  const { run, id, job, scope } = started;
  const failFast = job.strategy !== undefined &&
    isTrue(fillValue(job.strategy["fail-fast"] ?? true, scope("strategy.fail-fast")));
  const counts = { "job-total": matrices.length, "max-parallel": matrices.length };
  let failed = false;
  let done = 0;
  const runOne = async (matrix: MatrixLeg, index: number): Promise<LegRecord> => {
    const before = earlier?.legs[index];
    if (before?.result === "success") return before;
    const strategy = { "fail-fast": failFast, "job-index": index, ...counts };
    const contexts: Contexts = {
      ...started.contexts,
      strategy: toData("strategy", strategy),
      matrix: toData("matrix", matrix),
    };
    const stopped = run.cancelled ? !started.conditionHolds(true) : failFast && failed;
    const leg = await runLeg({ ...started, contexts }, matrix, stopped);
    const forgiving = scope("continue-on-error", PLACES.jobSetting, contexts);
    failed ||= leg.result === "failure" &&
      !isTrue(fillValue(job["continue-on-error"] ?? false, forgiving));
    run.world.progress(`${id}: ${++done} of ${matrices.length} done`);
    return leg;
  };
  // Where a leg can stop others, it must always stop the same ones.
  const stops = failFast || run.world.faults.some(({ fate }) => fate === "cancel-run");
  const legs = await inParallel(matrices, stops ? 1 : navigator.hardwareConcurrency, runOne);
  const result = worstResult(legs.map((leg) => leg.result));
  // What a leg put out in an earlier attempt is still there, where it puts out nothing in this one.
  const finished = [...earlier?.legs ?? [], ...legs].map((leg) => leg.outputs);
  const outputs = jobOutputs(Object.keys(job.outputs ?? {}), finished);
  const seen = result === "failure" && !failed ? "success" as const : result;
  return { result, seen, legs, outputs };
}

async function runLeg(
  started: StartedJob,
  matrix: MatrixLeg,
  stopped: boolean,
): Promise<LegRecord> {
  const { run, id, job, permissions, token, contexts, scope } = started;
  const { world, workflow } = run;
  const { name: own = id } = job;
  const setting = (key: string) => scope(key, PLACES.jobSetting, contexts);
  const name = own.includes("${{") ? fillText(own, setting("name")) : legName(own, matrix);
  // GitHub fails a job whose settings cannot be evaluated; nothing else here depends on them.
  for (const label of job["runs-on"]) fillText(label, setting("runs-on"));
  fillText(job.environment?.name ?? "", setting("environment"));
  fillValue(job["timeout-minutes"] ?? 0, setting("timeout-minutes"));
  const none = { name, matrix, lost: false, steps: [], outputs: {}, annotations: [], summary: "" };
  const list = (entry: Pick<ListedJob, "taken" | "end"> & Partial<ListedJob>) => {
    const listed = { name, attempt: run.attempt, steps: [], ...entry };
    run.listed.push(listed);
    return listed;
  };
  if (stopped) {
    const result = "cancelled";
    list({ taken: false, end: { result, lost: false } });
    return { ...none, result };
  }
  const fate = world.faults.find(({ target }) => target.kind === "job" && target.id === id)?.fate;
  if (fate === "lost") {
    const end = { result: "failure", lost: true } as const;
    list({ taken: true, end });
    return { ...none, ...end };
  }

  await using machine = await world.machines.start(run.event.payload);
  const { workspace, temp, variables: { RUNNER_TOOL_CACHE: tool_cache = "" } } = machine;
  const masks = new Set([token]);
  const legContexts: Contexts = {
    ...contexts,
    github: githubContext(run, { token, job: id, workspace }),
    secrets: new Secrets(token, masks),
    runner: toData("runner", { ...RUNNER, temp, tool_cache, debug: "" }),
  };
  const leg: Leg = {
    ...{ run, job: id, machine, permissions, token, masks, fate, contexts: legContexts },
    ...{ path: [], annotations: [], summary: [], steps: [], status: "success", lost: false },
    survivesCancellation: () => started.conditionHolds(true),
    env: {
      ...fillAll(workflow.env, {
        at: `${workflow.path}: env`,
        place: PLACES.workflowEnv,
        contexts: () => legContexts,
      }),
      ...fillAll(job.env, scope("env", PLACES.jobEnv, legContexts)),
    },
  };
  const frame = jobFrame(leg, started);
  const listed = list({ taken: true, steps: leg.steps, end: undefined });
  await runSteps(leg, frame, job.steps);
  const { lost, steps } = leg;
  const outputs = lost
    ? {}
    : fillAll(job.outputs, scope("outputs", PLACES.jobOutputs, stepContexts(leg, frame, leg.env)));
  const { values, warnings } = legOutputs(outputs, masks);
  const result = lost ? "failure" : leg.status;
  listed.end = { result, lost };
  const annotations = [...leg.annotations, ...warnings];
  const summary = leg.summary.join("\n");
  return { name, matrix, result, lost, steps, outputs: values, annotations, summary };
}

function jobFrame(leg: Leg, { run: { workflow }, job, scope }: StartedJob): Frame {
  const defaults = { ...workflow.defaults?.run, ...job.defaults?.run };
  const contexts = { ...leg.contexts, env: toData("env", leg.env) };
  const fill = (key: "shell" | "working-directory") => {
    const text = defaults[key];
    return text && fillText(text, scope(`defaults.run.${key}`, PLACES.jobDefaults, contexts));
  };
  return {
    file: workflow.path,
    at: `jobs.${leg.job}.steps`,
    ...{ contexts: {}, env: {}, variables: {}, steps: new Map(), action: undefined },
    defaults: { shell: fill("shell"), folder: fill("working-directory") },
  };
}
