/**
 * The command line of hubwright.
 *
 * @module
 */
import type { Command, OptionTexts } from "../contract/command.ts";
import { COMMANDS } from "../contract/mod.ts";
import { formatProblem, UsageError, UserError } from "../errors.ts";
import { boundText } from "../text/bound_text.ts";
import { visible, visibleLines } from "../text/visible.ts";
import { VERSION } from "../version.ts";
import { type Io, processIo } from "./io.ts";
import { parseArgs } from "./parse_args.ts";

export type { Io } from "./io.ts";

/** How hubwright ends: everything well, a user's mistake, a wrong command line, a bug. */
export const EXIT = { ok: 0, userError: 1, usage: 2, bug: 70 } as const;

/** Runs a command line of hubwright. */
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
  if (!isCommand(name)) {
    throw new UsageError(`Cannot run ${JSON.stringify(name)}: hubwright has no such command`, {
      word: name,
      known: Object.keys(COMMANDS),
    });
  }
  return await run(name, rest, io);
}

/** The name of a command. */
type Name = keyof typeof COMMANDS;

/** What runs a command. */
type Run<Definition extends Command> = (
  options: OptionTexts<Definition>,
  io: Io,
) => Promise<number>;

/** What runs each command, loaded where it is used. */
const RUNS: {
  readonly [Command in Name]: () => Promise<
    Run<Awaited<ReturnType<(typeof COMMANDS)[Command]>>>
  >;
} = {
  plan: async () => (await import("./plan.ts")).runPlan,
  filter: async () => (await import("./filter.ts")).runFilter,
  comment: async () => (await import("./comment.ts")).runComment,
  generate: async () =>
    (await importApart<typeof import("./generate.ts")>("./generate.ts")).runGenerate,
  pins: async () => (await importApart<typeof import("./pins.ts")>("./pins.ts")).runPins,
  validate: async () =>
    (await importApart<typeof import("./validate.ts")>("./validate.ts")).runValidate,
  explain: async () =>
    (await importApart<typeof import("./explain.ts")>("./explain.ts")).runExplain,
  replay: async () => (await importApart<typeof import("./replay.ts")>("./replay.ts")).runReplay,
  simulate: async () => {
    const { runSimulate } = await importApart<typeof import("./simulate.ts")>("./simulate.ts");
    return (options, io) => runSimulate(options, io, main);
  },
};

function isCommand(name: string): name is Name {
  return Object.hasOwn(COMMANDS, name);
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
async function run(name: Name, args: readonly string[], io: Io): Promise<number> {
  const loading = RUNS[name]() as Promise<Run<Command>>;
  // A wrong command line is told of before code that cannot be loaded.
  loading.catch(() => {});
  const command = await COMMANDS[name]();
  const options = parseArgs<Command>(command, args);
  if (options.help === undefined) return await (await loading)(options, io);
  const { commandHelp } = await import("./help.ts");
  io.out(commandHelp(command));
  return EXIT.ok;
}

async function report(error: unknown, io: Io): Promise<number> {
  if (error instanceof UsageError) {
    const { didYouMean } = await import("../text/nearest.ts");
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
