/**
 * The command line of hubwright: the entry that workflows and people start.
 *
 * @module
 */
import { thrownText, UserError } from "../errors.ts";
import type { Io } from "../io/io.ts";
import { denoProblem } from "./deno_version.ts";
import { processIo } from "./process_io.ts";
import { EXIT, report, runCommandLine } from "./run.ts";
import { WORKFLOW_COMMANDS } from "./workflow_commands.ts";

/** Runs a command line of hubwright, for instance `["plan", "--base", "main"]`; gives the exit code. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const tooOld = denoProblem(Deno.version.deno);
  if (tooOld !== undefined) {
    io.err(`${tooOld}\n`);
    return EXIT.userError;
  }
  const [name = ""] = args;
  const isHelp = args.includes("--help") || args.includes("-h");
  try {
    if (!isHelp && Object.hasOwn(WORKFLOW_COMMANDS, name)) {
      return await runCommandLine(args, io, WORKFLOW_COMMANDS);
    }
    const { runTools } = await import("./tools.ts").catch(toolsMissing);
    return await runTools(args, io);
  } catch (error) {
    return report(error, io);
  }
}

/** A copy of what is built can lack the file that commands for people are in. */
function toolsMissing(error: unknown): never {
  if (!/^Module not found/.test(thrownText(error))) throw error;
  throw new UserError(
    `Cannot load what this command is in: ${thrownText(error)}; put the whole folder of a ` +
      "hubwright release there",
  );
}

/** Ends the process, once Deno has kept what it compiled: it does so after a module's evaluation. */
async function end(code: number): Promise<never> {
  await Deno.stdout.write(new Uint8Array()).catch(() => {});
  Deno.exit(code);
}

// Once the entry has been evaluated: the tools import what they share with it, and to say where an
// error was thrown, V8 would parse all of it again.
if (import.meta.main) queueMicrotask(() => main(Deno.args, processIo()).then(end));
