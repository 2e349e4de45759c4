import { UserError } from "../errors.ts";

/** What a command has of the outside world besides files, so that tests can stand in for it. */
export interface Io {
  /** Writes to the standard output. */
  readonly out: (text: string) => void;
  /** Writes to the standard error. */
  readonly err: (text: string) => void;
  /** Reads the standard input to its end. */
  readonly input: () => Promise<string>;
  /** Reads an environment variable. */
  readonly env: (name: string) => string | undefined;
  /** Whether the standard error is a terminal, and lines on it may come and go. */
  readonly terminal?: boolean;
  /** Whether to use colour on the standard output. */
  readonly color: boolean;
  /** How many characters a line of the standard output has. */
  readonly width: number;
}

/** A line where nobody knows how wide the reader's window is, in a log for instance. */
const LOG_WIDTH = 160;

/**
 * The outside world of this process. Colour is used on a terminal and in GitHub's log, unless
 * {@link https://no-color.org NO_COLOR} is set.
 */
export function processIo(): Io {
  const terminal = Deno.stdout.isTerminal();
  return {
    out: (text) => {
      const failure = writeAll(Deno.stdout, text);
      if (failure !== undefined) {
        throw new UserError(`Cannot write to the standard output: ${failure}`);
      }
    },
    // Where it cannot be written to, nobody is left who could be told.
    err: (text) => void writeAll(Deno.stderr, text),
    input: () => new Response(Deno.stdin.readable).text(),
    env: (name) => Deno.env.get(name),
    terminal: Deno.stderr.isTerminal(),
    color: !Deno.noColor && (terminal || inWorkflow()),
    width: terminal ? Deno.consoleSize().columns : LOG_WIDTH,
  };
}

function inWorkflow(): boolean {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "GITHUB_ACTIONS" });
  return state === "granted" && Deno.env.get("GITHUB_ACTIONS") === "true";
}

/** Writes a text; answers with the reason where that fails. */
function writeAll(
  stream: { writeSync(bytes: Uint8Array): number },
  text: string,
): string | undefined {
  let bytes = new TextEncoder().encode(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
  } catch (error) {
    // A reader that has seen enough (`| head`) closes the pipe: that is no failure of ours.
    if (error instanceof Deno.errors.BrokenPipe) return undefined;
    return error instanceof Error ? error.message : String(error);
  }
  return undefined;
}
