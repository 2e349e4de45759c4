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

export interface StepFile {
  readonly path: string | undefined;
  readonly text: string | undefined;
  /** What the text is, where it is all that the file shall hold; elsewhere it is appended. */
  readonly whole?: string;
}

/** Writes the files of a step: all of them, or none where one cannot be written to. */
export function writeStepFiles(files: readonly StepFile[]): void {
  const problems: Problem[] = [];
  const attempt = <Result>({ path, whole }: StepFile, work: () => Result) => {
    try {
      return work();
    } catch (error) {
      const message = `Cannot write ${whole ?? "to it"}: ${thrownText(error)}`;
      problems.push({ file: path, message });
      return undefined;
    }
  };
  const open = files.flatMap((file) => {
    const opened = attempt(file, () => openFile(file));
    return opened === undefined ? [] : [{ file, ...opened }];
  });
  try {
    for (const { file, handle } of problems.length === 0 ? open : []) {
      let bytes = new TextEncoder().encode(file.text);
      attempt(file, () => {
        while (bytes.length > 0) bytes = bytes.subarray(handle.writeSync(bytes));
      });
    }
    if (problems.length === 0) return;
    for (const { takeBack } of open) orNothing(takeBack);
    throw new UserError(problems);
  } finally {
    for (const { handle } of open) handle.close();
  }
}

/** Opens a file; what was there before, a device perhaps, is not deleted when it is taken back. */
function openFile({ path, whole }: StepFile) {
  if (path === undefined) return undefined;
  if (whole === undefined) {
    const handle = Deno.openSync(path, { append: true, create: true });
    // Its status would tell the size as well, but is only for those who may read the file.
    const size = orNothing(() => handle.seekSync(0, Deno.SeekMode.End));
    return { handle, takeBack: () => size === undefined || handle.truncateSync(size) };
  }
  try {
    const handle = Deno.openSync(path, { write: true, createNew: true });
    return { handle, takeBack: () => Deno.removeSync(path) };
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    const handle = Deno.openSync(path, { write: true, truncate: true });
    return { handle, takeBack: () => handle.truncateSync() };
  }
}

/** What a pipe does not have, and a full disk cannot do, is nothing: the first failure is reported. */
function orNothing<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
