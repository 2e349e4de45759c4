import { thrownText, UserError } from "../errors.ts";
import type { Io } from "../io/io.ts";

/** The width of a line in a log, whose readers have windows of any width. */
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
    // There is no one left to tell where this fails.
    err: (text) => void writeAll(Deno.stderr, text),
    input: () => new Response(Deno.stdin.readable).text(),
    env: (name) => Deno.env.get(name),
    terminal: Deno.stderr.isTerminal(),
    color: !Deno.noColor && (terminal || inWorkflow()),
    errorColor: !Deno.noColor && Deno.stderr.isTerminal(),
    width: terminal ? Deno.consoleSize().columns : LOG_WIDTH,
  };
}

function inWorkflow(): boolean {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "GITHUB_ACTIONS" });
  return state === "granted" && Deno.env.get("GITHUB_ACTIONS") === "true";
}

/** Writes a text; answers with the reason where that fails. */
function writeAll(stream: Pick<Deno.FsFile, "writeSync">, text: string): string | undefined {
  let bytes = new TextEncoder().encode(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
    return undefined;
  } catch (error) {
    // A reader that has seen enough (`| head`) closes the pipe: that is no failure of ours.
    return error instanceof Deno.errors.BrokenPipe ? undefined : thrownText(error);
  }
}
