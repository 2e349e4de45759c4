import type { Expression, ExpressionNode } from "./expression.ts";
import type { ActionRef, JobModel, StepModel, UsesStep, WorkflowModel } from "./model.ts";
import { expressionsIn, isValue, type Value } from "./text.ts";
import { nodesIn } from "./truth.ts";

export interface Place {
  readonly job?: JobModel | undefined;
  readonly step?: StepModel | undefined;
}

/** A place as messages begin with it. */
export function describePlace({ job, step }: Place): string {
  return `${job ? `Job ${job.id}: ` : ""}${step ? `step "${step.name}": ` : ""}`;
}

export interface Finding extends Place {
  readonly message: string;
}

export interface PlacedValue extends Place {
  readonly value: Value;
  /** The part of the workflow, which decides what an expression can read. */
  readonly part:
    | "run's name"
    | "concurrency"
    | "workflow variable"
    | "workflow output"
    | "called workflow's secret"
    | "job condition"
    | "strategy"
    | "job"
    | "job variable"
    | "container secret"
    | "container variable"
    | "environment URL"
    | "step condition"
    | "step";
  readonly before?: readonly StepModel[];
}

export function findAt<Looked extends Place>(
  places: readonly Looked[],
  say: (place: Looked) => string | readonly string[] | undefined | false,
): readonly Finding[] {
  return places.flatMap((place) =>
    [say(place) || []].flat().map((message) => ({ job: place.job, step: place.step, message }))
  );
}

export function valuesOf(workflow: WorkflowModel): readonly PlacedValue[] {
  const { concurrency, jobs } = workflow;
  return [
    ...placed({ part: "run's name" }, workflow.runName, workflow.shell),
    ...placed({ part: "concurrency" }, concurrency?.group, concurrency?.cancelInProgress),
    ...placed({ part: "workflow variable" }, workflow.env),
    ...placed({ part: "workflow output" }, workflow.outputs),
    ...jobs.flatMap((job) => [
      ...placed({ job, part: "job condition" }, job.if),
      ...placed({ job, part: "strategy" }, job.matrix, job.maxParallel, job.failFast),
      ...placed(
        { job, part: "job" },
        ...[job.name, job.timeoutMinutes, job.continueOnError, job.shell, job.runsOn],
        ...[job.environment?.name, job.calls?.with],
        ...[job.concurrency?.group, job.concurrency?.cancelInProgress],
      ),
      ...placed({ job, part: "called workflow's secret" }, job.calls?.secrets),
      ...placed({ job, part: "job variable" }, job.env),
      ...[job.container ?? [], Object.values(job.services ?? {})].flat().flatMap((container) => {
        const { credentials, env, ...others } = container;
        return [
          ...placed({ job, part: "job" }, others),
          ...placed({ job, part: "container secret" }, credentials),
          ...placed({ job, part: "container variable" }, env),
        ];
      }),
      ...placed({ job, part: "environment URL", before: job.steps }, job.environment?.url),
      ...job.steps.flatMap((step, index) => {
        const place = { job, step, before: job.steps.slice(0, index) };
        return [
          ...placed({ ...place, part: "step condition" }, step.if),
          ...placed(
            { ...place, part: "step" },
            ...[step.name, step.continueOnError, step.timeoutMinutes, step.env],
            ...step.kind === "uses" ? [step.with] : [step.shell, step.workingDirectory],
          ),
        ];
      }),
      ...placed({ job, part: "step", before: job.steps }, job.outputs),
    ]),
  ];
}

function placed(
  place: Omit<PlacedValue, "value">,
  ...given: readonly Values[]
): readonly PlacedValue[] {
  return valuesIn(given).map((value) => ({ ...place, value }));
}

/** Values in lists and mappings, however deep. */
type Values = Value | undefined | readonly Values[] | { readonly [key: string]: Values };

/** The values, in order. A definition that was not checked can hold what YAML has no words for. */
export function valuesIn(given: Values): readonly Value[] {
  if (given === undefined) return [];
  if (isValue(given)) return [given];
  if (typeof given === "object") return Object.values(given).flatMap(valuesIn);
  throw new TypeError(`Cannot write a ${typeof given}`);
}

export function nodesOf(
  workflow: WorkflowModel,
): readonly (Place & { expression: Expression<unknown>; node: ExpressionNode })[] {
  return valuesOf(workflow).flatMap(({ value, job, step }) =>
    expressionsIn(value).flatMap((expression) =>
      nodesIn(expression.node).map((node) => ({ job, step, expression, node }))
    )
  );
}

export function jobsOf({ jobs }: WorkflowModel): { job: JobModel }[] {
  return jobs.map((job) => ({ job }));
}

export function stepsOf({ jobs }: WorkflowModel): { job: JobModel; step: StepModel }[] {
  return jobs.flatMap((job) => job.steps.map((step) => ({ job, step })));
}

/** Every action and every workflow that is called, with where it is. */
export function actionsOf(workflow: WorkflowModel): (Place & { uses: ActionRef })[] {
  return [
    ...jobsOf(workflow).flatMap(({ job }) => job.calls ? [{ job, uses: job.calls.uses }] : []),
    ...usesOf(workflow).map(({ job, step }) => ({ job, step, uses: step.uses })),
  ];
}

export function usesOf(workflow: WorkflowModel): { job: JobModel; step: UsesStep }[] {
  return stepsOf(workflow).flatMap(({ job, step }) => step.kind === "uses" ? [{ job, step }] : []);
}

/** The inputs that a step gives to its action, with their names in lower case, as GitHub reads them. */
export function inputsOf(step: UsesStep): (readonly [name: string, value: Value])[] {
  return Object.entries(step.with ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
}

/** Whether a step uses an action. GitHub reads its name without regard to case. */
export function usesAction({ uses }: UsesStep, name: string): boolean {
  return uses.kind !== "local" && uses.name.toLowerCase() === name;
}
