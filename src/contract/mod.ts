/** The commands of hubwright, each defined once. */
import type { Command } from "./command.ts";
import { commentCommand } from "./comment.ts";
import { filterCommand } from "./filter.ts";
import { generateCommand } from "./generate.ts";
import { planCommand } from "./plan.ts";

/** All commands by name, in the order of `--help`. */
export const COMMANDS = {
  generate: generateCommand,
  plan: planCommand,
  filter: filterCommand,
  comment: commentCommand,
} as const satisfies Readonly<Record<string, Command>>;
