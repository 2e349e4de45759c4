import * as z from "../zod.ts";
import { text } from "./schemas.ts";

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

/** The option that says how a command prints its answer; the first choice is the default. */
export function formatOption<const Choice extends string>(
  what: string,
  choices: readonly [Choice, ...Choice[]],
): {
  readonly help: string;
  readonly value: "FORMAT";
  readonly schema: z.ZodMiniEnum<{ [Each in Choice]: Each }>;
} {
  const [first, ...others] = choices;
  const list = [[`${first} (default)`, ...others.slice(0, -1)].join(", "), ...others.slice(-1)];
  return {
    help: `How to print ${what}: ${list.join(" or ")}`,
    value: "FORMAT",
    schema: z.enum(choices),
  };
}
