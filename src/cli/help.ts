import type { Command, OptionDefinition } from "../contract/command.ts";

/** The help of hubwright as a whole. */
export function mainHelp(commands: readonly Command[]): string {
  return [
    "Generate the deployment workflows of many JupyterHubs, and plan what they deploy.\n",
    "Usage: hubwright COMMAND [options]\n",
    "Commands:",
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    "",
    "Options:",
    ...columns([["-h, --help", "Show this help"], ["--version", "Show the version"]]),
    "",
    "Examples:",
    ...columns(commands.flatMap(({ examples }) => examples.slice(0, 1))),
    "",
    'Run "hubwright COMMAND --help" for more about a command.',
    "",
  ].join("\n");
}

export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) =>
    [optionUsage(name, option), option.help] as const
  );
  const alone = Object.values(command.options).filter(isPositional)
    .map(({ value }) => ` [${value}]`).join("");
  const variables = Object.entries(command.variables).map(([name, { help }]) =>
    [name, help] as const
  );
  const outputs = Object.entries(command.outputs).map(([name, { help }]) => [name, help] as const);
  return [
    `${command.summary}.\n`,
    `Usage: hubwright ${command.name}${alone} [options]\n`,
    "Options:",
    ...columns(options),
    "",
    "Environment:",
    ...columns(variables),
    ...(outputs.length === 0 ? [] : ["", "Step outputs:", ...columns(outputs)]),
    "",
    "Examples:",
    ...columns(command.examples),
    "",
  ].join("\n");
}

function optionUsage(name: string, option: OptionDefinition): string {
  if (isPositional(option)) return option.value ?? "";
  const value = option.value === undefined ? "" : ` ${option.value}`;
  return `${name === "help" ? "-h, " : ""}--${name}${value}`;
}

function isPositional(option: OptionDefinition): boolean {
  return option.value !== undefined && option.positional === true;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}
