import type { Command } from "../contract/command.ts";
import type { Io } from "../io/io.ts";
import { completionsCommand } from "../tools/completions.ts";
import { explainCommand } from "../tools/explain.ts";
import { generateCommand } from "../tools/generate.ts";
import { initCommand } from "../tools/init.ts";
import { pinsCommand } from "../tools/pins.ts";
import { replayCommand } from "../tools/replay.ts";
import { simulateCommand } from "../tools/simulate.ts";
import { statusCommand } from "../tools/status.ts";
import { validateCommand } from "../tools/validate.ts";
import { VERSION } from "../version.ts";
import { commandHelp, mainHelp } from "./help.ts";
import { type Commands, EXIT, runCommandLine } from "./run.ts";
import { WORKFLOW_COMMANDS } from "./workflow_commands.ts";

const { plan, ...inWorkflows } = WORKFLOW_COMMANDS;

const COMMANDS: Commands = {
  init: () => initCommand,
  generate: () => generateCommand,
  validate: () => validateCommand,
  plan,
  explain: () => explainCommand,
  status: () => statusCommand,
  pins: () => pinsCommand,
  replay: () => replayCommand,
  simulate: () => simulateCommand,
  ...inWorkflows,
};

/** All commands, in the order of `--help`. */
export const TOOLS: Commands = {
  ...COMMANDS,
  completions: () => completionsCommand(allOf(COMMANDS)),
};

export function allOf(commands: Commands): readonly Command[] {
  return Object.values(commands).map((command) => command());
}

/** `hubwright help plan` asks for what `hubwright plan --help` does. */
const HELP: readonly string[] = ["--help", "-h", "help"];

/** Runs a command line that people may give: any command, and what helps to find them. */
export async function runTools(args: readonly string[], io: Io): Promise<number> {
  const words = args.filter((arg) => !HELP.includes(arg));
  const [name] = words;
  if (words.length === args.length && name !== undefined) {
    if (name !== "--version") return await runCommandLine(args, io, TOOLS);
    io.out(`${VERSION}\n`);
    return EXIT.ok;
  }
  const command = name !== undefined && Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
  if (command !== undefined) io.out(commandHelp(command()));
  else if (name !== undefined) return await runCommandLine([name], io, TOOLS);
  else (args.length === 0 ? io.err : io.out)(mainHelp(allOf(TOOLS)));
  return args.length === 0 ? EXIT.usage : EXIT.ok;
}
