import type { Ran } from "./cli/fake_io.ts";
import { ROOT } from "./cli/sandbox.ts";

type Options = Pick<Deno.CommandOptions, "cwd" | "env" | "signal">;

/** Runs a program to its end, in the root of this repository where no folder is given. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { env, ...options }: Options = {},
): Promise<Ran> {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    ...{ args: [...args], cwd: ROOT, stdin: "null", ...options },
    env: { NO_COLOR: "1", GITHUB_ACTIONS: "", ...env },
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

export function runDeno(args: readonly string[], options?: Options): Promise<Ran> {
  return runProgram(Deno.execPath(), args, options);
}
