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

/** A file through which the runner takes what a step says, and what to append to it. */
export interface StepFile {
  /** The file, or `undefined` outside a workflow, where nothing is written. */
  readonly path: string | undefined;
  /** What to append. */
  readonly text: string;
}

/**
 * Appends to the files through which the runner takes what a step says: to all of them, or where
 * one cannot be written to none.
 *
 * @param files The files.
 * @throws {UserError} With every file that cannot be written.
 */
export async function appendStepFiles(files: readonly StepFile[]): Promise<void> {
  const wanted = files.flatMap(({ path, text }) => path === undefined ? [] : [{ path, text }]);
  const opened = await Promise.allSettled(
    wanted.map(({ path }) => Deno.open(path, { append: true, create: true })),
  );
  const problems = opened.flatMap((result, index) =>
    result.status === "fulfilled" ? [] : [{
      file: wanted[index]?.path,
      message: `Cannot write to it: ${
        result.reason instanceof Error ? result.reason.message : String(result.reason)
      }`,
    }]
  );
  const handles = opened.flatMap((result) => result.status === "fulfilled" ? [result.value] : []);
  try {
    if (problems.length > 0) throw new UserError(problems);
    await Promise.all(handles.map((handle, index) => writeAll(handle, wanted[index]?.text ?? "")));
  } finally {
    handles.forEach((handle) => handle.close());
  }
}

async function writeAll(handle: Deno.FsFile, text: string): Promise<void> {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(await handle.write(bytes));
}
