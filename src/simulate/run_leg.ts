import { Secrets, toData } from "./context_data.ts";
import { fillAll, fillText, fillValue, PLACES } from "./evaluate.ts";
import { legOutputs } from "./job_results.ts";
import { type Frame, type Leg, stepContexts } from "./leg.ts";
import type { LegRecord, MatrixLeg } from "./record.ts";
import { runSteps } from "./run_steps.ts";
import { nameOfLeg, type StartedJob } from "./started_job.ts";
import type { OwnJob } from "./workflow_file.ts";
import { githubContext, type ListedJob, RUNNER } from "./world.ts";

/** Runs the steps of a leg on a machine of its own. */
export async function runLeg(
  started: StartedJob<OwnJob>,
  matrix: MatrixLeg,
  stopped: boolean,
): Promise<LegRecord> {
  const { level, id, job, permissions, token, contexts, scope } = started;
  const { run, workflow } = level;
  const { world } = run;
  const setting = (key: string) => scope(key, PLACES.jobSetting, contexts);
  const name = nameOfLeg(started, matrix);
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
  const jobs = [...level.callers, id];
  const fate = world.faults
    .find(({ target }) => target.kind === "job" && jobs.includes(target.id))?.fate;
  if (fate === "lost") {
    const end = { result: "failure", lost: true } as const;
    list({ taken: true, end });
    return { ...none, ...end };
  }

  await using machine = await world.machines.start(run.event.payload);
  const { workspace, temp, variables: { RUNNER_TOOL_CACHE: tool_cache = "" } } = machine;
  const masks = new Set([token]);
  const legContexts = {
    ...contexts,
    github: githubContext(run, { token, job: id, workspace }),
    secrets: new Secrets(token, masks, level.secret),
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

function jobFrame(leg: Leg, { level: { workflow }, job, scope }: StartedJob<OwnJob>): Frame {
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
