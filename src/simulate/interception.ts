import { shellQuote } from "../text/shell_quote.ts";
import type { DeployCommands } from "./deploy_command.ts";
import type { Fate } from "./fault.ts";
import type { Call, Fates } from "./machine.ts";

/** Between the words of a call in the interception's files. */
const SEPARATOR = "\x1f";

/**
 * Takes the place of the deployment commands on a machine: a call is written down and succeeds, or
 * goes wrong as it should.
 *
 * A program by a plain name comes first on `PATH`, whatever steps add to it; a function of the same
 * name, which every bash reads at its start, comes before whatever a script does to `PATH`.
 */
export class Interception {
  /** The folder that comes first on `PATH`. */
  readonly folder: string;
  /** The file that every bash reads at its start. */
  readonly bashEnv: string;
  readonly #calls: string;
  readonly #fates: string;

  private constructor(root: string) {
    this.folder = `${root}/bin`;
    this.bashEnv = `${root}/functions.sh`;
    this.#calls = `${root}/calls`;
    this.#fates = `${root}/fates`;
  }

  /** Puts the programs and functions into a folder. */
  static async create(root: string, commands: DeployCommands): Promise<Interception> {
    const made = new Interception(root);
    await Deno.mkdir(made.folder, { recursive: true });
    const functions = await Promise.all(commands.programs.map(async (program, index) => {
      const file = program.includes("/") ? `${root}/program-${index}` : `${made.folder}/${program}`;
      await Deno.writeTextFile(file, recorder(program, made.#calls, made.#fates), { mode: 0o755 });
      return `function ${program} { ${shellQuote(file)} "$@"; }\n`;
    }));
    await Deno.writeTextFile(made.bashEnv, functions.join(""));
    return made;
  }

  /** Gets ready for a script. */
  async prepare(fates: Fates): Promise<void> {
    const lines = fates.calls.flatMap((argv) => {
      const fate = fates.of(argv);
      return fate === undefined ? [] : [`${exitCode(fate)} ${joined(argv)}\n`];
    });
    await Promise.all([
      Deno.writeTextFile(this.#calls, ""),
      Deno.writeTextFile(this.#fates, lines.join("")),
    ]);
  }

  /** What a script called. Once a call has cost the leg its life, what follows did not happen. */
  async calls(fates: Fates): Promise<readonly Call[]> {
    const calls: Call[] = [];
    for (const record of (await Deno.readTextFile(this.#calls)).split("\0").slice(0, -1)) {
      const argv = record.split(SEPARATOR).slice(0, -1);
      const fate = fates.of(argv);
      calls.push({ argv, fate });
      if (fate !== undefined && fate !== "fail") break;
    }
    return calls;
  }
}

function exitCode(fate: Fate): number {
  return fate === "fail" ? 1 : fate === "cancel-run" ? 0 : 130;
}

function joined(argv: readonly string[]): string {
  return argv.map((word) => `${word}${SEPARATOR}`).join("");
}

function recorder(program: string, calls: string, fates: string): string {
  return `#!/usr/bin/env bash
printf -v call '%s\\037' ${shellQuote(program)} "$@"
printf '%s\\0' "$call" >> ${shellQuote(calls)}
while IFS= read -r line; do
  if [[ $line == *" $call" ]]; then
    echo "simulated: ${"${call//$'\\037'/ }"}goes wrong"
    exit "${"${line%% *}"}"
  fi
done < ${shellQuote(fates)}
echo "simulated: ${"${call//$'\\037'/ }"}"
`;
}
