import type { ExpressionNode } from "../expression.ts";
import { Expression } from "../expression.ts";
import type { JobModel, StepModel, UsesStep, WorkflowModel } from "../model.ts";
import { nodesIn } from "../nodes.ts";
import { expressionsIn, type Value } from "../text.ts";

/** A step and its job. */
export interface PlacedStep<Step extends StepModel = StepModel> {
  readonly job: JobModel;
  readonly step: Step;
}

/** A node of an expression, and where the expression stands. */
export interface PlacedNode {
  readonly job?: JobModel;
  readonly step?: StepModel;
  /** The whole expression. */
  readonly expression: Expression<unknown>;
  readonly node: ExpressionNode;
}

/** Lists the steps of a workflow. */
export function stepsOf({ jobs }: WorkflowModel): readonly PlacedStep[] {
  return jobs.flatMap((job) => job.steps.map((step) => ({ job, step })));
}

/** Lists the steps that use an action. */
export function usesOf(workflow: WorkflowModel): readonly PlacedStep<UsesStep>[] {
  return stepsOf(workflow).flatMap(({ job, step }) => step.kind === "uses" ? [{ job, step }] : []);
}

/** Whether a step checks out a repository with GitHub's own action. */
export function isCheckout({ uses }: UsesStep): boolean {
  return uses.kind !== "local" && uses.name.toLowerCase() === "actions/checkout";
}

/** Lists the values of an input of an action. GitHub reads the names without regard to case. */
export function inputsOf(step: UsesStep, name: string): readonly Value[] {
  return Object.entries(step.with ?? {}).flatMap(([key, value]) =>
    key.toLowerCase() === name ? [value] : []
  );
}

/** Lists all values of a step in which expressions may stand. */
export function valuesOf(step: StepModel): readonly Value[] {
  return [
    step.name,
    ...(step.if === undefined ? [] : [step.if]),
    ...Object.values(step.env ?? {}),
    ...(step.kind === "uses" ? Object.values(step.with ?? {}) : []),
  ];
}

/** Lists every part of every expression of a workflow. */
export function nodesOf(workflow: WorkflowModel): readonly PlacedNode[] {
  const nodes = (values: readonly Value[], place: Pick<PlacedNode, "job" | "step">) =>
    values.flatMap(expressionsIn).flatMap((expression) =>
      nodesIn(expression.node).map((node): PlacedNode => ({ ...place, expression, node }))
    );
  return [
    ...nodes(workflow.concurrency === undefined ? [] : [workflow.concurrency.group], {}),
    ...workflow.jobs.flatMap((job) => [
      ...nodes(
        [job.name, job.if, job.matrix, ...Object.values(job.outputs)]
          .filter((value) => value !== undefined),
        { job },
      ),
      ...job.steps.flatMap((step) => nodes(valuesOf(step), { job, step })),
    ]),
  ];
}

/** Names a place, for a finding. */
export function placeOf(
  { job, step }: { readonly job?: JobModel; readonly step?: StepModel },
): { readonly job?: string; readonly step?: string } {
  return {
    ...(job === undefined ? {} : { job: job.id }),
    ...(step === undefined ? {} : { step: step.name }),
  };
}
