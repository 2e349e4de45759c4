import { describeValue } from "../errors.ts";
import { isValue, type Value } from "../workflow/text.ts";
import { isCron } from "../workflow/cron.ts";
import * as z from "../zod.ts";
import { expected, mustBe } from "./issues.ts";

/** What GitHub would replace before a shell or a step sees it. */
const EXPRESSION = "${{";

export const text = z.string().check(z.minLength(1, { abort: true }));

export const plainText = text.check(z.refine(
  (value) => !value.includes(EXPRESSION),
  `expected no "${EXPRESSION}": pass values through env, or as an expression of the leg`,
));

export const scriptText = plainText.check(mustBe(
  `no '""$': leave out the empty quotes before the variable`,
  (value) => !value.includes('""$'),
));

/** Text of some form, which is said in words. */
// @__NO_SIDE_EFFECTS__
export function textLike(form: RegExp, wanted: string): z.ZodMiniString<string> {
  return z.string().check(z.regex(form, `expected ${wanted}`));
}

/** A whole number, of which is said in words how large it may be. */
// @__NO_SIDE_EFFECTS__
export function whole(wanted: string, least: number, most = Infinity): z.ZodMiniNumberFormat {
  const isRight = (count: number) => count >= least && count <= most;
  return z.int().check(mustBe(`a whole number ${wanted}`, isRight));
}

export const cron = text.check(
  mustBe('five fields as cron has them, for instance "17 4 * * *"', isCron),
);

export const secretName = textLike(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of a secret");

export const value = z.custom<Value>(
  isValue,
  expected("text, a number, true, false or an expression"),
);

const named = z.refine(
  (values) => Object.keys(Object(values)).every((name) => /^[A-Za-z_]\w*$/.test(name)),
  'expected the names of variables: letters, digits and "_", no digit first',
);

export const variables = z.optional(z.record(z.string(), value)).check(named);

/** The inputs of a step's action. What is `undefined` is left out: a list of objects has such. */
export const inputs = z.optional(z.record(text, z.optional(value)));

export const stepVariables = z.optional(z.record(z.string(), z.optional(value))).check(named);

/** A number of minutes. GitHub ends a job on its own machines after six hours. */
export const minutes = whole("of minutes from 1", 1);

/** A mapping, or text that is short for one key of it. */
// @__NO_SIDE_EFFECTS__
export function textOr<const Schema extends z.ZodMiniType>(
  key: string,
  wanted: string,
  mapping: Schema,
): z.ZodMiniType<z.output<Schema>> {
  const widen = z.transform((input: unknown, context) => {
    if (typeof input === "string") return { [key]: input };
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return input;
    const message = `expected ${wanted}, found ${describeValue(input)}`;
    context.issues.push({ code: "custom", input, message });
    return z.NEVER;
  });
  return z.pipe(widen, mapping as z.ZodMiniType<z.output<Schema>, object>);
}
