import type { Problem } from "../errors.ts";
import type { ActionAtCommit, ActionRef } from "./action.ts";
import { describeSource, findPin, type Lock } from "./lock.ts";
import type { JobModel, StepModel, WorkflowModel } from "./model.ts";
import { describePin, isSamePin } from "./pin.ts";

/**
 * Puts the commit of the lock beside every action that a workflow only names. One that no lock has
 * stays as it is: validating the workflow finds it.
 */
export function pinWorkflow(workflow: WorkflowModel, lock: Lock): WorkflowModel {
  const pinStep = (step: StepModel): StepModel =>
    step.kind === "uses" ? { ...step, uses: pinAction(step.uses, lock) } : step;
  return {
    ...workflow,
    jobs: workflow.jobs.map((job) => ({ ...job, steps: job.steps.map(pinStep) })),
  };
}

function pinAction(action: ActionRef, lock: Lock): ActionRef {
  if (action.kind !== "locked") return action;
  const pin = findPin(lock, action.name);
  if (pin === undefined) return action;
  return { kind: "pinned", name: action.name, version: pin.version, commit: pin.commit };
}

/** An action that a step of a workflow uses at a commit. */
interface GivenPin {
  readonly workflow: WorkflowModel;
  readonly job: JobModel;
  readonly step: StepModel;
  readonly action: ActionAtCommit;
}

/**
 * Finds the actions that a definition pins otherwise than the lock, or otherwise than another step:
 * one action at two commits would leave nobody sure which of them runs, and no bump could be
 * adopted.
 */
export function pinProblems(
  workflows: readonly WorkflowModel[],
  lock: Lock,
  config: string,
): readonly Problem[] {
  const given = workflows.flatMap(givenPins);
  return given.flatMap(({ workflow, job, step, action }) => {
    const locked = findPin(lock, action.name);
    const other = locked ?? given.find((pin) => pin.action.name === action.name)?.action;
    if (other === undefined || isSamePin(action, other)) return [];
    const source = describeSource(locked?.source ?? "config", `another step of ${config}`);
    return {
      file: workflow.file,
      message: `Job ${job.id}: step "${step.name}": Cannot use ${action.name} at ` +
        `${describePin(action)}: ${source} has it at ${describePin(other)}; ` +
        (locked === undefined
          ? "use the same commit and version in both"
          : `leave the commit and the version out of ${config}, so that the lock decides, or ` +
            `change the lock`),
    };
  });
}

function givenPins(workflow: WorkflowModel): readonly GivenPin[] {
  return workflow.jobs.flatMap((job) =>
    job.steps.flatMap((step) =>
      step.kind === "uses" && step.uses.kind === "pinned"
        ? [{ workflow, job, step, action: step.uses }]
        : []
    )
  );
}
