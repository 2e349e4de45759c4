import { UserError } from "../errors.ts";

/**
 * Writes step outputs the way
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings GitHub's runner}
 * reads them: text as it is, everything else as JSON.
 *
 * The delimiter is made anew each time, so that no value can end before its own and forge another
 * output.
 *
 * @param outputs The outputs by name.
 * @param delimiter A word that nobody can guess.
 * @returns What to append to the file at `GITHUB_OUTPUT`.
 * @example
 * ```ts
 * import { formatOutputs } from "./step_files.ts";
 *
 * console.assert(formatOutputs({ jobs: [] }, "EOF") === "jobs<<EOF\n[]\nEOF\n");
 * ```
 */
export function formatOutputs(
  outputs: Readonly<Record<string, unknown>>,
  delimiter: string,
): string {
  return Object.entries(outputs).map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return `${name}<<${delimiter}\n${text}\n${delimiter}\n`;
  }).join("");
}

/**
 * Appends to one of the files through which the runner takes what a step says.
 *
 * @param path The file, or `undefined` outside a workflow, where nothing is written.
 * @param text What to append.
 * @throws {UserError} Where the file cannot be written.
 */
export async function appendStepFile(path: string | undefined, text: string): Promise<void> {
  if (path === undefined || text === "") return;
  try {
    await Deno.writeTextFile(path, text, { append: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({ file: path, message: `Cannot write to it: ${reason}` });
  }
}
