import type { Problem } from "../errors.ts";
import { compare } from "../text/compare.ts";
import { describePin, describeSource, findPin, isSamePin } from "./lock.ts";
import type { FoundPin, Lock } from "./lock.ts";
import type { ActionRef, StepModel, WorkflowModel } from "./model.ts";
import { actionsOf, describePlace } from "./value_places.ts";

/** The actions of other repositories that workflows use, by name, each with its pin. */
export type UsedActions = ReadonlyMap<string, FoundPin | undefined>;

export function usedActions(workflows: readonly WorkflowModel[], lock: Lock): UsedActions {
  const pins = new Map<string, FoundPin | undefined>();
  for (const { uses } of workflows.flatMap(actionsOf)) {
    if (uses.kind === "locked") {
      pins.set(uses.name, pins.get(uses.name) ?? findPin(lock, uses.name));
    } else if (uses.kind === "pinned") {
      const { name, version, commit } = uses;
      pins.set(name, { version, commit, source: "config" });
    }
  }
  return new Map([...pins].sort(([a], [b]) => compare(a, b)));
}

/** Puts the commit of the lock beside every action that a workflow only names. */
export function pinWorkflow(workflow: WorkflowModel, lock: Lock): WorkflowModel {
  const jobs = workflow.jobs.map((job) => ({
    ...job,
    ...(job.calls && { calls: { ...job.calls, uses: pin(job.calls.uses, lock) } }),
    steps: job.steps.map((step) => pinStep(step, lock)),
  }));
  return { ...workflow, jobs };
}

export function pinStep(step: StepModel, lock: Lock): StepModel {
  return step.kind === "uses" ? { ...step, uses: pin(step.uses, lock) } : step;
}

/** An action that no lock has stays as it is: validating the workflow finds it. */
function pin(uses: ActionRef, lock: Lock): ActionRef {
  if (uses.kind !== "locked") return uses;
  const { name } = uses;
  const found = findPin(lock, name);
  return found ? { kind: "pinned", name, version: found.version, commit: found.commit } : uses;
}

/**
 * Finds the actions that a definition pins otherwise than the lock, or otherwise than another step:
 * with two commits of one action it is unclear which one runs, and no bump could be adopted.
 */
export function pinProblems(
  workflows: readonly WorkflowModel[],
  lock: Lock,
  config: string,
): readonly Problem[] {
  const given = workflows.flatMap((workflow) =>
    actionsOf(workflow).flatMap(({ job, step, uses }) =>
      uses.kind === "pinned" ? [{ workflow, job, step, action: uses }] : []
    )
  );
  return given.flatMap(({ workflow, job, step, action }) => {
    const locked = findPin(lock, action.name);
    const other = locked ?? given.find((pin) => pin.action.name === action.name)?.action;
    if (other === undefined || isSamePin(action, other)) return [];
    const source = describeSource(locked?.source ?? "config", `another step of ${config}`);
    return {
      file: workflow.file,
      message: `${describePlace({ job, step })}Cannot use ${action.name} at ` +
        `${describePin(action)}: ${source} has it at ${describePin(other)}; ` +
        (locked === undefined
          ? "use the same commit and version in both"
          : `leave the commit and the version out of ${config}, so that the lock decides, or ` +
            `change the lock`),
    };
  });
}
