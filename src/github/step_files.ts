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

/** A file that a step writes. */
export interface StepFile {
  /** The file, or `undefined` where nothing is to be written. */
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
  const open = files.flatMap((file) => attempt(file, () => openFile(file)) ?? []);
  try {
    for (const each of problems.length === 0 ? open : []) attempt(each.file, () => append(each));
    if (problems.length === 0) return;
    for (const each of open) takeBack(each);
    throw new UserError(problems);
  } finally {
    for (const { handle } of open) handle.close();
  }
}

type OpenFile = NonNullable<ReturnType<typeof openFile>>;

function openFile(file: StepFile) {
  const { path, whole } = file;
  if (path === undefined) return undefined;
  if (whole === undefined) {
    const handle = Deno.openSync(path, { append: true, create: true });
    return { file, handle, isNew: false, size: sizeOf(handle) };
  }
  try {
    const handle = Deno.openSync(path, { write: true, createNew: true });
    return { file, handle, isNew: true, size: 0 };
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    const handle = Deno.openSync(path, { write: true, truncate: true });
    return { file, handle, isNew: false, size: 0 };
  }
}

/**
 * How long a file is; `undefined` for what has no length, such as a pipe. Its status would tell as
 * well, but is only for those who may read the file.
 */
function sizeOf(handle: Deno.FsFile): number | undefined {
  try {
    return handle.seekSync(0, Deno.SeekMode.End);
  } catch {
    return undefined;
  }
}

function append({ file: { text = "" }, handle }: OpenFile): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(handle.writeSync(bytes));
}

/** Leaves a file as it was. What was there before, a device perhaps, is not deleted. */
function takeBack({ file: { path = "" }, handle, isNew, size }: OpenFile): void {
  try {
    if (isNew) Deno.removeSync(path);
    else if (size !== undefined) handle.truncateSync(size);
  } catch {
    // The first failure is the one to report.
  }
}
