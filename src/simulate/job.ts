import { data } from "@actions/expressions";
import { fillAll, fillText, fillValue, holds, isTrue, type Scope } from "./expression.ts";
import type { Frame } from "./frame.ts";
import { stepContexts } from "./frame.ts";
import { defaultVariables, githubContext } from "./github_context.ts";
import { jobOutputs, legOutputs } from "./job_outputs.ts";
import type { Leg } from "./leg.ts";
import type { Machine } from "./machine.ts";
import { MatrixError, type MatrixLeg, matrixLegs } from "./matrix.ts";
import { ancestors, jobStatus, type Result, worstResult } from "./needs.ts";
import { PLACES } from "./place.ts";
import type { JobRecord, LegRecord } from "./record.ts";
import { Secrets } from "./secrets.ts";
import { runSteps } from "./step.ts";
import { StrictDictionary, toData } from "./strict_dictionary.ts";
import type { Job } from "./workflow_file.ts";
import { fateOfJob, type Run } from "./world.ts";

type Contexts = Readonly<Record<string, data.ExpressionData>>;

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
  const job = run.workflow.jobs[id];
  if (job === undefined) throw new RangeError(`no job ${id}`);
  const contexts = jobContexts(run, job, finished);
  const scope = (name: string): Scope => ({
    at: `${run.workflow.path}: jobs.${id}.${name}`,
    place: PLACES.jobStrategy,
    contexts: () => contexts,
  });
  const before = [...ancestors(run.workflow, id)].map((need) =>
    finished.get(need)?.seen ?? "skipped"
  );
  const conditionHolds = (cancelled: boolean) =>
    holds(job.if, { ...scope("if"), place: PLACES.jobIf, status: jobStatus(before, cancelled) });
  const record = { id, needs: job.needs ?? [], legs: [], outputs: declaredOutputs(job), why: "" };
  if (!conditionHolds(run.cancelled)) {
    const why = whySkipped(run, job, finished);
    return { ...record, result: "skipped", seen: "skipped", why };
  }
  const plan = { run, id, job, contexts, scope, conditionHolds: () => conditionHolds(true) };
  try {
    const legs = job.strategy === undefined
      ? [{}]
      : matrixLegs(job.strategy, scope("strategy.matrix"), run.workflow.path);
    return { ...record, ...await runLegs(plan, legs) };
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    const why = `GitHub cannot make its matrix: ${error.message}`;
    return { ...record, result: "failure", seen: "failure", why };
  }
}

/** A job whose condition holds. */
interface StartedJob {
  readonly run: Run;
  readonly id: string;
  readonly job: Job;
  readonly contexts: Contexts;
  readonly scope: (name: string) => Scope;
  /** Whether its condition holds once the run is cancelled. */
  readonly conditionHolds: () => boolean;
}

async function runLegs(
  started: StartedJob,
  legs: readonly MatrixLeg[],
): Promise<Pick<JobRecord, "result" | "seen" | "legs" | "outputs">> {
  const { run, job, scope } = started;
  const strategy = job.strategy;
  const failFast = strategy !== undefined &&
    isTrue(fillValue(strategy["fail-fast"] ?? true, scope("strategy.fail-fast")));
  const order = [...legs.keys()];
  if (run.world.order === "reversed") order.reverse();
  const records = new Map<number, LegRecord>();
  let failed = false;
  for (const index of order) {
    const matrix = legs[index] ?? {};
    const strategyContext = {
      "fail-fast": failFast,
      "job-index": index,
      "job-total": legs.length,
      "max-parallel": legs.length,
    };
    const contexts: Contexts = {
      ...started.contexts,
      strategy: toData("strategy", strategyContext),
      matrix: toData("matrix", matrix),
    };
    const stopped = run.cancelled ? !started.conditionHolds() : failFast && failed;
    const record = await runLeg({ ...started, contexts }, matrix, legs.length > 1, stopped);
    records.set(index, record);
    failed ||= record.result === "failure" && !forgiven(started, contexts);
  }
  const inMatrixOrder = [...records].sort(([a], [b]) => a - b).map(([, record]) => record);
  const result = worstResult(inMatrixOrder.map((record) => record.result));
  const seen = result === "failure" && !failed ? "success" : result;
  const outputs = jobOutputs(
    Object.keys(job.outputs ?? {}),
    [...records.values()].map((record) => record.outputs),
  );
  return { result, seen, legs: inMatrixOrder, outputs };
}

/** {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontinue-on-error} */
function forgiven({ job, scope }: StartedJob, contexts: Contexts): boolean {
  const at = { ...scope("continue-on-error"), place: PLACES.jobSetting, contexts: () => contexts };
  return isTrue(fillValue(job["continue-on-error"] ?? false, at));
}

async function runLeg(
  { run, id, job, contexts, scope, conditionHolds }: StartedJob,
  matrix: MatrixLeg,
  severalLegs: boolean,
  stopped: boolean,
): Promise<LegRecord> {
  const setting = (name: string): Scope => ({
    ...scope(name),
    place: PLACES.jobSetting,
    contexts: () => contexts,
  });
  const values = severalLegs
    ? ` (${Object.values(matrix).map((value) => JSON.stringify(value)).join(", ")})`
    : "";
  const name = job.name === undefined
    ? `${id}${values}`
    : fillText(job.name, { ...scope("name"), place: PLACES.jobName, contexts: () => contexts });
  fillText(job["runs-on"], setting("runs-on"));
  fillValue(job["timeout-minutes"] ?? 360, setting("timeout-minutes"));
  const none = { name, matrix, lost: false, steps: [], outputs: {}, annotations: [], summary: "" };
  if (stopped) return { ...none, result: "cancelled" };
  const fate = fateOfJob(run.world.faults, id);
  if (fate === "lost") return { ...none, lost: true, result: "failure" };

  await using machine = await run.world.machines.start(run.event.payload);
  const leg: Leg = {
    run,
    job: id,
    machine,
    contexts: legContexts(run, id, contexts, machine),
    survivesCancellation: conditionHolds,
    env: {},
    path: [],
    annotations: [],
    summary: [],
    steps: [],
    status: "success",
    lost: false,
    fate,
  };
  const { workflow } = run;
  Object.assign(
    leg.env,
    fillAll(workflow.env ?? {}, {
      at: `${workflow.path}: env`,
      place: PLACES.workflowEnv,
      contexts: () => leg.contexts,
    }),
  );
  Object.assign(
    leg.env,
    fillAll(job.env ?? {}, { ...scope("env"), place: PLACES.jobEnv, contexts: () => leg.contexts }),
  );
  const frame = jobFrame(leg, job, scope);
  await runSteps(leg, frame, job.steps);
  const { lost, steps, annotations } = leg;
  const outputs = lost ? {} : fillAll(job.outputs ?? {}, {
    ...scope("outputs"),
    place: PLACES.jobOutputs,
    contexts: () => stepContexts(leg, frame, leg.env),
  });
  const sent = legOutputs(outputs, [...run.masks, run.world.api.token]);
  const warnings = sent.warnings.map((message) => ({ level: "warning", message } as const));
  const result: Result = lost ? "failure" : leg.status;
  const summary = leg.summary.join("\n");
  const told = [...annotations, ...warnings];
  return { name, matrix, result, lost, steps, outputs: sent.values, annotations: told, summary };
}

function jobFrame(leg: Leg, job: Job, scope: StartedJob["scope"]): Frame {
  const { run } = leg;
  const defaults = { ...run.workflow.defaults?.run, ...job.defaults?.run };
  const fill = (name: "shell" | "working-directory") => {
    const text = defaults[name];
    return text === undefined ? undefined : fillText(text, {
      ...scope(`defaults.run.${name}`),
      place: PLACES.jobDefaults,
      contexts: () => ({ ...leg.contexts, ...stepEnv(leg) }),
    });
  };
  return {
    file: run.workflow.path,
    at: `jobs.${leg.job}.steps`,
    contexts: {},
    env: {},
    variables: {},
    steps: new Map(),
    defaults: { shell: fill("shell"), folder: fill("working-directory") },
    action: undefined,
  };
}

function stepEnv({ env }: Leg): Contexts {
  return { env: toData("env", env) };
}

function jobContexts(run: Run, job: Job, finished: ReadonlyMap<string, JobRecord>): Contexts {
  const needs = (job.needs ?? []).map((key) => {
    const { seen = "skipped", outputs = {} } = finished.get(key) ?? {};
    return { key, value: toData(`needs.${key}`, { result: seen, outputs }) };
  });
  return {
    github: githubContext(run),
    needs: new StrictDictionary("needs", ...needs),
    vars: new StrictDictionary("vars"),
    inputs: new StrictDictionary("inputs"),
  };
}

function legContexts(run: Run, id: string, contexts: Contexts, machine: Machine): Contexts {
  const { RUNNER_OS: os, RUNNER_ARCH: arch, RUNNER_NAME: name, RUNNER_ENVIRONMENT: environment } =
    defaultVariables(run, id);
  return {
    ...contexts,
    github: githubContext(run, { job: id, workspace: machine.workspace }),
    secrets: new Secrets(run),
    runner: toData("runner", {
      os: os ?? "",
      arch: arch ?? "",
      name: name ?? "",
      environment: environment ?? "",
      temp: machine.temp,
      tool_cache: machine.variables.RUNNER_TOOL_CACHE ?? "",
      debug: "",
    }),
  };
}

function declaredOutputs(job: Job): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(job.outputs ?? {}).map((name) => [name, ""]));
}

function whySkipped(run: Run, job: Job, finished: ReadonlyMap<string, JobRecord>): string {
  if (run.cancelled) return "the run was cancelled";
  const short = (job.needs ?? []).filter((need) => finished.get(need)?.seen !== "success");
  const ends = short.map((need) => `${need}: ${finished.get(need)?.result}`);
  return ends.length === 0 ? "its condition does not hold" : ends.join(", ");
}
