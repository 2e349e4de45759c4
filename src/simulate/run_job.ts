import { legName } from "../workflow/leg_name.ts";
import { fillAll, fillText, fillValue, holds, isTrue, type Scope } from "./evaluate.ts";
import { fateOfJob } from "./fault.ts";
import { type Frame, stepContexts } from "./frame.ts";
import { inParallel } from "./in_parallel.ts";
import { jobOutputs, legOutputs } from "./job_outputs.ts";
import { jobStatus, worstResult } from "./job_results.ts";
import type { Leg } from "./leg.ts";
import { MatrixError, matrixLegs } from "./matrix_legs.ts";
import { DEFAULT_PERMISSIONS, type Permissions } from "./permissions.ts";
import { type Place, PLACES } from "./place.ts";
import type { JobRecord, LegRecord, MatrixLeg } from "./record.ts";
import { EMPTY_CONTEXTS, githubContext, runnerContext } from "./run_context.ts";
import { runSteps } from "./run_steps.ts";
import { Secrets } from "./secrets.ts";
import { type Contexts, toData } from "./strict_dictionary.ts";
import { splitTemplate } from "./template.ts";
import type { Job } from "./workflow_file.ts";
import type { Run } from "./world.ts";

/** A job in progress, and what its own expressions read. */
interface StartedJob {
  readonly run: Run;
  readonly id: string;
  readonly job: Job;
  readonly permissions: Permissions;
  readonly token: string;
  readonly contexts: Contexts;
  readonly scope: (key: string, place?: Place, contexts?: Contexts) => Scope;
  /** Whether its condition holds once the run is cancelled. */
  readonly survivesCancellation: () => boolean;
}

/**
 * Runs a job, or skips it: its condition, its matrix, its legs, and what they come to.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobs}
 */
export async function runJob(
  run: Run,
  id: string,
  finished: ReadonlyMap<string, JobRecord>,
): Promise<JobRecord> {
  const { path, needed, jobs } = run.workflow;
  const job = jobs[id];
  if (job === undefined) throw new RangeError(`no job ${id}`);
  const permissions = job.permissions ?? run.workflow.permissions ?? DEFAULT_PERMISSIONS;
  const token = run.world.api.tokenFor(permissions);
  const contexts = jobContexts(run, job, token, finished);
  const scope: StartedJob["scope"] = (key, place = PLACES.jobStrategy, of = contexts) => ({
    at: `${path}: jobs.${id}.${key}`,
    place,
    contexts: () => of,
  });
  const before = [...needed.get(id) ?? []].map((need) => finished.get(need)?.seen ?? "skipped");
  const conditionHolds = (cancelled: boolean) =>
    holds(job.if, { ...scope("if", PLACES.jobIf), status: jobStatus(before, cancelled) });
  const named = {
    id,
    name: jobName(id, job, scope("name", PLACES.jobName)),
    needs: job.needs ?? [],
  };
  const ended = (result: "skipped" | "failure", why: string): JobRecord => {
    const outputs = jobOutputs(Object.keys(job.outputs ?? {}), []);
    return { ...named, legs: [], outputs, result, seen: result, why };
  };
  if (!conditionHolds(run.cancelled)) return ended("skipped", whySkipped(run, job, finished));
  const survivesCancellation = () => conditionHolds(true);
  const started = { run, id, job, permissions, token, contexts, scope, survivesCancellation };
  try {
    const legs = matrixLegs(job.strategy, scope("strategy.matrix"), path);
    return { ...named, ...await runLegs(started, legs) };
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    return ended("failure", `GitHub cannot make its matrix: ${error.message}`);
  }
}

/** The name of a job, as it is written where only a leg knows the values. */
function jobName(id: string, { name = id }: Job, scope: Scope): string {
  const expressions = splitTemplate(name).filter((_, index) => index % 2 === 1);
  const isOfLeg = expressions.some((text) => /\b(?:matrix|strategy)\b/.test(text));
  return isOfLeg ? name : fillText(name, scope);
}

async function runLegs(
  started: StartedJob,
  matrices: readonly MatrixLeg[],
): Promise<Omit<JobRecord, "id" | "name" | "needs">> {
  const { run, id, job, scope } = started;
  const failFast = job.strategy !== undefined &&
    isTrue(fillValue(job.strategy["fail-fast"] ?? true, scope("strategy.fail-fast")));
  let failed = false;
  let done = 0;
  const runOne = async (matrix: MatrixLeg, index: number): Promise<LegRecord> => {
    const strategy = {
      "fail-fast": failFast,
      "job-index": index,
      "job-total": matrices.length,
      "max-parallel": matrices.length,
    };
    const contexts: Contexts = {
      ...started.contexts,
      strategy: toData("strategy", strategy),
      matrix: toData("matrix", matrix),
    };
    const stopped = run.cancelled ? !started.survivesCancellation() : failFast && failed;
    const leg = await runLeg({ ...started, contexts }, matrix, stopped);
    failed ||= leg.result === "failure" && !isForgiven({ ...started, contexts });
    run.world.progress(`${id}: ${++done} of ${matrices.length} done`);
    return leg;
  };
  // Where a leg can stop others, it must always stop the same ones.
  const stops = failFast || run.world.faults.some(({ fate }) => fate === "cancel-run");
  const legs = await inParallel(matrices, stops ? 1 : navigator.hardwareConcurrency, runOne);
  const result = worstResult(legs.map((leg) => leg.result));
  const outputs = jobOutputs(Object.keys(job.outputs ?? {}), legs.map((leg) => leg.outputs));
  const seen = result === "failure" && !failed ? "success" : result;
  return { result, seen, why: "", legs, outputs };
}

/** {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontinue-on-error} */
function isForgiven({ job, scope, contexts }: StartedJob): boolean {
  const at = scope("continue-on-error", PLACES.jobSetting, contexts);
  return isTrue(fillValue(job["continue-on-error"] ?? false, at));
}

async function runLeg(
  started: StartedJob,
  matrix: MatrixLeg,
  stopped: boolean,
): Promise<LegRecord> {
  const { run, id, job, permissions, token, contexts, scope, survivesCancellation } = started;
  const { name: own = id } = job;
  const name = own.includes("${{")
    ? fillText(own, scope("name", PLACES.jobName, contexts))
    : legName(own, matrix);
  // GitHub fails a job whose settings cannot be evaluated; nothing else here depends on them.
  fillText(job["runs-on"], scope("runs-on", PLACES.jobSetting, contexts));
  fillValue(
    job["timeout-minutes"] ?? 360,
    scope("timeout-minutes", PLACES.jobSetting, contexts),
  );
  const none = { name, matrix, lost: false, steps: [], outputs: {}, annotations: [], summary: "" };
  if (stopped) return { ...none, result: "cancelled" };
  const fate = fateOfJob(run.world.faults, id);
  if (fate === "lost") return { ...none, lost: true, result: "failure" };

  await using machine = await run.world.machines.start(run.event.payload);
  const masks = new Set([token]);
  const leg: Leg = {
    run,
    job: id,
    machine,
    permissions,
    token,
    contexts: {
      ...contexts,
      github: githubContext(run, { token, job: id, workspace: machine.workspace }),
      secrets: new Secrets(token, masks),
      runner: runnerContext(machine.temp, machine.variables.RUNNER_TOOL_CACHE ?? ""),
    },
    survivesCancellation,
    env: {},
    path: [],
    masks,
    annotations: [],
    summary: [],
    steps: [],
    status: "success",
    lost: false,
    fate,
  };
  Object.assign(
    leg.env,
    fillAll(run.workflow.env, {
      at: `${run.workflow.path}: env`,
      place: PLACES.workflowEnv,
      contexts: () => leg.contexts,
    }),
    fillAll(job.env, scope("env", PLACES.jobEnv, leg.contexts)),
  );
  const frame = jobFrame(leg, started);
  await runSteps(leg, frame, job.steps);
  const { lost, steps, annotations, summary } = leg;
  const outputs = lost
    ? {}
    : fillAll(job.outputs, scope("outputs", PLACES.jobOutputs, stepContexts(leg, frame, leg.env)));
  const sent = legOutputs(outputs, masks);
  return {
    name,
    matrix,
    result: lost ? "failure" : leg.status,
    lost,
    steps,
    outputs: sent.values,
    annotations: [...annotations, ...sent.warnings],
    summary: summary.join("\n"),
  };
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
    contexts: {},
    env: {},
    variables: {},
    steps: new Map(),
    defaults: { shell: fill("shell"), folder: fill("working-directory") },
    action: undefined,
  };
}

function jobContexts(
  run: Run,
  job: Job,
  token: string,
  finished: ReadonlyMap<string, JobRecord>,
): Contexts {
  const needs = Object.fromEntries((job.needs ?? []).map((need) => {
    const { seen = "skipped", outputs = {} } = finished.get(need) ?? {};
    return [need, { result: seen, outputs }];
  }));
  return {
    ...EMPTY_CONTEXTS,
    github: githubContext(run, { token }),
    needs: toData("needs", needs),
  };
}

function whySkipped(run: Run, job: Job, finished: ReadonlyMap<string, JobRecord>): string {
  if (run.cancelled) return "the run was cancelled";
  const short = (job.needs ?? []).filter((need) => finished.get(need)?.seen !== "success");
  const ends = short.map((need) => `${need}: ${finished.get(need)?.result}`);
  return ends.length === 0 ? "its condition does not hold" : ends.join(", ");
}
