/**
 * One thing that is wrong with what a user gave hubwright, at the place where it is wrong.
 *
 * The message is one line: what was found, what was wanted, how to fix it.
 */
export interface Problem {
  /** What is wrong, as one line without a final period. */
  readonly message: string;
  /** The file, relative to the infrastructure repository where it lies inside. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/**
 * Everything that is wrong with a run's input, all at once. The command line prints a line for
 * each problem and exits with 1; nothing has been written when this is thrown.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly problems: readonly Problem[];

  constructor(problems: string | Problem | readonly Problem[]) {
    const list = [problems].flat()
      .map((problem) => typeof problem === "string" ? { message: problem } : problem);
    super(list.map(formatProblem).join("\n"));
    this.problems = list;
  }
}

export interface UnknownWord {
  readonly word: string;
  readonly known: readonly string[];
}

/** A command line that hubwright does not understand: printed with a hint at `--help`, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(message: string, readonly unknown?: UnknownWord) {
    super(message);
  }
}

/** Writes a problem as `file:line:column: message`, with only the parts that are known. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined);
  return place.length === 0 ? problem.message : `${place.join(":")}: ${problem.message}`;
}

/** Says what was thrown: a config may throw anything, even what cannot be written as text. */
export function thrownText(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return "something without a message";
  }
}

/** Whether something is the operating system's refusal: no room, no such file, no permission. */
export function isSystemError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && "code" in thrown && /^E[A-Z0-9]+$/.test(String(thrown.code));
}

/** How many characters of a text a message quotes. */
const MOST_QUOTED = 200;

/** Says what kind of thing a value is, for an error message; of a long text, how it begins. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return `the text ${quoteText(value)}`;
  if (typeof value === "number" || typeof value === "boolean") {
    return `the ${typeof value} ${value}`;
  }
  return typeof value === "function" ? "a function" : "a mapping";
}

function quoteText(text: string): string {
  if (text.length <= MOST_QUOTED) return JSON.stringify(text);
  const more = text.length - MOST_QUOTED;
  return `${JSON.stringify(text.slice(0, MOST_QUOTED))} and ${more} more characters`;
}
