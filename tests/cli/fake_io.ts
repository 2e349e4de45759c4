import assert from "node:assert/strict";
import { main } from "../../src/cli/main.ts";
import type { Io } from "../../src/io/io.ts";

/** What a command line printed and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a command line finds around it: nothing, and a wide terminal without colour. */
export interface Around {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly color?: boolean;
  readonly width?: number;
}

/** An outside world that remembers what is printed; some of it may behave in another way. */
export function fakeIo(
  around: Around = {},
  other: Partial<Io> = {},
): { readonly io: Io; readonly said: { out: string; err: string } } {
  const { env = {}, input = "", color = false, width = 160 } = around;
  const said = { out: "", err: "" };
  const io: Io = {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    input: () => Promise.resolve(input),
    env: (name) => env[name],
    color,
    errorColor: color,
    width,
    ...other,
  };
  return { io, said };
}

/** Runs a command line of hubwright in this process. */
export async function hubwright(
  args: readonly string[],
  around?: Around,
  other?: Partial<Io>,
): Promise<Ran> {
  const { io, said } = fakeIo(around, other);
  const code = await main(args, io);
  return { code, ...said };
}

/** What a command line prints that ends well, and has nothing to complain of. */
export async function printed(args: readonly string[], around?: Around): Promise<string> {
  const { code, out, err } = await hubwright(args, around);
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  return out;
}
