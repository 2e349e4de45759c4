import { data } from "@actions/expressions";
import type { Status } from "./expression.ts";
import type { Leg } from "./leg.ts";
import { StrictDictionary } from "./strict_dictionary.ts";

/** A list of steps in progress: those of a job, or those of a composite action. */
export interface Frame {
  /** The workflow or the action, for messages. */
  readonly file: string;
  /** Where the steps stand in it, for messages. */
  readonly at: string;
  /** The contexts that differ from the leg's: an action's inputs, and its own `github`. */
  readonly contexts: Readonly<Record<string, data.ExpressionData>>;
  /** The variables of the step that called the action. */
  readonly env: Readonly<Record<string, string>>;
  /** Further variables of the runner. */
  readonly variables: Readonly<Record<string, string>>;
  /** The finished steps that have an id. */
  readonly steps: Map<string, FinishedStep>;
  /** The defaults for scripts. */
  readonly defaults: { readonly shell?: string | undefined; readonly folder?: string | undefined };
  /** For an action, whether one of its own steps failed. */
  readonly action: { failed: boolean } | undefined;
}

/** A step that others can refer to by its id. */
export interface FinishedStep {
  readonly outputs: Readonly<Record<string, string>>;
  readonly outcome: string;
  readonly conclusion: string;
}

/** The outputs of a step: what it did not set is null, as nobody declares them. */
class StepOutputs extends data.Dictionary {
  override get(key: string): data.ExpressionData {
    return super.get(key) ?? new data.Null();
  }
}

/**
 * What the status functions say in a step's condition: in an action, they are about the action's
 * own steps.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions}
 */
export function stepStatus({ status }: Leg, { action }: Frame): Status {
  const cancelled = status === "cancelled";
  const failed = action === undefined ? status === "failure" : action.failed;
  return { success: !failed && !cancelled, failure: failed && !cancelled, cancelled };
}

/** The contexts of a step. */
export function stepContexts(
  leg: Leg,
  frame: Frame,
  env: Readonly<Record<string, string>>,
): Record<string, data.ExpressionData> {
  const steps = [...frame.steps].map(([key, { outputs, outcome, conclusion }]) => ({
    key,
    value: new StrictDictionary(
      `steps.${key}`,
      { key: "outputs", value: new StepOutputs(...pairs(outputs)) },
      ...pairs({ outcome, conclusion }),
    ),
  }));
  return {
    ...leg.contexts,
    ...frame.contexts,
    env: new StrictDictionary("env", ...pairs(env)),
    job: new StrictDictionary("job", ...pairs({ status: leg.status })),
    steps: new StrictDictionary("steps", ...steps),
  };
}

function pairs(texts: Readonly<Record<string, string>>) {
  return Object.entries(texts).map(([key, value]) => ({ key, value: new data.StringData(value) }));
}
