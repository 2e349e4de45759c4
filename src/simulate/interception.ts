import { shellQuote } from "../text/shell_quote.ts";
import { type DeployCommands, type Fates, SEPARATOR } from "./deploy_command.ts";
import type { Fate, Texts } from "./record.ts";
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

/**
 * The files of a folder that takes the place of the deployment commands: a call is written down and
 * succeeds, or goes wrong as it should.
 *
 * Every bash that reads `functions.sh` at its start defines functions by the programs' names, which
 * come before whatever a script does to `PATH`. For every other caller there are programs in `bin`,
 * which comes first on `PATH`, whatever steps add to it.
 */
export function interceptionFiles(root: string, { programs }: DeployCommands): Texts {
  const call = (program: string) =>
    `. ${shellQuote(`${root}/recorder.sh`)} ${shellQuote(program)} "$@"`;
  const onPath = programs.filter((program) => !program.includes("/"))
    .map((program) => [`bin/${program}`, `#!/usr/bin/env bash\n${call(program)}\n`] as const);
  return {
    "recorder.sh": RECORDER.replace("CALLS", () => shellQuote(`${root}/calls`))
      .replace("FATES", () => shellQuote(`${root}/fates`)),
    "functions.sh": programs.map((program) => `function ${program} { ( ${call(program)} ); }\n`)
      .join(""),
    ...Object.fromEntries(onPath),
  };
}

/** What the recorder reads: what goes wrong with which calls. */
export function fatesText({ calls }: Fates): string {
  const lines = calls.map(({ words, fate }) => {
    const pattern = `${words.join(SEPARATOR)}${SEPARATOR}`.split(UNKNOWN)
      .map((part) => part.replace(/\W/gu, "\\$&")).join("*");
    return `${fate === "fail" ? 1 : fate === "cancel-run" ? 0 : 130} ${pattern}\n`;
  });
  return lines.join("");
}

/** What was called. Once a call has cost the leg its life, the rest did not happen. */
export function recordedCalls(text: string, fates: Fates): readonly Call[] {
  const calls: Call[] = [];
  for (const record of text.split("\0").slice(0, -1)) {
    const argv = record.split(SEPARATOR).slice(0, -1);
    const fate = fates.of(argv);
    calls.push({ argv, fate });
    if (fate !== undefined && fate !== "fail") break;
  }
  return calls;
}
