import { z } from "zod";
import { describeValue } from "../errors.ts";
import type { OptionDefinition } from "./command.ts";

/** The options that every command has. */
export const COMMON_OPTIONS = {
  repo: {
    help: "The infrastructure repository (default: the current folder)",
    value: "DIR",
    schema: z.string(),
  },
  config: {
    help: "The config (default: hubwright.config.ts in the repository, if there is one)",
    value: "FILE",
    schema: z.string(),
  },
  help: { help: "Show this help" },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

/** Text that may be missing; empty text counts as missing, as GitHub gives it for a null value. */
export const optionalText = z.string().optional().transform((text) => text || undefined);

/**
 * Text that holds JSON of a schema.
 *
 * @param schema What the JSON holds.
 * @param wanted What it should hold, in words.
 * @returns The schema of the text.
 * @example
 * ```ts
 * import { z } from "zod";
import { describeValue } from "../errors.ts";
 * import { jsonText } from "./common.ts";
 *
 * console.assert(jsonText(z.array(z.string()), "a list").parse('["a"]')[0] === "a");
 * ```
 */
export function jsonText<Schema extends z.ZodType>(
  schema: Schema,
  wanted: string,
): z.ZodType<z.output<Schema>> {
  return z.preprocess((text, context) => {
    try {
      return JSON.parse(String(text));
    } catch {
      const found = typeof text === "string" ? shorten(text) : text;
      context.addIssue({
        code: "custom",
        message: `expected ${wanted} as JSON, found ${describeValue(found)}`,
      });
      return z.NEVER;
    }
  }, schema) as z.ZodType<z.output<Schema>>;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

/** The variables through which GitHub's runner takes what a step says. */
export const STEP_FILES = {
  GITHUB_OUTPUT: {
    help: "The file for step outputs",
    from: "runner",
    schema: optionalText,
  },
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
} as const;
