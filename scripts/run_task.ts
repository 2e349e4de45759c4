import { type Io } from "../src/io/io.ts";
import { processIo } from "../src/cli/process_io.ts";
import { printProblems } from "../src/io/problems.ts";
import { UserError } from "../src/errors.ts";

/**
 * Runs a task and ends the process. A mistake is a line for each problem, as on hubwright's own
 * command line.
 */
export async function runTask(task: (io: Io) => Promise<number>): Promise<never> {
  const io = processIo();
  try {
    Deno.exit(await task(io));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    printProblems(error.problems, io);
    Deno.exit(1);
  }
}
