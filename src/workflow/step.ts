import { context, type Expression } from "./expression.ts";
import type { RunStep, StepModel, UsesStep } from "./model.ts";
import { EnvVariable, type Script } from "./script.ts";
import type { Value } from "./text.ts";

/** A step and the outputs that later steps and its job's outputs may read. */
export interface Step<Outputs = unknown> {
  /** The step. */
  readonly model: StepModel;
  /** Its outputs, by their names. */
  readonly outputs: OutputHandles<Outputs>;
}

/** Outputs as expressions. */
export type OutputHandles<Outputs> = {
  readonly [Name in keyof Outputs]: Expression<Outputs[Name]>;
};

/** The environment variables of a step, as words of its script. */
export type EnvVariables<Env> = { readonly [Name in keyof Env]: EnvVariable };

/**
 * A step that runs a script. A variable that `env` does not define does not compile.
 *
 * @param definition What the step has; its script is a function of its variables.
 * @returns The step, and its outputs for later steps.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { script } from "./script.ts";
 * import { run } from "./step.ts";
 *
 * const tag = run({
 *   name: "Find the tag",
 *   id: "tag",
 *   env: { VERSION: "v1" },
 *   outputs: ["name"],
 *   script: (env) => script`echo name=${env.VERSION} >> "$GITHUB_OUTPUT"`,
 * });
 * assert(tag.outputs.name.text === "steps.tag.outputs.name");
 * ```
 */
export function run<
  const Env extends Readonly<Record<string, Value>> = Record<never, Value>,
  const Output extends string = never,
>(
  { script, outputs = [], ...base }: Omit<RunStep, "kind" | "env" | "run"> & {
    /** The environment variables through which values reach the script. */
    readonly env?: Env;
    /** The names of the outputs that the script writes; they need an `id`. */
    readonly outputs?: readonly Output[];
    readonly script: (env: EnvVariables<Env>) => Script;
  },
): Step<Readonly<Record<Output, string>>> {
  const names = Object.keys(base.env ?? {});
  const variables = Object.fromEntries(names.map((name) => [name, new EnvVariable(name)]));
  return {
    model: { kind: "run", ...base, run: script(variables as EnvVariables<Env>) },
    outputs: outputHandles(base.id, outputs) as OutputHandles<Record<Output, string>>,
  };
}

/** A step that uses an action. */
export function uses<const Output extends string = never>(
  { outputs = [], ...definition }: Omit<UsesStep, "kind"> & {
    /** The names of the outputs that the action writes; they need an `id`. */
    readonly outputs?: readonly Output[];
  },
): Step<Readonly<Record<Output, string>>> {
  return {
    model: { kind: "uses", ...definition },
    outputs: outputHandles(definition.id, outputs) as OutputHandles<Record<Output, string>>,
  };
}

/**
 * How a step ended, before `continueOnError` made a success of it.
 *
 * @param step The step, which needs an `id`.
 * @returns How it ended.
 * @throws {TypeError} If it has no id.
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#steps-context}
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { script } from "./script.ts";
 * import { outcomeOf, run } from "./step.ts";
 *
 * const build = run({ name: "Build", id: "build", script: () => script`make` });
 * assert(outcomeOf(build).text === "steps.build.outcome");
 * ```
 */
export function outcomeOf(
  { model: { id, name } }: Step,
): Expression<"success" | "failure" | "cancelled" | "skipped"> {
  if (id !== undefined) return context("steps", id, "outcome");
  throw new TypeError(`Cannot read how the step "${name}" ended: it has no id`);
}

/** The handles of a step's outputs, which are read by its id. */
export function outputHandles(
  id: string | undefined,
  names: readonly string[],
): Readonly<Record<string, Expression<string>>> {
  if (names.length > 0 && id === undefined) {
    throw new TypeError(`Cannot read the outputs ${names.join(", ")}: the step has no id`);
  }
  return handles(names, "steps", id ?? "", "outputs");
}

/** An expression for each name, below a context. */
export function handles(
  names: readonly string[],
  ...path: readonly string[]
): Readonly<Record<string, Expression<string>>> {
  return Object.fromEntries(names.map((name) => [name, context(...path, name)]));
}
