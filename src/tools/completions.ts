import { type Command, command, type OptionDefinition } from "../contract/command.ts";
import { UsageError } from "../errors.ts";
import { shellQuote } from "../text/shell_quote.ts";
import * as z from "../zod.ts";

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
        schema: z.enum(["bash", "zsh", "fish"]),
        positional: true,
      },
    },
    run({ options: { shell }, io }) {
      if (shell === undefined) {
        throw new UsageError("Cannot tell for which shell: expected bash, zsh or fish");
      }
      io.out(SCRIPTS[shell]([...others, completions]));
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
    const choices = new Set(all.flatMap(([, option]) => choicesOf(option)));
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
  return commands.flatMap(({ name, summary, options }) => [
    `complete -c hubwright -f -n ${shellQuote(`not __fish_seen_subcommand_from ${all}`)} ` +
    `-a ${name} -d ${shellQuote(summary)}\n`,
    ...Object.entries(options).map(([option, definition]) =>
      `complete -c hubwright -n ${shellQuote(`__fish_seen_subcommand_from ${name}`)} ` +
      `${fishOption(option, definition)} -d ${shellQuote(definition.help)}\n`
    ),
  ]).join("");
};

function fishOption(name: string, option: OptionDefinition): string {
  if (option.value === undefined) return `-l ${name}`;
  const choices = choicesOf(option);
  const values = choices.length === 0 ? [] : [`-f -a ${shellQuote(choices.join(" "))}`];
  return (option.positional ? values : [`-l ${name} -r`, ...values]).join(" ");
}

function wordsOf({ options }: Command): string {
  return Object.entries(options).flatMap(([name, option]) =>
    option.positional ? choicesOf(option) : [`--${name}`]
  ).join(" ");
}

function choicesOf({ schema }: OptionDefinition): readonly string[] {
  return schema instanceof z.ZodMiniEnum ? schema.options.map(String) : [];
}

const SCRIPTS = { bash, zsh, fish };
