import type { Command } from "../contract/command.ts";
import { isSystemError, UsageError, UserError } from "../errors.ts";
import { formatOutputs } from "../github/step_files.ts";
import type { Io } from "../io/io.ts";
import { paintError, printProblems } from "../io/problems.ts";
import { boundText } from "../text/bound_text.ts";
import { didYouMean } from "../text/nearest.ts";
import { visible, visibleLines } from "../text/visible.ts";
import { findRoot } from "./find_root.ts";
import { parseArgs } from "./parse_args.ts";
import { readOptions, readVariables } from "./read_values.ts";

/** How hubwright ends: everything well, a user's mistake, a wrong command line, a bug. */
export const EXIT = { ok: 0, userError: 1, usage: 2, bug: 70 } as const;

/** Commands by name. The build makes each when it is asked for, so a run pays for its own. */
export type Commands = Readonly<Record<string, () => Command>>;

export async function runCommandLine(
  [name = "", ...args]: readonly string[],
  io: Io,
  commands: Commands,
): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name]?.() : undefined;
  if (command === undefined) {
    throw new UsageError(`Cannot run ${JSON.stringify(name)}: hubwright has no such command`, {
      word: name,
      known: Object.keys(commands),
    });
  }
  const given = readOptions(command, parseArgs(command, args));
  const isMissing = command.access.read.includes(".") && given.repo === undefined;
  return await command.run({
    options: isMissing ? { repo: findRoot() as never, ...given } : given,
    variables: readVariables(command, io.env),
    formatOutputs: (values) => formatOutputs(values, crypto.randomUUID()),
    io,
  });
}

export function report(error: unknown, io: Io): number {
  if (error instanceof UsageError) {
    const hint = error.unknown === undefined ? "" : didYouMean(error.unknown);
    const lines = visibleLines(error.message).split("\n").map((line) => boundText(line));
    const text = paintError(`${lines.join("\n")}${hint}`, io);
    io.err(`${text}\nRun "hubwright --help" for help.\n`);
    return EXIT.usage;
  }
  if (error instanceof UserError) {
    printProblems(error.problems, io);
    return EXIT.userError;
  }
  if (error instanceof Deno.errors.NotCapable || isSystemError(error)) {
    const { message } = error;
    const line = error instanceof Deno.errors.NotCapable
      ? `Cannot go on: ${message}`
      : `Cannot go on: the system says "${message}"; see to it, and try again`;
    // As it is: a look at the environment may be what was refused.
    io.err(`${visible(line)}\n`);
    return EXIT.userError;
  }
  io.err(`${visibleLines(String(error instanceof Error ? error.stack : error))}\n`);
  io.err("This is a bug in hubwright: please report it with the lines above.\n");
  return EXIT.bug;
}
