import type { Ran } from "./fake_io.ts";
import { ROOT } from "./sandbox.ts";

/** How a process of hubwright is started. */
export interface ProcessSettings {
  readonly cwd: string;
  /** Flags of Deno's; all permissions where absent. */
  readonly permissions?: readonly string[];
  readonly args: readonly string[];
  /** More environment variables than this process has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The command line that starts hubwright, for a process or a shell. */
export function hubwrightArgv({ permissions = ["-A"], args }: ProcessSettings): string[] {
  const flags = ["run", "--no-prompt", "--frozen", ...permissions];
  return [Deno.execPath(), ...flags, `${ROOT}/src/cli/main.ts`, ...args];
}

/** Starts hubwright as a process of its own. */
export function spawnHubwright(settings: ProcessSettings): Deno.ChildProcess {
  const [program = "", ...args] = hubwrightArgv(settings);
  return new Deno.Command(program, {
    args,
    cwd: settings.cwd,
    env: { GITHUB_ACTIONS: "", NO_COLOR: "1", ...settings.env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs hubwright as a process of its own to its end. */
export async function runHubwright(settings: ProcessSettings, input = ""): Promise<Ran> {
  const child = spawnHubwright(settings);
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}
