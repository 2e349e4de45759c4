import { byName, callInputs } from "./call_inputs.ts";
import { Secrets, toData } from "./context_data.ts";
import { fillAll, PLACES } from "./evaluate.ts";
import { legOutputs } from "./job_results.ts";
import type { JobRecord, Texts } from "./record.ts";
import { jobScope, type Level, type StartedJob } from "./started_job.ts";
import type { Caller, Workflow } from "./workflow_file.ts";

/** The workflow that a leg of a name calls, with what it is given. */
export function calledLevel(started: StartedJob<Caller>, callee: Workflow, name: string): Level {
  const { level, id, job, permissions, contexts } = started;
  return {
    ...level,
    workflow: callee,
    prefix: `${name} / `,
    callers: [...level.callers, id],
    permissions: callee.permissions ?? permissions,
    inputs: callInputs(callee.on.workflow_call?.inputs, job.with, {
      given: jobScope(started, "with", PLACES.jobSetting),
      default: {
        at: `${callee.path}: on.workflow_call.inputs`,
        ...{ place: PLACES.concurrency, contexts },
      },
    }),
    secret: secretsOf(started),
  };
}

/** What is in reach of a called workflow: what it is given, or all that its caller has. */
function secretsOf(started: StartedJob<Caller>): Level["secret"] {
  const { level, job, token, contexts } = started;
  if (job.secrets === "inherit") return level.secret;
  const secrets = new Secrets(token, new Set(), level.secret);
  const scope = jobScope(
    { ...started, contexts: { ...contexts, secrets } },
    "secrets",
    PLACES.callSecrets,
  );
  const given = byName(fillAll(job.secrets, scope));
  return (name) => given.get(name.toLowerCase()) ?? "";
}

export function callOutputs(
  { contexts }: StartedJob,
  { workflow: { on, path }, inputs }: Level,
  called: readonly JobRecord[],
): Texts {
  const declared = Object.entries(on.workflow_call?.outputs ?? {});
  const jobs = called.map(({ id, outputs, seen }) => [id, { outputs, result: seen }] as const);
  const outputs = fillAll(Object.fromEntries(declared.map(([name, { value }]) => [name, value])), {
    at: `${path}: on.workflow_call.outputs`,
    place: PLACES.callOutputs,
    contexts: { ...contexts, inputs, jobs: toData("jobs", Object.fromEntries(jobs)) },
  });
  return legOutputs(outputs, new Set()).values;
}
