import { UserError } from "../errors.ts";
import type { Target } from "./fault.ts";

/** The deployment commands of the config. */
export interface CommandTexts {
  readonly upgradeSupport: string;
  readonly upgradeHub: string;
  readonly healthCheck: string;
}

/** What a call of a deployment command does. */
export interface Deployment {
  /** What is done. */
  readonly action: "upgrade-support" | "upgrade-hub" | "check-hub";
  /** The cluster. */
  readonly cluster: string;
  /** The hub; `undefined` for the support chart. */
  readonly hub: string | undefined;
}

/** The deployment commands, taken apart into words. */
export class DeployCommands {
  readonly #templates: readonly (readonly [Deployment["action"], readonly string[]])[];

  /**
   * @throws {UserError} Where one is more than a program and plain words, so that it is not clear
   * what to intercept.
   */
  constructor(commands: CommandTexts) {
    const actions = [
      ["upgrade-support", "upgradeSupport"],
      ["upgrade-hub", "upgradeHub"],
      ["check-hub", "healthCheck"],
    ] as const;
    this.#templates = actions.map(([action, key]) => {
      const text = commands[key];
      const words = text.trim().split(/\s+/);
      if (
        !/^[\w@%+:,./= -]+$/.test(text) || words[0]?.includes("=") ||
        /^(CLUSTER|HUB)$/.test(words[0] ?? "")
      ) {
        throw new UserError(
          `Cannot intercept the command "commands.${key}", ${JSON.stringify(text)}: expected a ` +
            "program and plain words",
        );
      }
      return [action, words];
    });
  }

  /** The programs that are intercepted. */
  get programs(): readonly string[] {
    return [...new Set(this.#templates.map(([, [program = ""]]) => program))];
  }

  /**
   * Reads a call.
   *
   * @throws {UserError} Where it is none of the config's commands.
   */
  read(argv: readonly string[]): Deployment {
    for (const [action, words] of this.#templates) {
      if (words.length !== argv.length) continue;
      if (!words.every((word, index) => isName(word) || word === argv[index])) continue;
      const valueOf = (name: string) => argv[words.indexOf(name)];
      return {
        action,
        cluster: valueOf("CLUSTER") ?? "",
        hub: words.includes("HUB") ? valueOf("HUB") : undefined,
      };
    }
    throw new UserError(
      `Cannot simulate the call ${JSON.stringify(argv.join(" "))}: "${argv[0]}" is intercepted, ` +
        `and this is none of the config's "commands"`,
    );
  }

  /** The call that a fault befalls. */
  argvOf(target: Target): readonly string[] | undefined {
    if (target.kind === "job") return undefined;
    const action = target.kind === "support"
      ? "upgrade-support"
      : target.kind === "check"
      ? "check-hub"
      : "upgrade-hub";
    const words = this.#templates.find(([name]) => name === action)?.[1];
    const hub = target.kind === "support" ? "" : target.hub;
    return words?.map((word) => word === "CLUSTER" ? target.cluster : word === "HUB" ? hub : word);
  }
}

function isName(word: string): boolean {
  return word === "CLUSTER" || word === "HUB";
}
