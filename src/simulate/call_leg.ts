import { byName, callInputs } from "./call_inputs.ts";
import { Secrets, toData } from "./context_data.ts";
import { fillAll, PLACES } from "./evaluate.ts";
import { CANCELLED, legOutputs, worstResult } from "./job_results.ts";
import type { Level, RunLevel } from "./level.ts";
import type { JobRecord, LegRecord, MatrixLeg, Result, Texts } from "./record.ts";
import { nameOfLeg, type StartedJob } from "./started_job.ts";
import { type Caller, unmodelled, type Workflow } from "./workflow_file.ts";

/**
 * Runs the jobs of the workflow that a leg calls; of those of an earlier attempt, the ones that did
 * not succeed.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/reusing-workflow-configurations}
 */
export async function callLeg(
  started: StartedJob<Caller>,
  matrix: MatrixLeg,
  { stopped, earlier, runLevel }: {
    readonly stopped: boolean;
    readonly earlier: readonly JobRecord[] | undefined;
    readonly runLevel: RunLevel;
  },
): Promise<LegRecord> {
  const { level, id, job, permissions } = started;
  const { run: { world, attempt, listed }, workflow } = level;
  const name = nameOfLeg(started, matrix);
  const none = { name, matrix, lost: false, steps: [], outputs: {}, annotations: [], summary: "" };
  const ended = (result: Result): LegRecord => {
    listed.push({ name, attempt, taken: false, steps: [], end: { result, lost: false } });
    return { ...none, result, called: [] };
  };
  if (stopped) return ended("cancelled");
  const callee = workflow.called.get(id);
  if (callee === undefined) {
    const [remote = ""] = job.uses.split("@");
    if (world.skippedActions.includes(remote)) return ended("success");
    throw unmodelled(`"${job.uses}", a workflow of another repository`, workflow.path);
  }
  const inner: Level = {
    ...level,
    workflow: callee,
    prefix: `${name} / `,
    callers: [...level.callers, id],
    permissions: callee.permissions ?? permissions,
    inputs: inputsOf(started, callee),
    secret: secretsOf(started),
  };
  const called = await runLevel(inner, earlier);
  // A job that only the end of the run kept from running is one that was cancelled.
  const result = worstResult(called.map(({ why, seen }) => why === CANCELLED ? "cancelled" : seen));
  const gives = job.strategy === undefined || result === "success";
  const outputs = gives ? outputsOf(started, inner, called) : {};
  return { ...none, result, called, outputs };
}

function inputsOf({ job, contexts, scope }: StartedJob<Caller>, { on, path }: Workflow) {
  return callInputs(on.workflow_call?.inputs, job.with, {
    given: scope("with", PLACES.jobSetting, contexts),
    default: {
      at: `${path}: on.workflow_call.inputs`,
      place: PLACES.concurrency,
      contexts: () => contexts,
    },
  });
}

/** What is in reach of a called workflow: what it is given, or all that its caller has. */
function secretsOf({ level, job, token, contexts, scope }: StartedJob<Caller>): Level["secret"] {
  if (job.secrets === "inherit") return level.secret;
  const secrets = new Secrets(token, new Set(), level.secret);
  const given = byName(
    fillAll(job.secrets, scope("secrets", PLACES.callSecrets, { ...contexts, secrets })),
  );
  return (name) => given.get(name.toLowerCase()) ?? "";
}

function outputsOf(
  { contexts }: StartedJob<Caller>,
  { workflow: { on, path }, inputs }: Level,
  called: readonly JobRecord[],
): Texts {
  const declared = Object.entries(on.workflow_call?.outputs ?? {});
  const jobs = called.map(({ id, outputs, seen }) => [id, { outputs, result: seen }] as const);
  const outputs = fillAll(Object.fromEntries(declared.map(([name, { value }]) => [name, value])), {
    at: `${path}: on.workflow_call.outputs`,
    place: PLACES.callOutputs,
    contexts: () => ({ ...contexts, inputs, jobs: toData("jobs", Object.fromEntries(jobs)) }),
  });
  return legOutputs(outputs, new Set()).values;
}
