import { type Problem, thrownText, UserError } from "../errors.ts";

/** How many characters a {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary job summary} may have: 1 MiB, less a margin. */
export const SUMMARY_LIMIT = 1_000_000;

/**
 * Writes step outputs the way
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings GitHub's runner}
 * reads them: text as it is, everything else as JSON.
 *
 * The delimiter is new each time, so that no value can end before its own and forge another output.
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
  readonly text: string;
}

/**
 * Appends to the files through which the runner takes what a step says: to all of them, or to none
 * where one cannot be written to.
 *
 * @throws {UserError} With every file that cannot be written to.
 */
export function appendStepFiles(files: readonly StepFile[]): void {
  const problems: Problem[] = [];
  const attempt = <T>(path: string, work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      problems.push({ file: path, message: `Cannot write to it: ${thrownText(error)}` });
      return undefined;
    }
  };
  const open = files.flatMap(({ path, text }) => {
    if (path === undefined) return [];
    const file = attempt(path, () => Deno.openSync(path, { append: true, create: true }));
    return file === undefined ? [] : [{ path, file, text, size: sizeOf(file) }];
  });
  try {
    if (problems.length === 0) {
      for (const { path, file, text } of open) attempt(path, () => append(file, text));
    }
    if (problems.length === 0) return;
    for (const { file, size } of open) takeBack(file, size);
    throw new UserError(problems);
  } finally {
    for (const { file } of open) file.close();
  }
}

/**
 * How long a file is; `undefined` for what has no length, such as a pipe. Its status would tell as
 * well, but is only for those who may read the file.
 */
function sizeOf(file: Deno.FsFile): number | undefined {
  try {
    return file.seekSync(0, Deno.SeekMode.End);
  } catch {
    return undefined;
  }
}

function append(file: Deno.FsFile, text: string): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(file.writeSync(bytes));
}

function takeBack(file: Deno.FsFile, size: number | undefined): void {
  try {
    if (size !== undefined) file.truncateSync(size);
  } catch {
    // The first failure is the one to report.
  }
}
