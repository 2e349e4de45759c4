import { call, type Expression, type Json, type Operand } from "./expression.ts";

/** {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#always always()}: also after a failure or a cancellation. */
export function always(): Expression<boolean> {
  return call("always");
}

/** {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#cancelled cancelled()}: the run was cancelled. */
export function cancelled(): Expression<boolean> {
  return call("cancelled");
}

/** {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#failure failure()}: a step or a needed job before failed. */
export function failure(): Expression<boolean> {
  return call("failure");
}

/**
 * Reads JSON text.
 *
 * @param text JSON text that holds a `Value`.
 * @returns The value.
 */
export function fromJSON<Value>(text: Expression<Json<Value>>): Expression<Value> {
  return call("fromJSON", text);
}

/**
 * Writes a value as JSON text.
 *
 * @param value The value.
 * @returns The text.
 */
export function toJSON<Value>(value: Expression<Value>): Expression<Json<Value>> {
  return call("toJSON", value);
}

/**
 * Whether a list has items: GitHub refuses a matrix over an empty list, so a job over one is
 * skipped instead. Empty text is no empty list: a job that succeeded wrote one, so GitHub dropped
 * the output, and a job that then reads it fails instead of being skipped.
 *
 * @param text JSON text of a list, as a command of hubwright writes it.
 * @returns False for the empty list alone.
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs}
 */
export function hasItems(text: Expression<Json<readonly unknown[]>>): Expression<boolean> {
  return (text as Expression<string>).notEquals("[]");
}

/**
 * Whether a job wrote an output.
 *
 * @param text The output.
 * @returns False for empty text.
 */
export function isWritten(text: Expression<string>): Expression<boolean> {
  return text.notEquals("");
}

/**
 * Fills `{0}`, `{1}` and so on in a text.
 *
 * @param text The text, a literal.
 * @param values What goes into it.
 * @returns The filled text.
 */
export function format(text: string, ...values: readonly Operand<unknown>[]): Expression<string> {
  return call("format", text, ...values);
}

/**
 * One of two values, by GitHub's idiom `condition && whenTrue || whenFalse`.
 *
 * @param condition What decides.
 * @param whenTrue The value where it is true; a literal must be true itself.
 * @param whenFalse The value where it is false.
 * @returns The value.
 * @throws {TypeError} Where `whenTrue` is a literal that counts as false, for which the idiom
 * would give `whenFalse`.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { choose } from "./functions.ts";
 * import { context } from "./expression.ts";
 *
 * const depth = choose(context<string>("github", "event_name").equals("push"), 2, 1);
 * assert(depth.text === "github.event_name == 'push' && 2 || 1");
 * ```
 */
export function choose<Value>(
  condition: Expression<boolean>,
  whenTrue: Operand<Value>,
  whenFalse: Operand<Value>,
): Expression<Value> {
  if (!whenTrue) {
    throw new TypeError(
      `Cannot choose ${JSON.stringify(whenTrue)}: "a && b || c" gives c where b counts as false`,
    );
  }
  return condition.and(whenTrue).or(whenFalse) as Expression<Value>;
}
