import { data } from "@actions/expressions";
import type { Scope, Status } from "./evaluate.ts";
import type { Leg } from "./leg.ts";
import type { Result, Texts } from "./record.ts";
import { type Contexts, StrictDictionary, toData } from "./strict_dictionary.ts";

/** A list of steps in progress: those of a job, or those of a composite action. */
export interface Frame {
  /** The workflow or the action, for messages. */
  readonly file: string;
  readonly at: string;
  /** The contexts that differ from the leg's: an action's inputs, and its own `github`. */
  readonly contexts: Contexts;
  /** The variables of the step that called the action. */
  readonly env: Texts;
  readonly variables: Texts;
  readonly steps: Map<string, FinishedStep>;
  readonly defaults: { readonly shell?: string | undefined; readonly folder?: string | undefined };
  /** For an action, whether one of its own steps failed. */
  readonly action: { failed: boolean } | undefined;
}

/** A step that others can refer to by its id. */
export interface FinishedStep {
  readonly outputs: Texts;
  readonly outcome: Result;
  readonly conclusion: Result;
}

/** What a step runs with. */
export interface Surroundings {
  /** The variables of the step and around it. */
  readonly env: Texts;
  readonly scope: (key: string) => Scope;
}

/** The outputs of a step: one that it did not set is null, as no step declares its outputs. */
class StepOutputs extends data.Dictionary {
  override get(key: string): data.ExpressionData {
    return super.get(key) ?? new data.Null();
  }
}

/**
 * What the status functions say in a step's condition: in an action, they are about the action's
 * own steps.
 */
export function stepStatus({ status }: Leg, { action }: Frame): Status {
  const cancelled = status === "cancelled";
  const failed = action === undefined ? status === "failure" : action.failed;
  return { success: !failed && !cancelled, failure: failed && !cancelled, cancelled };
}

export function stepContexts(leg: Leg, frame: Frame, env: Texts): Contexts {
  const steps = [...frame.steps].map(([id, { outputs, outcome, conclusion }]) => {
    const pairs = Object.entries(outputs)
      .map(([key, value]) => ({ key, value: new data.StringData(value) }));
    const values = {
      outputs: new StepOutputs(...pairs),
      outcome: new data.StringData(outcome),
      conclusion: new data.StringData(conclusion),
    };
    return [id, new StrictDictionary(`steps.${id}`, values)];
  });
  return {
    ...leg.contexts,
    ...frame.contexts,
    env: toData("env", env),
    job: toData("job", { status: leg.status }),
    steps: new StrictDictionary("steps", Object.fromEntries(steps)),
  };
}
