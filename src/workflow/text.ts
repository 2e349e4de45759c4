import { call, type Expression, isExpression } from "./expression.ts";

const TEMPLATE = Symbol.for("hubwright.template");

/** Text with expressions in it, for values that GitHub reads: never for scripts. */
export class Template {
  /** Marks a template, whichever copy of hubwright made it. */
  readonly [TEMPLATE] = true;
  /** Text and expressions in turn. */
  readonly parts: readonly (string | Expression<unknown>)[];

  /**
   * Makes a text from its parts; the tag `template` is shorter.
   *
   * @param parts Text and expressions in turn.
   */
  constructor(parts: readonly (string | Expression<unknown>)[]) {
    this.parts = parts;
  }
}

/** Whether something is a template, of this copy of hubwright or of another. */
function isTemplate(value: unknown): value is Template {
  return typeof value === "object" && value !== null && TEMPLATE in value;
}

/** A value of `env`, `with` and the like. */
export type Value = string | number | boolean | Expression<unknown> | Template;

/** Whether something can be a value of `env`, `with` and the like. */
export function isValue(value: unknown): value is Value {
  return ["string", "number", "boolean"].includes(typeof value) || isExpression(value) ||
    isTemplate(value);
}

/**
 * Puts expressions into the text of a value.
 *
 * @param strings The text.
 * @param values The expressions, or more text.
 * @returns The text with the expressions in it.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { context } from "./expression.ts";
 * import { formatValue, template } from "./text.ts";
 *
 * const value = template`${context("github", "server_url")}/login`;
 * assert(formatValue(value) === "${{ github.server_url }}/login");
 * ```
 */
export function template(
  strings: TemplateStringsArray,
  ...values: readonly (Expression<unknown> | string)[]
): Template {
  const parts = strings.flatMap((text, index) => [text, values[index] ?? ""]);
  return new Template(parts.filter((part) => part !== ""));
}

/** Writes a value as YAML has it: expressions in `${{ }}`, everything else as it is. */
export function formatValue(value: Value): string | number | boolean {
  if (isExpression(value)) return `\${{ ${value.text} }}`;
  return isTemplate(value) ? value.parts.map(formatValue).join("") : value;
}

/** A value as one expression, by which a function can be called with it. */
export function asExpression(value: Value): Expression<unknown> {
  if (isExpression(value)) return value;
  // A brace is put in like a value: some readers take two of them for the end of the expression.
  const puts: (string | Expression<unknown>)[] = [];
  const put = (what: string | Expression<unknown>) => `{${puts.push(what) - 1}}`;
  const text = partsOf(value)
    .map((part) => isExpression(part) ? put(part) : String(part).replaceAll(/[{}]/g, put));
  return call("format", text.join(""), ...puts);
}

/** The expressions in a value, in order. */
export function expressionsIn(value: Value): readonly Expression<unknown>[] {
  return partsOf(value).filter((part) => isExpression(part));
}

/** Whether plain text, not an expression, holds what GitHub would read as one. */
export function smugglesExpression(value: Value): boolean {
  // All between two expressions is one text, in however many parts it was given.
  const texts = partsOf(value).map((part) => isExpression(part) ? "\0" : String(part)).join("");
  return texts.includes("${{");
}

function partsOf(value: Value): readonly Exclude<Value, Template>[] {
  return isTemplate(value) ? value.parts : [value];
}
