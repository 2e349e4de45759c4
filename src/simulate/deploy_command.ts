import { UserError } from "../errors.ts";
import type { Fault, Target } from "./fault.ts";
import type { Fates } from "./machine.ts";
import type { Deployment } from "./record.ts";

/** The deployment commands of the config. */
export interface CommandTexts {
  readonly upgradeSupport: string;
  readonly upgradeHub: string;
  readonly healthCheck: string;
}

const ACTIONS = {
  upgradeSupport: "upgrade-support",
  upgradeHub: "upgrade-hub",
  healthCheck: "check-hub",
} as const;

/** The deployment commands, taken apart into words. */
export class DeployCommands {
  readonly #templates: ReadonlyMap<Deployment["action"], readonly string[]>;

  /**
   * @throws {UserError} Where one is more than a program and plain words, so that it is not clear
   * what to intercept.
   */
  constructor(commands: CommandTexts) {
    const keys = ["upgradeSupport", "upgradeHub", "healthCheck"] as const;
    this.#templates = new Map(keys.map((key) => {
      const text = commands[key];
      const words = text.trim().split(/\s+/);
      const [program = ""] = words;
      if (/^[\w@%+:,./= -]+$/.test(text) && !program.includes("=") && !isName(program)) {
        return [ACTIONS[key], words];
      }
      throw new UserError(
        `Cannot intercept the command "commands.${key}", ${JSON.stringify(text)}: expected a ` +
          "program and plain words",
      );
    }));
  }

  get programs(): readonly string[] {
    return [...new Set([...this.#templates.values()].map(([program = ""]) => program))];
  }

  /**
   * Reads a call.
   *
   * @throws {UserError} Where it is not one of the config's commands.
   */
  read(argv: readonly string[]): Deployment {
    for (const [action, words] of this.#templates) {
      if (words.length !== argv.length) continue;
      if (!words.every((word, index) => isName(word) || word === argv[index])) continue;
      const valueOf = (name: string) => argv[words.indexOf(name)];
      return { action, cluster: valueOf("CLUSTER") ?? "", hub: valueOf("HUB") };
    }
    throw new UserError(
      `Cannot simulate the call ${JSON.stringify(argv.join(" "))}: "${argv[0]}" is intercepted, ` +
        `and this is not one of the config's "commands"`,
    );
  }

  /** The call in which a fault happens; `undefined` where it is about a whole job. */
  argvOf(target: Target): readonly string[] | undefined {
    if (target.kind === "job") return undefined;
    const action = target.kind === "support"
      ? "upgrade-support"
      : target.kind === "check"
      ? "check-hub"
      : "upgrade-hub";
    const { cluster, hub = "" } = { hub: undefined, ...target };
    return this.#templates.get(action)
      ?.map((word) => word === "CLUSTER" ? cluster : word === "HUB" ? hub : word);
  }

  /** What goes wrong with which calls. */
  fatesOf(faults: readonly Fault[]): Fates {
    const fates = faults.flatMap(({ target, fate }) => {
      const argv = this.argvOf(target);
      return argv === undefined ? [] : [{ argv, fate }];
    });
    const byCall = new Map(fates.map(({ argv, fate }) => [JSON.stringify(argv), fate]));
    return {
      calls: fates.map(({ argv }) => argv),
      of: (argv) => byCall.get(JSON.stringify(argv)),
    };
  }
}

function isName(word: string): boolean {
  return word === "CLUSTER" || word === "HUB";
}
