import type { Ran } from "../cli/fake_io.ts";

/** How long a mutant may take: it can be an endless loop. */
const LIMIT_MS = 120_000;

/** Runs Deno. A process that takes too long is stopped, and has failed. */
export async function deno(args: readonly string[], cwd: string): Promise<Ran> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1", GITHUB_ACTIONS: "" },
    stdin: "null",
    signal: AbortSignal.timeout(LIMIT_MS),
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}
