import { Secrets, toData } from "./context_data.ts";
import { fillAll, fillText, fillValue, PLACES } from "./evaluate.ts";
import { legOutputs } from "./job_results.ts";
import { type Frame, type Leg, stepContexts } from "./leg.ts";
import type { LegRecord, MatrixLeg } from "./record.ts";
import { runSteps } from "./run_steps.ts";
import { idleLeg, jobScope, nameOfLeg, type StartedJob } from "./started_job.ts";
import type { OwnJob } from "./workflow_file.ts";
import { githubContext, type ListedJob, RUNNER } from "./world.ts";

/** Runs the steps of a leg on a machine of its own. */
export async function runLeg(
  started: StartedJob<OwnJob>,
  matrix: MatrixLeg,
  stopped: boolean,
): Promise<LegRecord> {
  const { level: { run, workflow, callers, secret }, id, job, token, contexts } = started;
  const setting = (key: string) => jobScope(started, key, PLACES.jobSetting);
  const name = nameOfLeg(started, matrix);
  // GitHub fails a job whose settings cannot be evaluated; nothing else here depends on them.
  for (const label of job["runs-on"]) fillText(label, setting("runs-on"));
  fillText(job.environment?.name ?? "", setting("environment"));
  fillValue(job["timeout-minutes"] ?? 0, setting("timeout-minutes"));
  if (stopped) return idleLeg(started, matrix, "cancelled");
  const jobs = [...callers, id];
  const fate = run.world.faults.find(({ job = "" }) => jobs.includes(job))?.fate;
  if (fate === "lost") return idleLeg(started, matrix, "failure", true);

  await using machine = await run.world.machines.start(run.event.payload);
  const { workspace, temp, variables: { RUNNER_TOOL_CACHE: tool_cache = "" } } = machine;
  const masks = new Set([token]);
  const own = {
    ...started,
    contexts: {
      ...contexts,
      github: githubContext(run, { token, job: id, workspace }),
      secrets: new Secrets(token, masks, secret),
      runner: toData("runner", { ...RUNNER, temp, tool_cache, debug: "" }),
    },
  };
  const leg: Leg = {
    ...{ ...own, machine, masks, fate },
    ...{ path: [], annotations: [], summary: [], steps: [], status: "success", lost: false },
    env: {
      ...fillAll(workflow.env, {
        at: `${workflow.path}: env`,
        place: PLACES.workflowEnv,
        contexts: own.contexts,
      }),
      ...fillAll(job.env, jobScope(own, "env", PLACES.jobEnv)),
    },
  };
  const frame = jobFrame(leg);
  const { steps, annotations } = leg;
  const listed: ListedJob = { name, attempt: run.attempt, taken: true, steps, end: undefined };
  run.listed.push(listed);
  await runSteps(leg, frame, job.steps);
  const { lost } = leg;
  const ended = { ...own, contexts: stepContexts(leg, frame, leg.env) };
  const outputs = lost ? {} : fillAll(job.outputs, jobScope(ended, "outputs", PLACES.jobOutputs));
  const { values, warnings } = legOutputs(outputs, masks);
  const result = lost ? "failure" : leg.status;
  listed.end = { result, lost };
  return {
    ...{ name, matrix, result, lost, steps, outputs: values },
    annotations: [...annotations, ...warnings],
    summary: leg.summary.join("\n"),
  };
}

function jobFrame(leg: Leg): Frame {
  const { level: { workflow }, id, job } = leg;
  const defaults = { ...workflow.defaults?.run, ...job.defaults?.run };
  const contexts = { ...leg.contexts, env: toData("env", leg.env) };
  const fill = (key: "shell" | "working-directory") => {
    const scope = jobScope({ ...leg, contexts }, `defaults.run.${key}`, PLACES.jobDefaults);
    return defaults[key] && fillText(defaults[key], scope);
  };
  return {
    file: workflow.path,
    at: `jobs.${id}.steps`,
    ...{ contexts: {}, env: {}, variables: {}, steps: new Map(), action: undefined },
    defaults: { shell: fill("shell"), folder: fill("working-directory") },
  };
}
