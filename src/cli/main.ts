/**
 * The command line of hubwright: the entry that workflows and people start.
 *
 * @module
 */
import { commentCommand } from "../contract/comment.ts";
import { filterCommand } from "../contract/filter.ts";
import { planCommand } from "../contract/plan.ts";
import type { Io } from "../io/io.ts";
import { processIo } from "./process_io.ts";
import { runCommandLine } from "./run.ts";

/** The commands that workflows call: all that the entry itself holds. */
export const WORKFLOW_COMMANDS = {
  plan: planCommand,
  filter: filterCommand,
  comment: commentCommand,
} as const;

/** Runs a command line of hubwright, for instance `["plan", "--base", "main"]`; gives the exit code. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const [name = ""] = args;
  const forPeople = !Object.hasOwn(WORKFLOW_COMMANDS, name) ||
    args.includes("--help") || args.includes("-h");
  if (!forPeople) return await runCommandLine(args, io, WORKFLOW_COMMANDS);
  const { runTools } = await import("./tools.ts");
  return await runTools(args, io);
}

// Not awaited: the tools import what they share with the entry, once that has been evaluated.
if (import.meta.main) main(Deno.args, processIo()).then(Deno.exit);
