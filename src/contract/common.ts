import * as z from "../zod.ts";
import type { OptionDefinition, VariableDefinition } from "./command.ts";
import { optionalText, text } from "./schemas.ts";

export const COMMON_OPTIONS = {
  repo: {
    help: "The infrastructure repository (default: the one that the current folder is in)",
    value: "DIR",
    schema: text,
  },
  config: {
    help: "The config (default: hubwright.config.ts in the repository, if there is one)",
    value: "FILE",
    schema: text,
  },
  help: { help: "Show this help" },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

/** The option that says how a command prints its answer; the first choice is the default. */
export function formatOption<const Choices extends readonly [string, ...string[]]>(
  what: string,
  choices: Choices,
): {
  readonly help: string;
  readonly value: "FORMAT";
  readonly schema: z.ZodMiniEnum<{ [Choice in Choices[number]]: Choice }>;
  readonly choices: Choices;
} {
  const [first, ...others] = choices;
  const last = others.pop();
  const list = [`${first} (default)`, ...others].join(", ");
  return {
    help: `How to print ${what}: ${last === undefined ? list : `${list} or ${last}`}`,
    value: "FORMAT",
    schema: z.enum(choices),
    choices,
  };
}

/** The variables through which GitHub's runner takes what a step says. */
export const STEP_FILES = {
  GITHUB_OUTPUT: { help: "The file for step outputs", from: "runner", schema: optionalText },
  GITHUB_STEP_SUMMARY: {
    help: "The file for the job summary",
    from: "runner",
    schema: optionalText,
  },
  GITHUB_ACTIONS: {
    help: "Set inside a workflow: mistakes are annotated, colour is on",
    from: "runner",
    schema: optionalText,
  },
} as const satisfies Readonly<Record<string, VariableDefinition>>;
