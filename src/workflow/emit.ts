import type { ActionRef, Concurrency, Container, JobModel, StepModel } from "./model.ts";
import type { Values, WorkflowModel } from "./model.ts";
import { type Expression, isExpression } from "./expression.ts";
import type { Triggers } from "./triggers.ts";
import { expressionsIn } from "./text.ts";
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
    ["run-name", runName],
    ["on", triggers(on, workflow.outputs), { apart: true }],
    concurrencyEntry(concurrency, true),
    ["permissions", map(), { above: "Each job states what its token may do.", apart: true }],
    ["defaults", { run: { shell } }, { apart: true }],
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
  outputs: WorkflowModel["outputs"],
): Yaml {
  const events: readonly (readonly [string, Filters | undefined])[] = Object.entries(on);
  return map(
    ...events.map(([name, filters]): Entry => [
      name,
      filters && { ...filters, paths: filters.paths && list(filters.paths) },
      { above: name in ABOVE ? `${ABOVE[name]}: ${TRUSTED}` : undefined },
    ]),
    ["workflow_dispatch", workflow_dispatch && { inputs: dispatchInputs(workflow_dispatch) }],
    [
      "workflow_call",
      workflow_call && {
        inputs: record(
          workflow_call.inputs,
          ({ description, type, required, default: usual }) => (
            { description, type, required, default: usual }
          ),
        ),
        secrets: record(
          workflow_call.secrets,
          ({ description, required }) => ({ description, required }),
        ),
        outputs: record(outputs, (value) => ({ value })),
      },
    ],
    ["schedule", schedule?.map(({ cron }) => ({ cron }))],
  );
}

/** What counts where nothing is said, of the types that have something that always can. */
const NOTHING: Readonly<Record<string, string | boolean>> = { string: "", boolean: false };

function dispatchInputs({ inputs }: NonNullable<Triggers["workflow_dispatch"]>): Yaml {
  return map(
    ...Object.entries(inputs).map(([name, input]): Entry => {
      const { description, type, options, required } = input;
      const usual = input.default ?? options?.[0] ?? (required ? undefined : NOTHING[type]);
      return [name, { description, type, required, options, default: usual }];
    }),
  );
}

function concurrencyEntry(concurrency: Concurrency | undefined, apart?: boolean): Entry {
  if (concurrency === undefined) return ["concurrency", undefined];
  const { group, cancelInProgress = false } = concurrency;
  const { queue = cancelInProgress === false ? "max" : "single" } = concurrency;
  const above = cancelInProgress !== false
    ? "A newer run takes the place of an older one."
    : queue === "max"
    ? "Runs wait for each other; none is cancelled for a newer one."
    : "Runs wait for each other; of those that wait, the newest alone stays.";
  const settings = {
    group,
    "cancel-in-progress": cancelInProgress,
    // Some servers do not know the key, and "single" is what they do without it.
    queue: queue === "max" ? queue : undefined,
  };
  return ["concurrency", settings, { above, apart }];
}

function jobYaml(job: JobModel): Yaml {
  const { calls, matrix } = job;
  const permissions = Object.entries(job.permissions)
    .map(([scope, { access, why }]): Entry => [scope, access, { behind: why }]);
  const access: readonly Entry[] = [
    ["permissions", map(...permissions)],
    [
      "strategy",
      matrix && {
        "fail-fast": job.failFast ?? false,
        "max-parallel": job.maxParallel,
        matrix: isExpression(matrix) ? { jobs: matrix } : matrix,
      },
    ],
  ];
  const common: readonly Entry[] = [
    ["name", job.name],
    ["needs", job.needs.length > 0 ? job.needs : undefined],
    ["if", job.if],
    concurrencyEntry(job.concurrency),
  ];
  if (calls !== undefined) {
    return map(
      ...common,
      ...access,
      usesYaml(calls.uses),
      ["with", values(calls.with)],
      ["secrets", values(calls.secrets)],
    );
  }
  const { name, url, deployment } = job.environment ?? {};
  return map(
    ...common,
    ["runs-on", job.runsOn],
    ["environment", (url ?? deployment) === undefined ? name : { name, url, deployment }],
    ["timeout-minutes", job.timeoutMinutes],
    ["continue-on-error", job.continueOnError],
    ...access,
    ["container", job.container && containerYaml(job.container)],
    ["services", record(job.services, containerYaml)],
    ["defaults", job.shell && { run: { shell: job.shell } }],
    ["env", values(job.env)],
    ["outputs", values(job.outputs)],
    ["steps", list(job.steps.map(stepYaml))],
  );
}

function containerYaml(container: Container): Yaml {
  const { image, credentials, env, ports, volumes, options } = container;
  return {
    image,
    credentials: values({ ...credentials }),
    env: values(env),
    ports: ports && list(ports),
    volumes: volumes && list(volumes),
    options,
  };
}

/** Writes a step of a job, or of an action. */
export function stepYaml(step: StepModel): Yaml {
  const common: readonly Entry[] = [["name", step.name], ["id", step.id], ["if", step.if]];
  const limits: readonly Entry[] = [
    ["continue-on-error", step.continueOnError],
    ["timeout-minutes", step.timeoutMinutes],
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
    ["working-directory", step.workingDirectory],
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
  return someOf(
    Object.entries(record)
      .map(([key, value]): Entry => [key, value, { behind: ofLeg(expressionsIn(value)) }]),
  );
}

/** A mapping, left out where it is empty. */
function record<Item>(
  items: Readonly<Record<string, Item>> = {},
  write: (item: Item) => Yaml,
): Yaml | undefined {
  return someOf(Object.entries(items).map(([name, item]): Entry => [name, write(item)]));
}

function someOf(entries: readonly Entry[]): Yaml | undefined {
  return entries.length === 0 ? undefined : map(...entries);
}
