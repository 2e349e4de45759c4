/**
 * The command line of hubwright.
 *
 * @module
 */
import type { Command, OptionTexts } from "../contract/command.ts";
import { COMMANDS } from "../contract/mod.ts";
import { formatProblem, UsageError, UserError } from "../errors.ts";
import { boundText } from "../plan/bounds.ts";
import { visible, visibleLines } from "../plan/visible.ts";
import { VERSION } from "../version.ts";
import { type Io, processIo } from "./io.ts";
import { parseArgs } from "./parse_args.ts";

export type { Io } from "./io.ts";

/** How hubwright ends: everything well, a user's mistake, a wrong command line, a bug. */
export const EXIT = { ok: 0, userError: 1, usage: 2, bug: 70 } as const;

/**
 * Runs a command line of hubwright.
 *
 * @param args The arguments, for instance `["plan", "--base", "main"]`.
 * @param io The outside world.
 * @returns The exit code.
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    return await report(error, io);
  }
}

async function dispatch(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--version") {
    io.out(`${VERSION}\n`);
    return EXIT.ok;
  }
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const { mainHelp } = await import("./help.ts");
    const text = mainHelp(await Promise.all(Object.values(COMMANDS).map((load) => load())));
    if (name === undefined) io.err(text);
    else io.out(text);
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  switch (name) {
    case "plan":
      return await run(COMMANDS.plan(), import("./plan.ts"), rest, io, ({ runPlan }) => runPlan);
    case "filter":
      return await run(
        COMMANDS.filter(),
        import("./filter.ts"),
        rest,
        io,
        ({ runFilter }) => runFilter,
      );
    case "comment":
      return await run(
        COMMANDS.comment(),
        import("./comment.ts"),
        rest,
        io,
        ({ runComment }) => runComment,
      );
    case "generate":
      return await run(
        COMMANDS.generate(),
        import("./generate.ts"),
        rest,
        io,
        ({ runGenerate }) => runGenerate,
      );
    case "pins":
      return await run(
        COMMANDS.pins(),
        importApart<typeof import("./pins.ts")>("./pins.ts"),
        rest,
        io,
        ({ runPins }) => runPins,
      );
    case "validate":
      return await run(
        COMMANDS.validate(),
        importApart<typeof import("./validate.ts")>("./validate.ts"),
        rest,
        io,
        ({ runValidate }) => runValidate,
      );
    case "explain":
      return await run(
        COMMANDS.explain(),
        importApart<typeof import("./explain.ts")>("./explain.ts"),
        rest,
        io,
        ({ runExplain }) => runExplain,
      );
    case "replay":
      return await run(
        COMMANDS.replay(),
        importApart<typeof import("./replay.ts")>("./replay.ts"),
        rest,
        io,
        ({ runReplay }) => runReplay,
      );
    case "simulate":
      return await run(
        COMMANDS.simulate(),
        importApart<typeof import("./simulate.ts")>("./simulate.ts"),
        rest,
        io,
        ({ runSimulate }) => (options, io) => runSimulate(options, io, main),
      );
    default:
      throw new UsageError(`Cannot run ${JSON.stringify(name)}: hubwright has no such command`, {
        word: name,
        known: Object.keys(COMMANDS),
      });
  }
}

/**
 * Imports a command that people run and no workflow does. Deno reads every module that an import
 * names literally before anything runs, so these would cost `plan` a good part of its start; that
 * they are read later takes the permission to read hubwright's own files.
 */
async function importApart<Module>(specifier: string): Promise<Module> {
  try {
    return await import(specifier);
  } catch (error) {
    if (!(error instanceof TypeError && error.message.startsWith("Requires"))) throw error;
    throw new Deno.errors.NotCapable(error.message);
  }
}

/** Runs a command; its definition and its code load at the same time. */
async function run<Definition extends Command, Module>(
  defined: Promise<Definition>,
  loading: Promise<Module>,
  args: readonly string[],
  io: Io,
  pick: (module: Module) => (options: OptionTexts<Definition>, io: Io) => Promise<number>,
): Promise<number> {
  // A wrong command line is told of before code that cannot be loaded.
  loading.catch(() => {});
  const command = await defined;
  const options = parseArgs(command, args);
  if (options.help === undefined) return await pick(await loading)(options, io);
  const { commandHelp } = await import("./help.ts");
  io.out(commandHelp(command));
  return EXIT.ok;
}

async function report(error: unknown, io: Io): Promise<number> {
  if (error instanceof UsageError) {
    const { didYouMean } = await import("./suggest.ts");
    const hint = error.unknown === undefined ? "" : didYouMean(error.unknown);
    const lines = visibleLines(error.message).split("\n").map((line) => boundText(line));
    io.err(`${lines.join("\n")}${hint}\nRun "hubwright --help" for help.\n`);
    return EXIT.usage;
  }
  if (error instanceof UserError) {
    const { printProblems } = await import("./problems.ts");
    printProblems(error.problems, io);
    return EXIT.userError;
  }
  if (error instanceof Deno.errors.NotCapable) {
    io.err(`${visible(formatProblem({ message: `Cannot go on: ${error.message}` }))}\n`);
    return EXIT.userError;
  }
  io.err(`${visibleLines(String(error instanceof Error ? error.stack : error))}\n`);
  io.err("This is a bug in hubwright: please report it with the lines above.\n");
  return EXIT.bug;
}

if (import.meta.main) Deno.exit(await main(Deno.args, processIo()));
