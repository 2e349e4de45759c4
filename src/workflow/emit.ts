import type { ActionRef, JobModel, StepModel, Triggers, WorkflowModel } from "./model.ts";
import { formatValue, type Value } from "./text.ts";
import { type Entry, formatYaml, item, list, map, type Yaml } from "./yaml.ts";

/** Writes a workflow as the text of its YAML file. The same workflow gives the same text. */
export function emitWorkflow({ name, header, on, concurrency, jobs }: WorkflowModel): string {
  const queue = concurrency && map(
    ["group", formatValue(concurrency.group)],
    ["cancel-in-progress", false],
    ["queue", "max"],
  );
  const above = "Runs wait for each other; none is cancelled for a newer one.";
  const jobEntries = jobs.map((job, index): Entry => {
    return [job.id, jobYaml(job), { above: job.comment, apart: index > 0 }];
  });
  const root = map(
    ["name", name],
    ["on", triggers(on), { apart: true }],
    ["concurrency", queue, { above, apart: true }],
    ["permissions", map(), { above: "Each job states what its token may do.", apart: true }],
    ["defaults", map(["run", map(["shell", "bash"])]), { apart: true }],
    ["jobs", map(...jobEntries), { apart: true }],
  );
  return formatYaml(header, root);
}

const TRUSTED = "its code is the default branch's.\nzizmor: ignore[dangerous-triggers]";

/** What is said above the triggers that a linter asks about. */
const ABOVE: Readonly<Record<string, string>> = {
  workflow_run: "It never runs what the other run was for",
  pull_request_target: "It takes nothing of the pull request but its number",
};

type Filters = Readonly<Record<string, readonly string[] | undefined>>;

function triggers({ workflow_dispatch, schedule, ...on }: Triggers): Yaml {
  const events: readonly (readonly [string, Filters | undefined])[] = Object.entries(on);
  return map(
    ...events.map(([name, filters]): Entry => [
      name,
      filters && map(
        ...Object.entries(filters).map(([filter, texts]): Entry => [
          filter,
          texts && list(texts, filter === "paths" ? "block" : "flow"),
        ]),
      ),
      { above: name in ABOVE ? `${ABOVE[name]}: ${TRUSTED}` : undefined },
    ]),
    ["workflow_dispatch", workflow_dispatch && map(["inputs", map(...inputs(workflow_dispatch))])],
    ["schedule", schedule && list(schedule.map(({ cron }) => item(undefined, ["cron", cron])))],
  );
}

function inputs({ inputs }: NonNullable<Triggers["workflow_dispatch"]>): readonly Entry[] {
  return Object.entries(inputs).map(([name, { description, type, options }]): Entry => [
    name,
    map(
      ["description", description],
      ["type", type],
      ["options", options && list(options, "flow")],
      ["default", options?.[0] ?? (type === "boolean" ? false : "")],
    ),
  ]);
}

function jobYaml(job: JobModel): Yaml {
  const permissions = Object.entries(job.permissions)
    .map(([scope, { access, why }]): Entry => [scope, access, { behind: why }]);
  const strategy = job.matrix &&
    map(["fail-fast", false], ["matrix", map(["jobs", formatValue(job.matrix)])]);
  return map(
    ["name", formatValue(job.name)],
    ["needs", job.needs.length > 0 ? list(job.needs, "flow") : undefined],
    ["if", job.if && formatValue(job.if)],
    ["runs-on", job.runsOn],
    ["timeout-minutes", job.timeoutMinutes],
    ["permissions", map(...permissions)],
    ["strategy", strategy],
    ["outputs", values(job.outputs)],
    ["steps", list(job.steps.map(stepYaml))],
  );
}

function stepYaml(step: StepModel): Yaml {
  const common: readonly Entry[] = [
    ["name", step.name],
    ["id", step.id],
    ["if", step.if && formatValue(step.if)],
  ];
  const env: Entry = ["env", values(step.env)];
  if (step.kind === "uses") {
    return item(step.comment, ...common, usesYaml(step.uses), env, ["with", values(step.with)]);
  }
  // A script of several lines ends its last one, as text files do.
  return item(step.comment, ...common, env, ["run", step.run.text.replace(/\n[^]*/, "$&\n")]);
}

const LOCAL = "zizmor: ignore[self-repository] not every server knows $/";

function usesYaml(uses: ActionRef): Entry {
  switch (uses.kind) {
    case "local":
      return ["uses", uses.path, { behind: LOCAL }];
    case "pinned":
      return ["uses", `${uses.name}@${uses.commit}`, { behind: uses.version }];
    case "locked":
      throw new TypeError(`Cannot write the action "${uses.name}": it has no commit yet`);
  }
}

/** A mapping of values, left out where it is empty. */
function values(record: Readonly<Record<string, Value>> = {}): Yaml | undefined {
  const entries = Object.entries(record).map(([key, value]): Entry => [key, formatValue(value)]);
  return entries.length === 0 ? undefined : map(...entries);
}
