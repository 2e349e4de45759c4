import {
  context,
  entryOf,
  type Expression,
  type ExpressionNode,
  isExpression,
} from "../workflow/expression.ts";
import { secret as namedSecret } from "../workflow/github_context.ts";
import { LEG } from "./leg_values.ts";
import type { Leg } from "./step_config.ts";

/**
 * A secret of the repository, or one of several by the leg.
 *
 * @param name The secret's name, or a `format` of it whose text begins with the part that all of them
 * share; a leg's values fill in the rest.
 * @returns Its value.
 * @throws {TypeError} If it is not such a name: which secrets a step may see has to be known when the
 * workflow is generated.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { format } from "../workflow/functions.ts";
 * import { secret } from "./secret.ts";
 *
 * assert(secret("SLACK_WEBHOOK").text === "secrets.SLACK_WEBHOOK");
 * const key = secret((leg) => format("KEY_OF_{0}", leg.provider));
 * assert(key.text === "secrets[format('KEY_OF_{0}', matrix.jobs.provider)]");
 * ```
 */
export function secret(
  name: string | Expression<string> | ((leg: Leg) => Expression<string>),
): Expression<string> {
  if (typeof name === "function") return secret(name(LEG));
  if (!isExpression(name)) return namedSecret(name);
  if (isNameOfLeg(name.node)) return entryOf("secrets", name);
  throw new TypeError(
    `Cannot use a secret: expected its name, or a format that begins with a part of it and takes ` +
      `the rest from the leg, such as format("KEY_OF_{0}", leg.provider), found ${name.text}`,
  );
}

/** Whether an expression is the name of a secret in which values of the leg fill in some part. */
function isNameOfLeg(node: ExpressionNode): boolean {
  if (node.kind !== "call" || node.name !== "format") return false;
  const [text, ...values] = node.args;
  return text?.kind === "literal" && /^[A-Za-z_]\w*(?:\{\d+\}\w*)+$/.test(String(text.value)) &&
    values.every((value) => value.kind === "context" && value.path[0] === "matrix");
}

/**
 * A variable that the repository's settings on GitHub hold.
 *
 * @param name The variable's name.
 * @returns Its value; empty text where there is none.
 * @throws {TypeError} If it is not a name.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { variable } from "./secret.ts";
 *
 * assert(variable("REGION").text === "vars.REGION");
 * ```
 */
export function variable(name: string): Expression<string> {
  if (typeof name === "string" && /^[A-Za-z_]\w*$/.test(name)) return context("vars", name);
  const found = typeof name === "string" ? JSON.stringify(name) : "something that is not text";
  throw new TypeError(
    `Cannot use a variable: expected its name, such as REGION, found ${found}`,
  );
}
