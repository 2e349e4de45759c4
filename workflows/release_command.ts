import type { Settings } from "../src/config/settings.ts";
import type { Cluster, Hub } from "../src/plan/cluster.ts";
import { EnvVariable, Script, script } from "../src/workflow/script.ts";
import { shellQuote } from "../src/text/shell_quote.ts";

/** A command of the config, and those that releases have in its place. */
export interface DeployCommand {
  /** What is run for a release without a command of its own; `null` for nothing. */
  readonly usual: string | null;
  /** By `CLUSTER`, or by `CLUSTER/RELEASE`; `null` where nothing is run. */
  readonly own: ReadonlyMap<string, string | null>;
}

type Clusters = readonly Cluster[];

/** What upgrades support charts. */
export function supportCommand(clusters: Clusters, { commands }: Settings): DeployCommand {
  const own = clusters.flatMap(({ name, support }) =>
    support?.upgrade === undefined ? [] : [[name, support.upgrade] as const]
  );
  return { usual: commands.upgradeSupport, own: new Map(own) };
}

/** What upgrades add-ons: each has a command of its own. */
export function addonCommand(clusters: Clusters): DeployCommand {
  const own = clusters.flatMap(({ name, addons = [] }) =>
    addons.map((addon) => [`${name}/${addon.name}`, addon.upgrade] as const)
  );
  const usual = "echo ::error::This workflow is out of date: it does not know this add-on. " +
    "Generate it anew.\nexit 1";
  return { usual, own: new Map(own) };
}

/** What upgrades the staging hubs, or the prod hubs, and what checks them. */
export function hubCommands(
  clusters: Clusters,
  { commands }: Settings,
  staging: boolean,
): { readonly upgrade: DeployCommand; readonly check: DeployCommand } {
  const own = (key: "upgrade" | "check") =>
    new Map(
      clusters.flatMap(({ name, hubs }) =>
        hubs.filter((hub) => hub.staging === staging).flatMap((hub: Hub) =>
          hub[key] === undefined ? [] : [[`${name}/${hub.name}`, hub[key]] as const]
        )
      ),
    );
  return {
    upgrade: { usual: commands.upgradeHub, own: own("upgrade") },
    check: { usual: commands.healthCheck, own: own("check") },
  };
}

/** Whether a command is run for any release. */
export function isRun({ usual, own }: DeployCommand): boolean {
  return usual !== null || own.values().some((command) => command !== null);
}

/** Runs the command of a release that the variables name; the text is the config's alone. */
export function deployScript(
  { usual, own }: DeployCommand,
  variables: readonly string[],
): Script {
  if (own.size === 0) return commandScript(usual ?? ":", variables);
  const cases = [...Map.groupBy([...own], ([, command]) => command)].map(([command, releases]) =>
    branch(releases.map(([name]) => shellQuote(name)).join(" | "), command, variables)
  );
  const subject = variables.map((name) => `$${name}`).join("/");
  return new Script(
    [`case "${subject}" in`, ...cases, branch("*", usual, variables), "esac"].join("\n"),
  );
}

/** Not indented, as a text may go on in a here-document. */
function branch(pattern: string, command: string | null, variables: readonly string[]): string {
  return `${pattern})\n${
    command === null ? ":" : contained(commandScript(command, variables).text)
  }\n;;`;
}

/** Programs and their words, and nothing that could end the branch that they are in. */
const PLAIN = RegExp(
  "^(?:(?!(?:case|coproc|do|done|elif|else|esac|fi|for|function|if|select|then|time|until|while)" +
    String.raw`\b)(?:[\w@%+:,./=-]+|"\$\w+")(?: +|\n|$))+$`,
);

/** A text that only its own release can run, whatever it leaves open or closes. */
function contained(text: string): string {
  return PLAIN.test(text) ? text : `eval ${shellQuote(text)}`;
}

/** A command in which the words that are variables' names become their values. */
function commandScript(command: string, variables: readonly string[]): Script {
  return new Script(
    command.replace(
      /(?<!\S)(?:CLUSTER|HUB)(?!\S)/g,
      (word) => variables.includes(word) ? script`${new EnvVariable(word)}`.text : word,
    ),
  );
}
