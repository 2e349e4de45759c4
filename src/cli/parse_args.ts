import type { Command, OptionTexts } from "../contract/command.ts";
import { UsageError } from "../errors.ts";

/**
 * Splits a command line as the command's definition says: `--name VALUE`, `--name=VALUE`, a flag
 * `--name`, `-h` for `--help`, and a value by itself where the command takes one. What begins with
 * a dash is a value only behind `=`, but `-` alone always is one. An option that is given twice has
 * its last value, unless it is repeatable: then it has all of them.
 */
export function parseArgs(command: Command, args: readonly string[]): OptionTexts {
  const options = Object.entries(command.options);
  const [alone] = options.find(([, { positional }]) => positional) ?? [];
  const known = new Map(
    options.filter(([name]) => name !== alone)
      .map(([name, option]) => [`--${name}`, { name, ...option }]),
  );
  const texts: Record<string, string | string[] | true> = {};
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (!isOption(arg)) {
      if (alone === undefined || texts[alone] !== undefined) {
        const takes = alone === undefined ? "options only" : "one argument";
        throw new UsageError(
          `Cannot use the argument ${JSON.stringify(arg)}: "hubwright ${command.name}" takes ` +
            takes,
        );
      }
      texts[alone] = arg;
      continue;
    }
    const [, dashed = "", inline] = /^([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    const option = known.get(dashed === "-h" ? "--help" : dashed);
    if (option === undefined) {
      throw new UsageError(
        `Cannot use the option ${JSON.stringify(dashed)}: "hubwright ${command.name}" has no ` +
          "such option",
        { word: dashed, known: [...known.keys()] },
      );
    }
    const { name, value, repeatable } = option;
    if (value === undefined) {
      if (inline !== undefined) {
        throw new UsageError(`Cannot use ${JSON.stringify(arg)}: ${dashed} takes no value`);
      }
      texts[name] = true;
      continue;
    }
    const text = inline ?? left.shift();
    if (text === undefined || inline === undefined && isOption(text)) {
      const found = text === undefined ? "nothing" : JSON.stringify(text);
      throw new UsageError(`Cannot read ${dashed}: expected ${dashed} ${value}, found ${found}`);
    }
    texts[name] = repeatable ? [...texts[name] as string[] | undefined ?? [], text] : text;
  }
  return texts;
}

function isOption(arg: string): boolean {
  return arg.startsWith("-") && arg !== "-";
}
