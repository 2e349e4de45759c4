import { UserError } from "../errors.ts";
import type { Cluster } from "../plan/cluster.ts";
import { isAbout } from "./fault.ts";
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
const NOT_INTERCEPTED = RegExp(
  "^(?:case|cd|declare|done|echo|esac|eval|exit|export|false|fi|for|function|local|popd|printf|" +
    "pushd|read|return|select|set|shift|source|test|trap|true|unset|wait|[.:[])$|[^\\w@%+:,./-]",
);

/** What only helps in a command, and is there for the other steps of a leg as well. */
const HELPERS = RegExp(
  "^(?:awk|basename|cat|chmod|cp|cut|date|deno|diff|dirname|find|git|grep|head|jq|ls|mkdir|" +
    "mktemp|mv|rm|sed|sleep|sort|tail|tee|touch|tr|uniq|wc)$",
);

/** A program as a command calls it; for one release where it is that one's own command. */
interface DeployCall {
  /** Nothing for what goes before the upgrade or the check. */
  readonly action?: Deployment["action"];
  readonly release?: Pick<Deployment, "cluster" | "hub">;
  readonly words: readonly string[];
}

/** What goes wrong with which calls; a word may have parts that are not known. */
export interface Fates {
  readonly calls: readonly { readonly words: readonly string[]; readonly fate: Fate }[];
  readonly of: (argv: readonly string[]) => Fate | undefined;
}

/** The deployment commands: the program that each calls, and with which words. */
export class DeployCommands {
  /** The releases' own commands come first: they say less, and more exactly. */
  readonly #calls: readonly DeployCall[];

  constructor(
    commands: Readonly<Record<typeof ACTIONS[number][1], string | null>>,
    clusters: readonly Cluster[] = [],
  ) {
    const usual = ACTIONS.flatMap(([action, key]): DeployCall[] => {
      const text = commands[key];
      if (text === null) return [];
      const words = callsIn(text).find((words) => words.some((word) => word.includes(CLUSTER)));
      if (words !== undefined) return [{ action, words }];
      throw new UserError(
        `Cannot intercept the command "commands.${key}", ${JSON.stringify(text)}: ` +
          "expected a program that is given the name of the cluster",
      );
    });
    this.#calls = [...clusters.flatMap(ownCalls), ...usual];
  }

  get programs(): readonly string[] {
    return [...new Set(this.#calls.map(({ words: [program = ""] }) => program))];
  }

  /** What a call does; `undefined` for what goes before it. */
  read(argv: readonly string[]): Deployment | undefined {
    for (const { action, release, words } of this.#calls) {
      const found = pattern(words).exec(argv.join(SEPARATOR));
      if (found === null) continue;
      if (action === undefined) return undefined;
      const { cluster = "", hub } = release ?? found.groups ?? {};
      if (cluster !== "") return { action, cluster, hub };
    }
    throw new UserError(
      `Cannot simulate the call ${JSON.stringify(argv.join(" "))}: "${argv[0]}" is intercepted, ` +
        `and this is not one of the config's "commands"`,
    );
  }

  fatesOf(faults: readonly Fault[]): Fates {
    return {
      calls: faults.flatMap(({ call: wanted, fate }) => {
        if (wanted === undefined) return [];
        const { cluster, hub } = wanted;
        const call = this.#calls.find(({ action, release = wanted }) =>
          action === wanted.action && release.cluster === cluster && release.hub === hub
        );
        return call === undefined ? [] : [{ words: filledIn(call.words, cluster, hub), fate }];
      }),
      of: (argv) => {
        const call = this.read(argv);
        return call && faults.find((fault) => isAbout(fault, call))?.fate;
      },
    };
  }
}

/** What releases of a cluster are upgraded and checked with in place of the config's commands. */
function ownCalls({ name: cluster, support, addons = [], hubs }: Cluster): readonly DeployCall[] {
  const of = (action: Deployment["action"], text: string | null | undefined, hub?: string) => {
    if (text === null || text === undefined) return [];
    const calls = callsIn(text).filter(([program = ""]) => !HELPERS.test(program))
      .map((words) => filledIn(words, cluster, hub));
    const release = { cluster, hub };
    // All of them are intercepted: any may be what changes the cluster.
    if (calls.length > 0) {
      return calls.map((words, index): DeployCall => (
        index < calls.length - 1 ? { release, words } : { action, release, words }
      ));
    }
    throw new UserError(
      `Cannot intercept the command ${JSON.stringify(text)} of a release of ${cluster}: expected ` +
        "a program",
    );
  };
  return [
    ...of("upgrade-support", support?.upgrade),
    ...addons.flatMap(({ name, upgrade }) => of("upgrade-support", upgrade, name)),
    ...hubs.flatMap(({ name, upgrade, check }) => [
      ...of("upgrade-hub", upgrade, name),
      ...of("check-hub", check, name),
    ]),
  ];
}

function filledIn(words: readonly string[], cluster: string, hub = ""): readonly string[] {
  return words.map((word) => word.replaceAll(CLUSTER, cluster).replaceAll(HUB, hub));
}

function callsIn(text: string): readonly (readonly string[])[] {
  const withVariables = text.replace(/(?<!\S)(?:CLUSTER|HUB)(?!\S)/g, '"$$$&"');
  return shellCommands(withVariables).flatMap((command) => {
    const words = command.slice(command.findIndex((word) => !BEFORE.test(word)));
    const [program = ""] = words;
    if (BEFORE.test(program) || NOT_INTERCEPTED.test(program)) return [];
    if (!SHELL.test(program)) return [words];
    const flag = words.findIndex((word) => /^-\w*c$/.test(word));
    return flag < 0 ? [] : callsIn(words[flag + 1] ?? "");
  });
}

function pattern(words: readonly string[]): RegExp {
  const word = `[^${SEPARATOR}]`;
  const source = RegExp.escape(words.join(SEPARATOR))
    .replace(CLUSTER, `(?<cluster>${word}+)`).replaceAll(CLUSTER, "\\k<cluster>")
    .replace(HUB, `(?<hub>${word}+)`).replaceAll(HUB, "\\k<hub>")
    .replaceAll(UNKNOWN, `${word}*`);
  return new RegExp(`^${source}$`, "s");
}
