import { isPermission, PERMISSIONS } from "../config/runtime.ts";
import type { ScriptRequest } from "./machine.ts";

/** What a command line of hubwright finds around it. */
export interface Around {
  /** The environment variables. */
  readonly env: Readonly<Record<string, string>>;
  /** The working folder. */
  readonly cwd: string;
}

/** Runs a command line of hubwright in this process. */
export type CommandLine = (
  args: readonly string[],
  around: Around,
) => Promise<{ readonly code: number; readonly out: string; readonly err: string }>;

/**
 * Runs the scripts that call hubwright and do nothing else in this process, which is much faster
 * than to start Deno. A bash still takes the script's words apart: only the program that it would
 * start is replaced by one that writes them down.
 */
export class InProcess {
  readonly #folder: string;
  readonly #runtime: readonly string[];
  readonly #hubwright: CommandLine;

  constructor(folder: string, runtime: readonly string[], hubwright: CommandLine) {
    this.#folder = folder;
    this.#runtime = runtime;
    this.#hubwright = hubwright;
  }

  /** Runs a script, if it is one call of hubwright. */
  async run(
    request: ScriptRequest,
    env: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number; readonly log: string } | undefined> {
    const command = request.script.trim().replaceAll("\\\n", " ");
    const [program = ""] = this.#runtime;
    if (request.shell.program !== "bash" || /\n/.test(command)) return undefined;
    if (!command.startsWith(`${program} `)) return undefined;
    const args = this.#arguments(await this.#record(request, program, env));
    if (args === undefined) return undefined;
    const { code, out, err } = await this.#hubwright(args, { env, cwd: request.cwd });
    return { code, log: out + err };
  }

  async #record(
    { shell, script, cwd }: ScriptRequest,
    program: string,
    env: Readonly<Record<string, string>>,
  ): Promise<readonly string[]> {
    const [functions, words, file] = ["functions.sh", "words", "script.sh"]
      .map((name) => `${this.#folder}/${name}`);
    await Deno.mkdir(this.#folder, { recursive: true });
    await Promise.all([
      Deno.writeTextFile(
        functions ?? "",
        `function ${program} { printf '%s\\0' "$@" > '${words}'; }\n`,
      ),
      Deno.writeTextFile(words ?? "", ""),
      Deno.writeTextFile(file ?? "", script),
    ]);
    await new Deno.Command(shell.program, {
      args: [...shell.args, file ?? ""],
      cwd,
      clearEnv: true,
      env: { ...env, BASH_ENV: functions ?? "" },
      stdin: "null",
    }).output();
    return (await Deno.readTextFile(words ?? "")).split("\0").slice(0, -1);
  }

  /** What stands behind the runtime's words; the permissions are Deno's business. */
  #arguments(words: readonly string[]): readonly string[] | undefined {
    let rest = words;
    for (const word of this.#runtime.slice(1)) {
      if (word === PERMISSIONS) {
        const end = rest.findIndex((flag) => !isPermission(flag));
        rest = rest.slice(end);
      } else if (rest[0] === word) rest = rest.slice(1);
      else return undefined;
    }
    return rest;
  }
}
