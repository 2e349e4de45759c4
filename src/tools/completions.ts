import { type Command, command, type OptionDefinition } from "../contract/command.ts";
import { COMMON_OPTIONS } from "../contract/common.ts";
import { UsageError } from "../errors.ts";
import { shellQuote } from "../text/shell_quote.ts";
import * as z from "../zod.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

/** `hubwright completions`: what a shell needs to complete a command line of hubwright. */
export function completionsCommand(others: readonly Command[]): Command {
  const completions = command({
    name: "completions",
    summary: "Print a script that teaches a shell to complete hubwright's commands",
    examples: [
      ["hubwright completions bash", "in ~/.bashrc: source <(hubwright completions bash)"],
      ["hubwright completions zsh", "in ~/.zshrc: source <(hubwright completions zsh)"],
      ["hubwright completions fish", "in ~/.config/fish/config.fish: ... fish | source"],
    ],
    options: {
      shell: {
        help: "bash, zsh or fish",
        value: "SHELL",
        schema: z.enum(SHELLS),
        choices: SHELLS,
        positional: true,
      },
      ...COMMON_OPTIONS,
    },
    variables: {},
    outputs: {},
    access: { read: [], write: [], run: [], api: false },
    run({ options, io }) {
      if (options.shell === undefined) {
        throw new UsageError("Cannot tell for which shell: expected bash, zsh or fish");
      }
      io.out(SCRIPTS[options.shell]([...others, completions]));
      return Promise.resolve(0);
    },
  });
  return completions;
}

type Script = (commands: readonly Command[]) => string;

/** In bash, `$1` to `$3` are the program, the word so far and the word before it. */
const bash: Script = (commands) =>
  `_hubwright() {
  local words
  case "$3" in
${valueCases(commands)}
  esac
  if [[ $COMP_CWORD -eq 1 ]]; then
    words=${shellQuote(commands.map(({ name }) => name).join(" "))}
  else
    case "\${COMP_WORDS[1]}" in
${commands.map((each) => `      ${each.name}) words=${shellQuote(wordsOf(each))} ;;`).join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$2"))
}
complete -o default -F _hubwright hubwright
`;

/** Options whose value is a file, a folder, or one of a few words: those of all commands together. */
function valueCases(commands: readonly Command[]): string {
  const taking = commands.flatMap(({ options }) =>
    Object.entries(options).filter(([, { value }]) => value !== undefined)
  );
  return [...Map.groupBy(taking, ([name]) => name)].map(([name, all]) => {
    const choices = new Set(all.flatMap(([, { choices = [] }]) => choices));
    const reply = choices.size > 0
      ? `-W ${shellQuote([...choices].join(" "))}`
      : all.some(([, { value }]) => value === "DIR")
      ? "-d"
      : "-f";
    return `    --${name}) COMPREPLY=($(compgen ${reply} -- "$2")); return ;;`;
  }).join("\n");
}

/** Zsh runs bash's script through its own emulation of bash's completion. */
const zsh: Script = (commands) => `autoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;

const fish: Script = (commands) => {
  const all = commands.map(({ name }) => name).join(" ");
  const lines = commands.flatMap(({ name, summary, options }) => [
    `complete -c hubwright -f -n ${shellQuote(`not __fish_seen_subcommand_from ${all}`)} ` +
    `-a ${name} -d ${shellQuote(summary)}`,
    ...Object.entries(options).map(([option, definition]) =>
      `complete -c hubwright -n ${shellQuote(`__fish_seen_subcommand_from ${name}`)} ` +
      fishOption(option, definition)
    ),
  ]);
  return `${lines.join("\n")}\n`;
};

function fishOption(name: string, option: OptionDefinition): string {
  const help = `-d ${shellQuote(option.help)}`;
  if (option.value === undefined) return `-l ${name} ${help}`;
  const values = option.choices === undefined
    ? ""
    : ` -f -a ${shellQuote(option.choices.join(" "))}`;
  return option.positional ? `${values} ${help}`.trim() : `-l ${name} -r${values} ${help}`;
}

function wordsOf({ options }: Command): string {
  return Object.entries(options).flatMap(([name, option]) =>
    option.value !== undefined && option.positional ? option.choices ?? [] : [`--${name}`]
  ).join(" ");
}

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], Script>> = { bash, zsh, fish };
