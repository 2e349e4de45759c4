import { formatAction } from "./action.ts";
import type {
  Concurrency,
  JobModel,
  Permissions,
  StepModel,
  Triggers,
  WorkflowModel,
} from "./model.ts";
import { formatValue, type Value } from "./text.ts";
import { type Entry, formatYaml, item, list, map, type Yaml } from "./yaml.ts";

/** Writes a workflow as the text of its YAML file. The same workflow gives the same text. */
export function emitWorkflow(workflow: WorkflowModel): string {
  return formatYaml(
    workflow.header,
    map(
      { key: "name", value: workflow.name },
      { key: "on", value: triggers(workflow.on), apart: true },
      {
        key: "concurrency",
        value: workflow.concurrency && concurrency(workflow.concurrency),
        above: "Runs wait for each other; none is cancelled for a newer one.",
        apart: true,
      },
      {
        key: "permissions",
        value: map(),
        above: "Each job states what its token may do.",
        apart: true,
      },
      {
        key: "defaults",
        value: map({ key: "run", value: map({ key: "shell", value: "bash" }) }),
        apart: true,
      },
      {
        key: "jobs",
        value: map(...workflow.jobs.map((job, index): Entry => ({
          key: job.id,
          value: jobYaml(job),
          above: job.comment,
          apart: index > 0,
        }))),
        apart: true,
      },
    ),
  );
}

function triggers(on: Triggers): Yaml {
  const names = (items: readonly string[] | undefined, style: "block" | "flow") =>
    items && list(items, style);
  return map(
    {
      key: "push",
      value: on.push && map(
        { key: "branches", value: names(on.push.branches, "flow") },
        { key: "paths", value: names(on.push.paths, "block") },
      ),
    },
    {
      key: "pull_request",
      value: on.pull_request && map(
        { key: "branches", value: names(on.pull_request.branches, "flow") },
        { key: "types", value: names(on.pull_request.types, "flow") },
        { key: "paths", value: names(on.pull_request.paths, "block") },
      ),
    },
    {
      key: "workflow_run",
      value: on.workflow_run && map(
        { key: "workflows", value: names(on.workflow_run.workflows, "flow") },
        { key: "types", value: names(on.workflow_run.types, "flow") },
      ),
    },
  );
}

function concurrency({ group }: Concurrency): Yaml {
  return map(
    { key: "group", value: formatValue(group) },
    { key: "cancel-in-progress", value: false },
    { key: "queue", value: "max" },
  );
}

function jobYaml(job: JobModel): Yaml {
  return map(
    { key: "name", value: formatValue(job.name) },
    { key: "needs", value: job.needs.length > 0 ? list(job.needs, "flow") : undefined },
    { key: "if", value: job.if && formatValue(job.if) },
    { key: "runs-on", value: job.runsOn },
    { key: "timeout-minutes", value: job.timeoutMinutes },
    { key: "permissions", value: permissionsYaml(job.permissions) },
    {
      key: "strategy",
      value: job.matrix && map(
        { key: "fail-fast", value: false },
        { key: "matrix", value: map({ key: "jobs", value: formatValue(job.matrix) }) },
      ),
    },
    { key: "outputs", value: values(job.outputs) },
    { key: "steps", value: list(job.steps.map(stepYaml)) },
  );
}

function permissionsYaml(permissions: Permissions): Yaml {
  return map(
    ...Object.entries(permissions).map(([scope, { access, why }]): Entry => ({
      key: scope,
      value: access,
      behind: why,
    })),
  );
}

function stepYaml(step: StepModel): Yaml {
  const common: Entry[] = [
    { key: "name", value: step.name },
    { key: "id", value: step.id },
    { key: "if", value: step.if && formatValue(step.if) },
  ];
  const env: Entry = { key: "env", value: values(step.env) };
  if (step.kind === "run") {
    const { text } = step.run;
    // A script of several lines ends its last one, as text files do.
    const run = text.includes("\n") ? `${text}\n` : text;
    return item(step.comment, ...common, env, { key: "run", value: run });
  }
  const { uses } = step;
  return item(
    step.comment,
    ...common,
    {
      key: "uses",
      value: formatAction(uses),
      behind: uses.kind === "pinned" ? uses.version : undefined,
    },
    env,
    { key: "with", value: values(step.with) },
  );
}

/** A mapping of values, left out where it is empty. */
function values(record: Readonly<Record<string, Value>> = {}): Yaml | undefined {
  const entries = Object.entries(record).map(([key, value]) => ({
    key,
    value: formatValue(value),
  }));
  return entries.length === 0 ? undefined : map(...entries);
}
