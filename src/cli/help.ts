import type { Command } from "../contract/command.ts";

export function mainHelp(commands: readonly Command[]): string {
  return [
    "Generate the deployment workflows of many JupyterHubs, and plan what they deploy.\n",
    "Usage: hubwright COMMAND [options]\n",
    ...section("Commands", commands.map(({ name, summary }) => [name, summary])),
    ...section("Options", [["-h, --help", "Show this help"], ["--version", "Show the version"]]),
    ...section("Examples", commands.flatMap(({ examples }) => examples.slice(0, 1))),
    'Run "hubwright COMMAND --help" for more about a command.\n',
  ].join("\n");
}

export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, { value, positional, help }]) => {
    const dashed = `${name === "help" ? "-h, " : ""}--${name}`;
    return [positional ? `${value}` : [dashed, value].join(" ").trimEnd(), help] as const;
  });
  const alone = Object.values(command.options).filter(({ positional }) => positional)
    .map(({ value }) => ` [${value}]`).join("");
  return [
    `${command.summary}.\n`,
    `Usage: hubwright ${command.name}${alone} [options]\n`,
    ...section("Options", options),
    ...section("Environment", helpOf(command.variables)),
    ...section("Step outputs", helpOf(command.outputs)),
    ...section("Examples", command.examples),
  ].join("\n");
}

type Row = readonly [name: string, says: string];

function helpOf(definitions: Command["outputs"]): Row[] {
  return Object.entries(definitions).map(([name, { help }]) => [name, help]);
}

function section(title: string, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([first]) => first.length));
  return [
    `${title}:`,
    ...rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`),
    "",
  ];
}
