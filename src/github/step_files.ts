import { UserError } from "../errors.ts";

/**
 * Writes step outputs the way
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings GitHub's runner}
 * reads them: text as it is, everything else as JSON.
 *
 * The delimiter is made anew each time, so that no value can end before its own and forge another
 * output.
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
 * @throws {UserError} With every file that cannot be written.
 */
export async function appendStepFiles(files: readonly StepFile[]): Promise<void> {
  const wanted = files.flatMap(({ path, text }) => path === undefined ? [] : [{ path, text }]);
  const opened = await Promise.allSettled(wanted.map(({ path }) => OpenFile.open(path)));
  const open = opened.flatMap((result) => result.status === "fulfilled" ? [result.value] : []);
  try {
    refuse(opened, wanted);
    const appended = await Promise.allSettled(
      open.map((file, index) => file.append(wanted[index]?.text ?? "")),
    );
    if (appended.some(({ status }) => status === "rejected")) {
      await Promise.all(open.map((file) => file.takeBack()));
    }
    refuse(appended, wanted);
  } finally {
    open.forEach((file) => file.close());
  }
}

function refuse(
  results: readonly PromiseSettledResult<unknown>[],
  files: readonly { readonly path: string }[],
): void {
  const problems = results.flatMap((result, index) => {
    if (result.status === "fulfilled") return [];
    const reason = result.reason instanceof Error ? result.reason.message : String(result.reason);
    return [{ file: files[index]?.path, message: `Cannot write to it: ${reason}` }];
  });
  if (problems.length > 0) throw new UserError(problems);
}

/** A file to which text is appended, wholly or not at all. */
class OpenFile {
  readonly #file: Deno.FsFile;
  /** How long it was; `undefined` for what has no length, such as a pipe. */
  readonly #size: number | undefined;

  private constructor(file: Deno.FsFile, size: number | undefined) {
    this.#file = file;
    this.#size = size;
  }

  static async open(path: string): Promise<OpenFile> {
    const file = await Deno.open(path, { append: true, create: true });
    // Its status would tell as well, but is only for those who may read the file.
    return new OpenFile(file, await file.seek(0, Deno.SeekMode.End).catch(() => undefined));
  }

  async append(text: string): Promise<void> {
    let bytes = new TextEncoder().encode(text);
    while (bytes.length > 0) bytes = bytes.subarray(await this.#file.write(bytes));
  }

  async takeBack(): Promise<void> {
    if (this.#size !== undefined) await this.#file.truncate(this.#size).catch(() => {});
  }

  close(): void {
    this.#file.close();
  }
}
