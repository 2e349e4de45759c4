import { type Expression, type ExpressionNode, isExpression } from "./expression.ts";
import type { Matrix } from "./job_matrix.ts";
import type {
  ActionRef,
  Container,
  JobModel,
  Runner,
  StepModel,
  UsesStep,
  Values,
  WorkflowModel,
} from "./model.ts";
import { expressionsIn, type Value } from "./text.ts";
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
    ...placed({ part: "workflow variable" }, ...valuesIn(workflow.env)),
    ...placed({ part: "workflow output" }, ...valuesIn(workflow.outputs)),
    ...jobs.flatMap((job) => [
      ...placed({ job, part: "job condition" }, job.if),
      ...placed(
        { job, part: "strategy" },
        ...[...valuesOfMatrix(job.matrix), job.maxParallel, job.failFast],
      ),
      ...placed(
        { job, part: "job" },
        ...[job.name, job.timeoutMinutes, job.continueOnError, job.shell],
        ...[...labelsOf(job.runsOn), job.environment?.name, ...valuesIn(job.calls?.with)],
        ...[job.concurrency?.group, job.concurrency?.cancelInProgress],
      ),
      ...placed({ job, part: "called workflow's secret" }, ...valuesIn(job.calls?.secrets)),
      ...placed({ job, part: "job variable" }, ...valuesIn(job.env)),
      ...[job.container ?? [], Object.values(job.services ?? {})].flat()
        .flatMap((container) => valuesOfContainer(job, container)),
      ...placed({ job, part: "environment URL", before: job.steps }, job.environment?.url),
      ...job.steps.flatMap((step, index) => {
        const place = { job, step, before: job.steps.slice(0, index) };
        return [
          ...placed({ ...place, part: "step condition" }, step.if),
          ...placed(
            { ...place, part: "step" },
            ...[step.name, step.continueOnError, step.timeoutMinutes, ...valuesIn(step.env)],
            ...step.kind === "uses" ? valuesIn(step.with) : [step.shell, step.workingDirectory],
          ),
        ];
      }),
      ...placed({ job, part: "step", before: job.steps }, ...Object.values(job.outputs)),
    ]),
  ];
}

function placed(
  place: Omit<PlacedValue, "value">,
  ...values: readonly (Value | undefined)[]
): readonly PlacedValue[] {
  return values.flatMap((value) => value === undefined ? [] : [{ ...place, value }]);
}

function valuesIn(values: Values = {}): readonly Value[] {
  return Object.values(values);
}

function valuesOfContainer(job: JobModel, container: Container): readonly PlacedValue[] {
  const { image, credentials, env, ports = [], volumes = [], options } = container;
  return [
    ...placed({ job, part: "job" }, image, options, ...ports, ...volumes),
    ...placed({ job, part: "container secret" }, ...valuesIn({ ...credentials })),
    ...placed({ job, part: "container variable" }, ...valuesIn(env)),
  ];
}

function valuesOfMatrix(matrix: Matrix | undefined): readonly Value[] {
  if (matrix === undefined || isExpression(matrix)) return matrix === undefined ? [] : [matrix];
  return Object.values(matrix).flatMap((values = []): readonly Value[] =>
    isExpression(values)
      ? [values]
      : values.flatMap((value) => typeof value === "object" ? Object.values(value) : [value])
  );
}

/** The labels of a machine, and the name of its group. */
export function labelsOf(runner: Runner): readonly Value[] {
  const { group, labels = [] } = typeof runner === "object" && "group" in runner
    ? runner
    : { group: [], labels: runner };
  return [group, labels].flat();
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
