import { shellQuote } from "../text/shell_quote.ts";
import { type DeployCommands, type Fates, SEPARATOR } from "./deploy_command.ts";
import type { Fate } from "./record.ts";
import { UNKNOWN } from "./shell_words.ts";

/**
 * Writes down a call, in a subshell of the shell that makes it, and ends as its fate says. Each line
 * of the fates is an exit code and a pattern of calls.
 */
const RECORDER = `printf -v call '%s\\037' "$@"
printf '%s\\0' "$call" >> CALLS
shown="\${call//$'\\037'/ }"
while IFS= read -r line; do
  if [[ $call == \${line#* } ]]; then
    echo "simulated: $shown goes wrong"
    exit "\${line%% *}"
  fi
done < FATES
echo "simulated: $shown"
`;

export interface Call {
  readonly argv: readonly string[];
  readonly fate: Fate | undefined;
}

/** What takes the place of the deployment commands on a machine. */
interface Interception {
  /** Comes first on `PATH`. */
  readonly folder: string;
  /** What every bash reads at its start. */
  readonly bashEnv: string;
  prepare(fates: Fates): Promise<void>;
  /** What a script called. Once a call has cost the leg its life, the rest did not happen. */
  calls(fates: Fates): Promise<readonly Call[]>;
}

/**
 * Puts into a folder what takes the place of the deployment commands: a call is written down and
 * succeeds, or goes wrong as it should.
 *
 * Every bash defines functions by the programs' names at its start, which come before whatever a
 * script does to `PATH`. For every other caller, programs come first on `PATH`, whatever steps add
 * to it.
 */
export async function intercept(root: string, { programs }: DeployCommands): Promise<Interception> {
  const [folder, bashEnv, recorder, called, wrong] = [
    ...[`${root}/bin`, `${root}/functions.sh`, `${root}/recorder.sh`],
    ...[`${root}/calls`, `${root}/fates`],
  ] as const;
  const call = (program: string) => `. ${shellQuote(recorder)} ${shellQuote(program)} "$@"`;
  const functions = programs.map((program) => `function ${program} { ( ${call(program)} ); }\n`);
  const recording = RECORDER.replace("CALLS", () => shellQuote(called))
    .replace("FATES", () => shellQuote(wrong));
  await Deno.mkdir(folder, { recursive: true });
  await Promise.all([
    Deno.writeTextFile(recorder, recording),
    Deno.writeTextFile(bashEnv, functions.join("")),
    ...programs.filter((program) => !program.includes("/")).map((program) =>
      Deno.writeTextFile(`${folder}/${program}`, `#!/usr/bin/env bash\n${call(program)}\n`, {
        mode: 0o755,
      })
    ),
  ]);
  return {
    folder,
    bashEnv,
    async prepare({ calls }) {
      const lines = calls.map(({ words, fate }) => {
        const pattern = `${words.join(SEPARATOR)}${SEPARATOR}`.split(UNKNOWN)
          .map((part) => part.replace(/\W/gu, "\\$&")).join("*");
        return `${fate === "fail" ? 1 : fate === "cancel-run" ? 0 : 130} ${pattern}\n`;
      });
      await Promise.all([
        Deno.writeTextFile(called, ""),
        Deno.writeTextFile(wrong, lines.join("")),
      ]);
    },
    async calls(fates) {
      const calls: Call[] = [];
      for (const record of (await Deno.readTextFile(called)).split("\0").slice(0, -1)) {
        const argv = record.split(SEPARATOR).slice(0, -1);
        const fate = fates.of(argv);
        calls.push({ argv, fate });
        if (fate !== undefined && fate !== "fail") break;
      }
      return calls;
    },
  };
}
