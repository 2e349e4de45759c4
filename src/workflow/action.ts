import type { Problem } from "../errors.ts";
import { validateWorkflow } from "./check_workflow.ts";
import { stepYaml } from "./emit.ts";
import type { Expression } from "./expression.ts";
import type { Lock } from "./lock.ts";
import type { StepModel, WorkflowModel } from "./model.ts";
import { pinWorkflow } from "./pin_workflow.ts";
import { handles, type Step } from "./step.ts";
import { type Entry, formatYaml, list, map } from "./yaml.ts";

/** What whoever uses an action may say to it. */
export interface ActionInput {
  readonly description: string;
  /** Without one, it has to be given. */
  readonly default?: string;
}

/** A composite action of a repository, as plain data. */
export interface ActionModel {
  /** The path of its file, relative to the repository's root. */
  readonly file: string;
  readonly name: string;
  readonly description: string;
  readonly header: string;
  readonly inputs: Readonly<Record<string, ActionInput>>;
  readonly steps: readonly StepModel[];
}

/** Defines a composite action. A misspelt input does not compile. */
export function action<const Name extends string>(
  { inputs, steps, ...rest }: Omit<ActionModel, "inputs" | "steps"> & {
    readonly inputs: Readonly<Record<Name, ActionInput>>;
    readonly steps: (inputs: Readonly<Record<Name, Expression<string>>>) => readonly Step[];
  },
): ActionModel {
  const expressions = handles(Object.keys(inputs), "inputs");
  return { ...rest, inputs, steps: steps(expressions).map(({ model }) => model) };
}

/** Writes an action as the text of its YAML file, with the commits of the lock. */
export function emitAction(model: ActionModel, lock: Lock): string {
  const { name, description, header, inputs } = model;
  const [job] = pinWorkflow(workflowOf(model), lock).jobs;
  // A composite action has no shell by default.
  const steps = (job?.steps ?? []).map((step) =>
    step.kind === "run" ? { shell: "bash", ...step } : step
  );
  const inputEntries = Object.entries(inputs).map(([name, input]): Entry => [
    name,
    map(
      ["description", input.description],
      ...(input.default === undefined
        ? [["required", true] as const]
        : [["default", input.default] as const]),
    ),
  ]);
  return formatYaml(
    header,
    map(
      ["name", name],
      ["description", description],
      ["inputs", map(...inputEntries), { apart: true }],
      ["runs", map(["using", "composite"], ["steps", list(steps.map(stepYaml))]), { apart: true }],
    ),
  );
}

/** Finds what is wrong with the steps of an action, by all that holds for those of a job. */
export function validateAction(model: ActionModel, lock: Lock): readonly Problem[] {
  return validateWorkflow(pinWorkflow(workflowOf(model), lock));
}

/** A workflow with the same steps, whose job may do what the action's callers let it. */
function workflowOf({ file, name, header, inputs, steps }: ActionModel): WorkflowModel {
  return {
    file,
    name,
    header,
    // What it takes is in reach as what a workflow that is called takes.
    on: {
      workflow_call: {
        inputs: Object.fromEntries(
          Object.entries(inputs)
            .map(([name, { description }]) => [name, { description, type: "string" }]),
        ),
      },
    },
    jobs: [{
      id: "action",
      name,
      comment: "",
      needs: [],
      permissions: { "id-token": { access: "write", why: "to sign in to a cloud" } },
      runsOn: "ubuntu-latest",
      timeoutMinutes: 1,
      outputs: {},
      steps,
    }],
  };
}
