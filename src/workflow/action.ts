import { stepYaml } from "./emit.ts";
import type { Expression } from "./expression.ts";
import type { Lock } from "./lock.ts";
import type { StepModel } from "./model.ts";
import { pinStep } from "./pin_workflow.ts";
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
  // A composite action has no shell by default.
  const steps = model.steps.map((step) =>
    step.kind === "run" ? { shell: "bash", ...step } : pinStep(step, lock)
  );
  const inputEntries = Object.entries(inputs).map(([name, input]): Entry => [
    name,
    map(
      ["description", input.description],
      input.default === undefined ? ["required", true] : ["default", input.default],
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
