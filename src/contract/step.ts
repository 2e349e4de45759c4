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
export type StepVariables<Definition extends Command> = {
  readonly [
    Name in keyof Definition["variables"] as Definition["variables"][Name] extends
      { readonly from: "step" } ? Name : never
  ]: Value;
};

/** What a step that calls a command is made from. */
export interface CommandStepDefinition<Definition extends Command> extends Omit<StepBase, "env"> {
  /** The words that start hubwright; `PERMISSIONS` stands for what the command needs. */
  readonly runtime: readonly string[];
  /** The options: a literal, or an expression, which reaches the shell as a variable. */
  readonly options?: {
    readonly [Name in keyof Definition["options"]]?: string | Expression<unknown> | Template;
  };
  /** The variables that the command reads from its step. */
  readonly env: StepVariables<Definition>;
}

/**
 * The workflow step that calls a command. It is built from the command's definition: an option, a
 * variable or an output that the command does not have does not compile.
 */
export function commandStep<Definition extends Command>(
  command: Definition,
  definition: CommandStepDefinition<Definition>,
): Step<CommandOutputs<Definition>> {
  const { runtime, options = {}, env, ...base } = definition;
  const given = Object.entries(
    options as Readonly<Record<string, string | Expression<unknown> | Template>>,
  )
    .map(([name, value]) => ({ name, value, variable: variableOf(name) }));
  const fromOptions = given.filter(({ value }) => typeof value !== "string");
  const words = new Map(
    given.map(({ name, value, variable }) => [
      name,
      typeof value === "string" ? shellQuote(value) : `"$${variable}"`,
    ]),
  );
  const call = [
    ...runtime.flatMap((word) =>
      word === PERMISSIONS ? permissionFlags(command, words) : [shellQuote(word)]
    ),
    command.name,
    ...given.map(({ name }) => `--${name}=${words.get(name)}`),
  ];
  return {
    model: {
      kind: "run",
      ...base,
      env: {
        ...env as Readonly<Record<string, Value>>,
        ...Object.fromEntries(fromOptions.map(({ value, variable }) => [variable, value])),
      },
      run: new Script(joinWords(call)),
    },
    outputs: outputHandles(base.id, Object.keys(command.outputs)) as Step<
      CommandOutputs<Definition>
    >["outputs"],
  };
}

function variableOf(option: string): string {
  return option.toUpperCase().replaceAll("-", "_");
}

function permissionFlags(command: Command, options: ReadonlyMap<string, string>): string[] {
  const { read, write, run, api } = command.access;
  const paths = (flag: string, sources: readonly PathSource[]) => {
    const words = sources.flatMap((source) => pathWord(source, options) ?? []);
    return words.length === 0 ? [] : [`${flag}=${words.join(",")}`];
  };
  return [
    NO_REMOTE,
    ...paths("--allow-read", read),
    ...paths("--allow-write", write),
    ...(run.length === 0 ? [] : [`--allow-run=${run.join(",")}`]),
    ...(api ? [`--allow-net="$(cut -d/ -f3 <<< "$GITHUB_API_URL")"`] : []),
    `--allow-env=${Object.keys(command.variables).join(",")}`,
  ];
}

function pathWord(source: PathSource, options: ReadonlyMap<string, string>): string | undefined {
  if ("path" in source) return shellQuote(source.path);
  return "variable" in source ? `"$${source.variable}"` : options.get(source.option);
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
