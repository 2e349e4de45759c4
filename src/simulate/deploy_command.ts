import { UserError } from "../errors.ts";
import { deploymentOf, isAbout } from "./fault.ts";
import type { Deployment, Fate, Fault } from "./record.ts";
import { CLUSTER, HUB, shellCommands, UNKNOWN } from "./shell_words.ts";

const ACTIONS = [
  ["upgrade-support", "upgradeSupport"],
  ["upgrade-hub", "upgradeHub"],
  ["check-hub", "healthCheck"],
] as const;

/** Between the words of a call. */
export const SEPARATOR = "\x1f";

/** What may come before a program in a command. */
const BEFORE = /^(?:\w+=.*|[!{]|if|elif|then|else|while|until|do|time|exec|command)$/s;

const SHELL = /(?:^|\/)(?:ba|da|k|z)?sh$/;

/** What no program can take the place of: what a shell has built in, and names that are not plain. */
const NOT_INTERCEPTED = /^(?:cd|echo|eval|export|printf|set|source|test|trap|[.:[])$|[^\w@%+:,./-]/;

/** What goes wrong with which calls; a word may have parts that are not known. */
export interface Fates {
  readonly calls: readonly { readonly words: readonly string[]; readonly fate: Fate }[];
  readonly of: (argv: readonly string[]) => Fate | undefined;
}

/** The config's deployment commands: the program that each calls, and with which words. */
export class DeployCommands {
  readonly #calls: ReadonlyMap<Deployment["action"], readonly string[]>;

  constructor(commands: Readonly<Record<typeof ACTIONS[number][1], string>>) {
    this.#calls = new Map(ACTIONS.map(([action, key]) => {
      const text = commands[key];
      const words = findCall(text.replace(/(?<!\S)(?:CLUSTER|HUB)(?!\S)/g, '"$$$&"'));
      if (words !== undefined) return [action, words];
      throw new UserError(
        `Cannot intercept the command "commands.${key}", ${JSON.stringify(text)}: ` +
          "expected a program that is given the name of the cluster",
      );
    }));
  }

  get programs(): readonly string[] {
    return [...new Set([...this.#calls.values()].map(([program = ""]) => program))];
  }

  read(argv: readonly string[]): Deployment {
    for (const [action, words] of this.#calls) {
      const { cluster = "", hub } = pattern(words).exec(argv.join(SEPARATOR))?.groups ?? {};
      if (cluster !== "") return { action, cluster, hub };
    }
    throw new UserError(
      `Cannot simulate the call ${JSON.stringify(argv.join(" "))}: "${argv[0]}" is intercepted, ` +
        `and this is not one of the config's "commands"`,
    );
  }

  fatesOf(faults: readonly Fault[]): Fates {
    return {
      calls: faults.flatMap(({ target, fate }) => {
        const { action, cluster, hub = "" } = deploymentOf(target) ?? {};
        if (action === undefined || cluster === undefined) return [];
        const words = this.#calls.get(action)?.map((word) =>
          word.replaceAll(CLUSTER, cluster).replaceAll(HUB, hub)
        );
        return words === undefined ? [] : [{ words, fate }];
      }),
      of: (argv) => {
        const call = this.read(argv);
        return faults.find(({ target }) => isAbout(target, call))?.fate;
      },
    };
  }
}

/** The words of the program that a text calls with the name of the cluster. */
function findCall(text: string): readonly string[] | undefined {
  for (const command of shellCommands(text) ?? []) {
    const words = command.slice(command.findIndex((word) => !BEFORE.test(word)));
    const [program = ""] = words;
    if (SHELL.test(program)) {
      const flag = words.findIndex((word) => /^-\w*c$/.test(word));
      const found = flag < 0 ? undefined : findCall(words[flag + 1] ?? "");
      if (found !== undefined) return found;
    } else if (!NOT_INTERCEPTED.test(program) && words.some((word) => word.includes(CLUSTER))) {
      return words;
    }
  }
  return undefined;
}

/** What matches the calls with some words. */
function pattern(words: readonly string[]): RegExp {
  const word = `[^${SEPARATOR}]`;
  const source = RegExp.escape(words.join(SEPARATOR))
    .replace(CLUSTER, `(?<cluster>${word}+)`).replaceAll(CLUSTER, "\\k<cluster>")
    .replace(HUB, `(?<hub>${word}+)`).replaceAll(HUB, "\\k<hub>")
    .replaceAll(UNKNOWN, `${word}*`);
  return new RegExp(`^${source}$`, "s");
}
