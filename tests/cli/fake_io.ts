import { main } from "../../src/cli/main.ts";
import type { Io } from "../../src/io/io.ts";
// The first call to GitHub's API in a process starts timers; that module starts them early.

/** What a command line printed and how it ended. */
export interface Ran {
  /** The exit code. */
  readonly code: number;
  /** The standard output. */
  readonly out: string;
  /** The standard error. */
  readonly err: string;
}

/** What a command line finds around it. */
export interface Around {
  /** The environment variables; none where absent. */
  readonly env?: Readonly<Record<string, string>>;
  /** The standard input; empty where absent. */
  readonly input?: string;
  /** Whether the terminal shows colour; it does not. */
  readonly color?: boolean;
  /** How many characters a line of the terminal has; 160. */
  readonly width?: number;
}

/** Runs a command line of hubwright in this process. */
export async function hubwright(args: readonly string[], around: Around = {}): Promise<Ran> {
  const { env = {}, input = "", color = false, width = 160 } = around;
  let [out, err] = ["", ""];
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    input: () => Promise.resolve(input),
    env: (name) => env[name],
    color,
    errorColor: color,
    width,
  };
  const code = await main(args, io);
  return { code, out, err };
}
