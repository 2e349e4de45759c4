import { NO_REMOTE, PERMISSIONS } from "../config/runtime.ts";
import type { Expression, Json } from "../workflow/expression.ts";
import type { StepBase } from "../workflow/model.ts";
import { shellQuote } from "../text/shell_quote.ts";
import { Script } from "../workflow/script.ts";
import { outputHandles, type Step } from "../workflow/step.ts";
import type { Template, Value } from "../workflow/text.ts";
import type * as z from "../zod.ts";
import type { Command, PathSource } from "./command.ts";

/** The outputs of a step that calls a command: text, or JSON of what the command writes. */
export type CommandOutputs<Definition extends Command> = {
  readonly [Name in keyof Definition["outputs"]]: Written<
    z.output<Definition["outputs"][Name]["schema"]>
  >;
};

type Written<Value> = Value extends string ? Value : Json<Value>;

/** The variables that a step has to set for a command, and may: never the runner's own. */
export type StepVariables<Definition extends Command> =
  & { readonly [Name in Named<Definition, { readonly from: "step" }>]: Value }
  & { readonly [Name in Named<Definition, { readonly from: "step if wanted" }>]?: Value };

type Named<Definition extends Command, From> = keyof {
  [
    Name in keyof Definition["variables"] as Definition["variables"][Name] extends From ? Name
      : never
  ]: true;
};

/** What an option is given: a literal, or an expression, which reaches the shell as a variable. */
type OptionValue = string | Expression<unknown> | Template;

export interface CommandStepDefinition<Definition extends Command> extends Omit<StepBase, "env"> {
  /** The words that start hubwright; `PERMISSIONS` stands for what the command needs. */
  readonly runtime: readonly string[];
  readonly options?: { readonly [Name in keyof Definition["options"]]?: OptionValue };
  readonly env: StepVariables<Definition>;
}

/**
 * The workflow step that calls a command. It is built from the command's definition: an option, a
 * variable or an output that the command does not have does not compile.
 */
export function commandStep<Definition extends Command>(
  command: Definition,
  { runtime, options = {}, env, ...base }: CommandStepDefinition<Definition>,
): Step<CommandOutputs<Definition>> {
  const variables: Record<string, Value> = { ...env as Readonly<Record<string, Value>> };
  const words = new Map<string, string>();
  for (const [name, value] of Object.entries<OptionValue>(options as Record<string, OptionValue>)) {
    const variable = name.toUpperCase().replaceAll("-", "_");
    words.set(name, typeof value === "string" ? shellQuote(value) : `"$${variable}"`);
    if (typeof value !== "string") variables[variable] = value;
  }
  const call = [
    ...runtime.flatMap((word) =>
      word === PERMISSIONS ? permissionFlags(command, words, variables) : [shellQuote(word)]
    ),
    command.name,
    ...[...words].map(([name, word]) => `--${name}=${word}`),
  ];
  return {
    model: { kind: "run", ...base, env: variables, run: new Script(joinWords(call)) },
    outputs: outputHandles(base.id, Object.keys(command.outputs)) as Step<
      CommandOutputs<Definition>
    >["outputs"],
  };
}

function permissionFlags(
  command: Command,
  options: ReadonlyMap<string, string>,
  env: Readonly<Record<string, Value>>,
): string[] {
  const { read, write, run, api } = command.access;
  const wordOf = (source: PathSource) =>
    source === "." ? source : source.startsWith("$") ? `"${source}"` : options.get(source.slice(2));
  const flag = (name: string, words: readonly string[]) =>
    words.length === 0 ? [] : [`--allow-${name}=${words.join(",")}`];
  // What the step does not set, where it need not, cannot be read either.
  const readable = Object.entries(command.variables)
    .filter(([name, { from }]) => from !== "step if wanted" || name in env);
  return [
    NO_REMOTE,
    ...flag("read", read.flatMap((source) => wordOf(source) ?? [])),
    ...flag("write", write.flatMap((source) => wordOf(source) ?? [])),
    ...flag("run", run),
    ...flag("net", api ? ['"$(cut -d/ -f3 <<< "$GITHUB_API_URL")"'] : []),
    ...flag("env", readable.map(([name]) => name)),
  ];
}

/** One line where it is short, otherwise a line for each flag and for each option. */
function joinWords(words: readonly string[]): string {
  const line = words.join(" ");
  if (line.length <= 100) return line;
  return words.reduce((text, word, index) => {
    const apart = word.startsWith("--") || words[index - 1]?.startsWith("--");
    return `${text}${apart ? " \\\n  " : " "}${word}`;
  });
}
