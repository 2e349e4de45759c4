import type {
  ActionRef,
  Concurrency,
  Container,
  Environment,
  JobModel,
  Runner,
  StepModel,
  Values,
  WorkflowModel,
} from "./model.ts";
import { type Expression, isExpression } from "./expression.ts";
import type { Matrix } from "./job_matrix.ts";
import type { Triggers } from "./triggers.ts";
import { expressionsIn, formatValue, type Value } from "./text.ts";
import { nodesIn } from "./truth.ts";
import { type Entry, formatYaml, item, list, map, type Yaml } from "./yaml.ts";

/** Writes a workflow as the text of its YAML file. The same workflow gives the same text. */
export function emitWorkflow(workflow: WorkflowModel): string {
  const { name, header, runName, on, concurrency, shell = "bash", env, jobs } = workflow;
  const jobEntries = jobs.map((job, index): Entry => {
    return [job.id, jobYaml(job), { above: job.comment, apart: index > 0 }];
  });
  const root = map(
    ["name", name],
    ["run-name", optional(runName)],
    ["on", triggers(on, workflow.outputs), { apart: true }],
    ...concurrencyEntry(concurrency, true),
    ["permissions", map(), { above: "Each job states what its token may do.", apart: true }],
    ["defaults", map(["run", map(["shell", shell])]), { apart: true }],
    ["env", values(env), { apart: true }],
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

function triggers(
  { workflow_dispatch, workflow_call, schedule, ...on }: Triggers,
  outputs: WorkflowModel["outputs"] = {},
): Yaml {
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
    [
      "workflow_dispatch",
      workflow_dispatch && map(["inputs", map(...dispatchInputs(workflow_dispatch))]),
    ],
    ["workflow_call", workflow_call && callYaml(workflow_call, outputs)],
    ["schedule", schedule && list(schedule.map(({ cron }) => item(undefined, ["cron", cron])))],
  );
}

/** What counts where nothing is said, of the types that have something that always can. */
const NOTHING: Readonly<Record<string, string | boolean>> = { string: "", boolean: false };

function dispatchInputs({ inputs }: NonNullable<Triggers["workflow_dispatch"]>): readonly Entry[] {
  return Object.entries(inputs).map(([name, input]): Entry => {
    const { description, type, options, required } = input;
    return [
      name,
      map(
        ["description", description],
        ["type", type],
        ["required", required],
        ["options", options && list(options, "flow")],
        ["default", input.default ?? options?.[0] ?? (required ? undefined : NOTHING[type])],
      ),
    ];
  });
}

function callYaml(
  { inputs, secrets }: NonNullable<Triggers["workflow_call"]>,
  outputs: NonNullable<WorkflowModel["outputs"]>,
): Yaml {
  return map(
    [
      "inputs",
      record(inputs, (input) =>
        map(
          ["description", input.description],
          ["type", input.type],
          ["required", input.required],
          ["default", input.default],
        )),
    ],
    [
      "secrets",
      record(
        secrets,
        ({ description, required }) => map(["description", description], ["required", required]),
      ),
    ],
    ["outputs", record(outputs, (value) => map(["value", formatValue(value)]))],
  );
}

/** A mapping, left out where it is empty. */
function record<Item>(
  items: Readonly<Record<string, Item>> = {},
  write: (item: Item) => Yaml,
): Yaml | undefined {
  const entries = Object.entries(items).map(([name, item]): Entry => [name, write(item)]);
  return entries.length === 0 ? undefined : map(...entries);
}

function concurrencyEntry(
  concurrency: Concurrency | undefined,
  apart?: boolean,
): readonly Entry[] {
  if (concurrency === undefined) return [];
  const { group, cancelInProgress = false } = concurrency;
  const { queue = cancelInProgress === false ? "max" : "single" } = concurrency;
  const above = cancelInProgress !== false
    ? "A newer run takes the place of an older one."
    : queue === "max"
    ? "Runs wait for each other; none is cancelled for a newer one."
    : "Runs wait for each other; of those that wait, the newest alone stays.";
  const entries = map(
    ["group", formatValue(group)],
    ["cancel-in-progress", formatValue(cancelInProgress)],
    // Some servers do not know the key, and "single" is what they do without it.
    ["queue", queue === "max" ? queue : undefined],
  );
  return [["concurrency", entries, { above, apart }]];
}

function jobYaml(job: JobModel): Yaml {
  const permissions = Object.entries(job.permissions)
    .map(([scope, { access, why }]): Entry => [scope, access, { behind: why }]);
  const strategy = job.matrix && map(
    ["fail-fast", formatValue(job.failFast ?? false)],
    ["max-parallel", optional(job.maxParallel)],
    ["matrix", matrixYaml(job.matrix)],
  );
  const common: readonly Entry[] = [
    ["name", formatValue(job.name)],
    ["needs", job.needs.length > 0 ? list(job.needs, "flow") : undefined],
    ["if", job.if && formatValue(job.if)],
    ...concurrencyEntry(job.concurrency),
  ];
  if (job.calls !== undefined) {
    return map(
      ...common,
      ["permissions", map(...permissions)],
      ["strategy", strategy],
      usesYaml(job.calls.uses),
      ["with", values(job.calls.with)],
      ["secrets", values(job.calls.secrets)],
    );
  }
  return map(
    ...common,
    ["runs-on", runnerYaml(job.runsOn)],
    ["environment", job.environment && environmentYaml(job.environment)],
    ["timeout-minutes", formatValue(job.timeoutMinutes)],
    ["continue-on-error", optional(job.continueOnError)],
    ["permissions", map(...permissions)],
    ["strategy", strategy],
    ["container", job.container && containerYaml(job.container)],
    ["services", record(job.services, containerYaml)],
    ["defaults", job.shell && map(["run", map(["shell", job.shell])])],
    ["env", values(job.env)],
    ["outputs", values(job.outputs)],
    ["steps", list(job.steps.map(stepYaml))],
  );
}

function matrixYaml(matrix: Matrix): Yaml {
  if (isExpression(matrix)) return map(["jobs", formatValue(matrix)]);
  const vectors = Object.entries(matrix).map(([name, values]): Entry => [
    name,
    isExpression(values) ? formatValue(values) : values && list(
      values.map((value) => typeof value === "object" ? map(...Object.entries(value)) : value),
      values.some((value) => typeof value === "object") ? "block" : "flow",
    ),
  ]);
  return map(...vectors);
}

function runnerYaml(runner: Runner): Yaml {
  if (typeof runner === "object" && "group" in runner) {
    const { group, labels } = runner;
    return map(["group", formatValue(group)], ["labels", labels && labelsYaml(labels)]);
  }
  return labelsYaml(runner);
}

function labelsYaml(labels: Value | readonly Value[]): Yaml {
  return isList(labels) ? list(labels.map(formatValue), "flow") : formatValue(labels);
}

function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

function environmentYaml({ name, url, deployment }: Environment): Yaml {
  return url === undefined && deployment === undefined
    ? formatValue(name)
    : map(["name", formatValue(name)], ["url", optional(url)], ["deployment", deployment]);
}

function containerYaml(container: Container): Yaml {
  const { image, credentials, env, ports, volumes, options } = container;
  return map(
    ["image", formatValue(image)],
    ["credentials", values({ ...credentials })],
    ["env", values(env)],
    ["ports", ports && list(ports.map(formatValue))],
    ["volumes", volumes && list(volumes.map(formatValue))],
    ["options", optional(options)],
  );
}

/** Writes a step of a job, or of an action. */
export function stepYaml(step: StepModel): Yaml {
  const common: readonly Entry[] = [
    ["name", step.name],
    ["id", step.id],
    ["if", step.if && formatValue(step.if)],
  ];
  const limits: readonly Entry[] = [
    ["continue-on-error", optional(step.continueOnError)],
    ["timeout-minutes", optional(step.timeoutMinutes)],
  ];
  const env: Entry = ["env", values(step.env)];
  if (step.kind === "uses") {
    const inputs: Entry = ["with", values(step.with)];
    return item(step.comment, ...common, usesYaml(step.uses), ...limits, env, inputs);
  }
  return item(
    step.comment,
    ...common,
    ...limits,
    ["shell", step.shell],
    ["working-directory", optional(step.workingDirectory)],
    env,
    // A script of several lines ends its last one, as text files do.
    ["run", step.run.text.replace(/\n[^]*/, "$&\n")],
  );
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

/** Why a linter may pass over a value whose name only a leg knows. */
function ofLeg(expressions: readonly Expression<unknown>[]): string | undefined {
  const paths = expressions.flatMap(({ node }) => nodesIn(node))
    .flatMap((node) => node.kind === "context" || node.kind === "index" ? [node.path] : [])
    .filter((path) => path.some((key) => typeof key === "object"));
  if (paths.length === 0) return undefined;
  const isSecret = paths.some(([context]) => context === "secrets");
  const audits = isSecret ? "overprovisioned-secrets,obfuscation" : "obfuscation";
  return `zizmor: ignore[${audits}] the leg says which of them it is`;
}

/** A mapping of values, left out where it is empty. */
function values(record: Values = {}): Yaml | undefined {
  const entries = Object.entries(record).map(([key, value]): Entry => [
    key,
    formatValue(value),
    { behind: ofLeg(expressionsIn(value)) },
  ]);
  return entries.length === 0 ? undefined : map(...entries);
}

function optional(value: Value | undefined): string | number | boolean | undefined {
  return value === undefined ? undefined : formatValue(value);
}
