import type { Expression } from "./expression.ts";
import type { Job } from "./job.ts";
import type { Concurrency, WorkflowModel } from "./model.ts";
import { outputNames } from "./needs.ts";
import { handles, type OutputHandles } from "./step.ts";
import type { Value } from "./text.ts";
import type { Triggers } from "./triggers.ts";

/** A workflow; the type knows what it takes and gives back where another workflow calls it. */
export interface Workflow<On = Triggers, Outputs = unknown> extends WorkflowModel {
  /** What starts it: there for the compiler alone. */
  readonly "~on"?: On;
  /** What it gives back: there for the compiler alone. */
  readonly "~outputs"?: Outputs;
}

/** What an input holds, by its type. */
export type ValueOfInput<Input> = Input extends { readonly type: "boolean" } ? boolean
  : Input extends { readonly type: "number" } ? number
  : Input extends { readonly type: "choice"; readonly options: readonly (infer Option)[] } ? Option
  : string;

/** The inputs of an event. */
export type InputsAt<On, Event> = Event extends keyof On
  ? On[Event] extends { readonly inputs: infer Inputs } ? Inputs : unknown
  : unknown;

/** The secrets that a call gives. */
export type SecretsOf<On> = On extends
  { readonly workflow_call: { readonly secrets: infer Secrets } } ? Secrets
  : unknown;

/** The inputs of whoever starts or calls a workflow. */
export type InputsOf<On> = InputsAt<On, "workflow_dispatch"> & InputsAt<On, "workflow_call">;

/** What is in reach of a whole workflow. */
export interface WorkflowScope<On> {
  /** What whoever starts or calls it says. */
  readonly inputs: {
    readonly [Name in keyof InputsOf<On>]: Expression<ValueOfInput<InputsOf<On>[Name]>>;
  };
  /** The secrets that whoever calls it gives. */
  readonly secrets: { readonly [Name in keyof SecretsOf<On>]: Expression<string> };
}

/** The outputs of a workflow's jobs, by the ids of the jobs. */
export interface OutputScope<Jobs extends readonly Job[]> {
  /** The jobs. */
  readonly jobs: {
    readonly [Each in Jobs[number] as Each["id"]]: Each extends Job<string, infer Outputs>
      ? { readonly outputs: OutputHandles<Outputs> }
      : never;
  };
}

/** What a workflow is made from. */
export interface WorkflowDefinition<On extends Triggers, Jobs extends readonly Job[], Outputs>
  extends Pick<WorkflowModel, "file" | "name" | "env" | "shell"> {
  /** The comment at the top of the file. Default: none but the one of what generates it. */
  readonly header?: string;
  /** What starts it. */
  readonly on: On;
  /** The name of a run in the list of runs. */
  readonly runName?: (scope: Pick<WorkflowScope<On>, "inputs">) => Value;
  /** Which of its runs wait for each other. */
  readonly concurrency?: (scope: Pick<WorkflowScope<On>, "inputs">) => Concurrency;
  /** Its jobs, which run in parallel but for what they need. */
  readonly jobs: (scope: WorkflowScope<On>) => Jobs;
  /** What a workflow that calls it reads. */
  readonly outputs?: (scope: OutputScope<Jobs>) => OutputHandles<Outputs>;
}

/**
 * Defines a workflow. Its inputs, its secrets and the outputs of its jobs are handles: one that is
 * not there does not compile.
 *
 * @param definition What it is made from.
 * @returns The workflow: for `workflows` of the config, or for `callWorkflow`.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { job } from "./job.ts";
 * import { script } from "./script.ts";
 * import { run } from "./step.ts";
 * import { workflow } from "./workflow.ts";
 *
 * const greet = workflow({
 *   file: ".github/workflows/greet.yaml",
 *   name: "Greet",
 *   on: { workflow_dispatch: { inputs: { who: { description: "Whom", type: "string" } } } },
 *   jobs: ({ inputs }) => [job("greet", {
 *     name: "Greet",
 *     comment: "Greets someone.",
 *     permissions: {},
 *     timeoutMinutes: 5,
 *     steps: () => ({
 *       steps: [run({
 *         name: "Greet",
 *         env: { WHO: inputs.who },
 *         script: (env) => script`echo hello ${env.WHO}`,
 *       })],
 *     }),
 *   })],
 * });
 * assert(greet.jobs.length === 1);
 * ```
 */
export function workflow<
  const On extends Triggers,
  const Jobs extends readonly Job[],
  Outputs = Record<never, never>,
>(definition: WorkflowDefinition<On, Jobs, Outputs>): Workflow<On, Outputs> {
  const { runName, concurrency, jobs: define, outputs, header = "", ...plain } = definition;
  const { workflow_dispatch: byHand, workflow_call: called } = plain.on;
  const scope = {
    inputs: handles(Object.keys({ ...byHand?.inputs, ...called?.inputs }), "inputs"),
    secrets: handles(Object.keys(called?.secrets ?? {}), "secrets"),
  } as WorkflowScope<On>;
  const jobs = define(scope);
  const ofJobs = Object.fromEntries(jobs.map(({ id, model }) => {
    return [id, { outputs: handles(outputNames(model), "jobs", id, "outputs") }];
  }));
  return {
    ...plain,
    header,
    ...(runName && { runName: runName(scope) }),
    ...(concurrency && { concurrency: concurrency(scope) }),
    jobs: jobs.map(({ model }) => model),
    ...(outputs && {
      outputs: outputs({ jobs: ofJobs as OutputScope<Jobs>["jobs"] }) as NonNullable<
        WorkflowModel["outputs"]
      >,
    }),
  };
}
