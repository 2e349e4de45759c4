import { call, type Expression, type Json, type Operand } from "./expression.ts";

/**
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#always always()}: also after a failure or a cancellation.
 *
 * @returns The condition, for a job or a step.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { always } from "./functions.ts";
 *
 * assert(always().text === "always()");
 * ```
 */
export function always(): Expression<boolean> {
  return call("always");
}

/**
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#cancelled cancelled()}: the run was cancelled.
 *
 * @returns The condition, for a job or a step.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { cancelled } from "./functions.ts";
 *
 * assert(cancelled().text === "cancelled()");
 * ```
 */
export function cancelled(): Expression<boolean> {
  return call("cancelled");
}

/**
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#failure failure()}: a step or a needed job before failed.
 *
 * @returns The condition, for a job or a step.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { failure } from "./functions.ts";
 *
 * assert(failure().text === "failure()");
 * ```
 */
export function failure(): Expression<boolean> {
  return call("failure");
}

/**
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#fromjson fromJSON()}: the value that JSON text holds.
 *
 * @param text The text.
 * @returns The value.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { context, type Json } from "./expression.ts";
 * import { fromJSON } from "./functions.ts";
 *
 * const list = context<Json<readonly string[]>>("needs", "plan", "outputs", "hubs");
 * assert(fromJSON(list).text === "fromJSON(needs.plan.outputs.hubs)");
 * ```
 */
export function fromJSON<Value>(text: Expression<Json<Value>>): Expression<Value> {
  return call("fromJSON", text);
}

/**
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#tojson toJSON()}: a value as JSON text.
 *
 * @param value The value.
 * @returns The text.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { toJSON } from "./functions.ts";
 * import { github } from "./github_context.ts";
 *
 * assert(toJSON(github.pullRequestLabels).text === "toJSON(github.event.pull_request.labels.*.name)");
 * ```
 */
export function toJSON<Value>(value: Expression<Value>): Expression<Json<Value>> {
  return call("toJSON", value);
}

/**
 * Whether a list has items: GitHub refuses a matrix over an empty list, so a job over one is
 * skipped instead. Empty text is not an empty list: a job that succeeded wrote one, so GitHub
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs dropped the output},
 * and a job that then reads it fails instead of being skipped.
 */
export function hasItems(text: Expression<Json<readonly unknown[]>>): Expression<boolean> {
  return (text as Expression<string>).notEquals("[]");
}

/** Whether a value is there: what a list or a mapping does not have is null. */
export function isThere(value: Expression<unknown>): Expression<boolean> {
  return value.notEquals(null);
}

/** Whether a job wrote an output. */
export function isWritten(text: Expression<string>): Expression<boolean> {
  return text.notEquals("");
}

/**
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#startswith startsWith()}: whether a text begins with another, in which the case of letters does not count.
 *
 * @param text The text.
 * @param start What it may begin with.
 * @returns Whether it does.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { startsWith } from "./functions.ts";
 * import { github } from "./github_context.ts";
 *
 * assert(startsWith(github.ref, "refs/tags/").text === "startsWith(github.ref, 'refs/tags/')");
 * ```
 */
export function startsWith(text: Expression<string>, start: string): Expression<boolean> {
  return call("startsWith", text, start);
}

/**
 * Fills `{0}`, `{1}` and so on in a text.
 *
 * @param text The text.
 * @param values What is put in place of them.
 * @returns The text with the values in it.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { format } from "./functions.ts";
 * import { github } from "./github_context.ts";
 *
 * assert(format("run {0}", github.runId).text === "format('run {0}', github.run_id)");
 * ```
 */
export function format(text: string, ...values: readonly Operand<unknown>[]): Expression<string> {
  return call("format", text, ...values);
}

/**
 * One of two values, by GitHub's idiom `condition && whenTrue || whenFalse`.
 *
 * @param condition What decides.
 * @param whenTrue The value where it holds.
 * @param whenFalse The value where it does not.
 * @returns The value.
 * @throws {TypeError} If the first value counts as false, since the idiom then gives the second.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { choose } from "./functions.ts";
 * import { github } from "./github_context.ts";
 *
 * const depth = choose(github.eventName.equals("push"), 2, 0);
 * assert(depth.text === "github.event_name == 'push' && 2 || 0");
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
