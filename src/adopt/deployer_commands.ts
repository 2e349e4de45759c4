import type { Config } from "../config/config.ts";
import { ConfigSchema } from "../config/config_schema.ts";
import type { SeenStep } from "./workflow_data.ts";

type CommandName = keyof NonNullable<Config["commands"]>;

export interface SeenCommand {
  readonly name: CommandName;
  /** With `CLUSTER` and `HUB` in it; what else the workflow puts into it stays `${{ }}`. */
  readonly text: string;
}

const COMMAND =
  /(?<=^|[\s;&|(])(?:python3? -m )?(?:[\w.-]*\/)*deployer\s+(deploy-support|deploy|run-hub-health-check)(?=\s)[^\n;&|]*/g;

const NAMES: Readonly<Record<string, CommandName>> = {
  "deploy-support": "upgradeSupport",
  "deploy": "upgradeHub",
  "run-hub-health-check": "healthCheck",
};

/** The commands of the deployer that steps run, each once. */
export function deployerCommands(steps: readonly SeenStep[]): readonly SeenCommand[] {
  const found = steps.flatMap(({ run }) =>
    [...run.replaceAll(/\\\n\s*/g, " ").matchAll(COMMAND)].map(([text, verb = ""]) => ({
      name: NAMES[verb] ?? "upgradeHub",
      text: withNames(text.trim().replaceAll(/\s+/g, " ")),
    }))
  );
  return [...new Map(found.map((command) => [JSON.stringify(command), command])).values()];
}

export function isUsable({ name, text }: SeenCommand): boolean {
  return ConfigSchema.safeParse({ commands: { [name]: text } }).success;
}

/** Writes the names that a workflow puts into a command as hubwright's words for them. */
function withNames(command: string): string {
  return command.replaceAll(/(["']?)\$\{\{([^}]*)\}\}\1/g, (whole, _quote, expression: string) => {
    const name = expression.trim();
    if (/\bcluster(?:_name)?$/.test(name)) return "CLUSTER";
    return /\bhub(?:_name)?$/.test(name) ? "HUB" : whole;
  });
}
