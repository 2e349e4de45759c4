import * as z from "../zod.ts";
import { text, texts } from "./schemas.ts";

export const COMMON_OPTIONS = {
  repo: {
    help: "The infrastructure repository (default: the one around the current folder)",
    value: "DIR",
    schema: text,
  },
  config: {
    help: "The config (default: hubwright.config.ts in the repository, if there is one)",
    value: "FILE",
    schema: text,
  },
  help: { help: "Show this help" },
} as const;

interface TextOption<Value extends string, Schema> {
  readonly help: string;
  readonly value: Value;
  readonly schema: Schema;
}

/** An option whose value is any text. */
// @__NO_SIDE_EFFECTS__
export function textOption<const Value extends string>(
  value: Value,
  help: string,
): TextOption<Value, typeof text> {
  return { help, value, schema: text };
}

/** An option whose value is any text, and that may be given several times. */
// @__NO_SIDE_EFFECTS__
export function repeatedOption<const Value extends string>(
  value: Value,
  help: string,
): TextOption<Value, typeof texts> & { readonly repeatable: true } {
  return { help: `${help}; may be repeated`, value, schema: texts, repeatable: true };
}

/** The option that says how a command prints its answer; the first choice is the default. */
export function formatOption<const Choice extends string>(
  what: string,
  choices: readonly [Choice, ...Choice[]],
): TextOption<"FORMAT", z.ZodMiniEnum<{ [Each in Choice]: Each }>> {
  const [first, ...others] = choices;
  const list = [[`${first} (default)`, ...others.slice(0, -1)].join(", "), ...others.slice(-1)];
  return {
    help: `How to print ${what}: ${list.join(" or ")}`,
    value: "FORMAT",
    schema: z.enum(choices),
  };
}
