import type { ActionRef } from "./action.ts";
import { context, Expression } from "./expression.ts";
import type { StepBase, StepModel } from "./model.ts";
import { EnvVariable, type Script } from "./script.ts";
import type { Value } from "./text.ts";

/** A step and the outputs that later steps and its job's outputs may read. */
export interface Step<Outputs = unknown> {
  /** The step as data. */
  readonly model: StepModel;
  /** The step's outputs by name. */
  readonly outputs: OutputHandles<Outputs>;
}

/** An expression for each output. */
export type OutputHandles<Outputs> = {
  readonly [Name in keyof Outputs]: Expression<Outputs[Name]>;
};

/** A variable of a script for each environment variable of its step. */
export type EnvVariables<Env> = { readonly [Name in keyof Env]: EnvVariable };

/** What a step that runs a script is made from. */
export interface RunDefinition<Env, Output extends string> extends Omit<StepBase, "env"> {
  /** The environment variables through which values reach the script. */
  readonly env?: Env;
  /** The names of the outputs that the script writes; they need an `id`. */
  readonly outputs?: readonly Output[];
  /** The script, given the variables of `env`. */
  readonly script: (env: EnvVariables<Env>) => Script;
}

/**
 * A step that runs a script.
 *
 * @param definition The step. A variable that `env` does not define does not compile.
 * @returns The step, with handles for its outputs.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { run } from "./step.ts";
 * import { script } from "./script.ts";
 * import { context } from "./expression.ts";
 *
 * const step = run({
 *   name: "Greet",
 *   env: { ACTOR: context<string>("github", "actor") },
 *   script: (env) => script`echo ${env.ACTOR}`,
 * });
 * assert(step.model.kind === "run" && step.model.run.text === 'echo "$ACTOR"');
 * ```
 */
export function run<
  const Env extends Readonly<Record<string, Value>> = Record<never, Value>,
  const Output extends string = never,
>(definition: RunDefinition<Env, Output>): Step<Readonly<Record<Output, string>>> {
  const { script, outputs = [], ...base } = definition;
  const names = Object.keys(definition.env ?? {});
  const variables = Object.fromEntries(names.map((name) => [name, new EnvVariable(name)]));
  return {
    model: { kind: "run", ...base, run: script(variables as EnvVariables<Env>) },
    outputs: outputHandles(definition.id, outputs) as OutputHandles<Record<Output, string>>,
  };
}

/** What a step that uses an action is made from. */
export interface UsesDefinition extends StepBase {
  /** The action. */
  readonly uses: ActionRef;
  /** The action's inputs. */
  readonly with?: Readonly<Record<string, Value>>;
}

/**
 * A step that uses an action.
 *
 * @param definition The step.
 * @returns The step.
 */
export function uses(definition: UsesDefinition): Step<Record<never, never>> {
  return { model: { kind: "uses", ...definition }, outputs: {} };
}

/**
 * The handles of a step's outputs.
 *
 * @throws {TypeError} Where there are outputs and the step has no id to read them by.
 */
export function outputHandles(
  id: string | undefined,
  names: readonly string[],
): Readonly<Record<string, Expression<string>>> {
  if (names.length > 0 && id === undefined) {
    throw new TypeError(`Cannot read the outputs ${names.join(", ")}: the step has no id`);
  }
  return Object.fromEntries(
    names.map((name) => [name, context<string>("steps", id ?? "", "outputs", name)]),
  );
}
