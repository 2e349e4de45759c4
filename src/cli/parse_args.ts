import type { Command, OptionTexts } from "../contract/command.ts";
import { UsageError } from "../errors.ts";

/**
 * Splits a command line as the command's definition says: `--name VALUE`, `--name=VALUE`, a flag
 * `--name`, `-h` for `--help`, and a value by itself where the command takes one. What begins with a dash is a value only behind `=`, but `-`
 * alone always is one. An option that is given twice has its last value, unless it is repeatable:
 * then it has all of them.
 *
 * @throws {UsageError} Where an option is unknown or lacks its value.
 */
export function parseArgs(command: Command, args: readonly string[]): OptionTexts {
  const texts: Record<string, string | string[] | true> = {};
  const take = (name: string, text: string) => {
    const before = texts[name];
    if (!isRepeatable(command, name)) texts[name] = text;
    else texts[name] = [...Array.isArray(before) ? before : [], text];
  };
  const alone = Object.keys(command.options).find((name) => isPositional(command, name));
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    if (alone !== undefined && !isOption(arg) && texts[alone] === undefined) {
      texts[alone] = arg;
      continue;
    }
    const { rawName, inline } = splitOption(arg, command);
    const name = rawName === "-h" ? "help" : rawName.slice(2);
    const placeholder = command.options[name]?.value;
    const next = args[index + 1];
    if (placeholder === undefined) {
      if (inline !== undefined) {
        const found = JSON.stringify(`${rawName}=${inline}`);
        throw new UsageError(`Cannot use ${found}: ${rawName} takes no value`);
      }
      texts[name] = true;
    } else if (inline !== undefined) {
      take(name, inline);
    } else if (next !== undefined && !isOption(next)) {
      take(name, next);
      index++;
    } else {
      const found = next === undefined ? "nothing" : JSON.stringify(next);
      throw new UsageError(
        `Cannot read ${rawName}: expected ${rawName} ${placeholder}, found ${found}`,
      );
    }
  }
  return texts;
}

function splitOption(arg: string, command: Command): { rawName: string; inline?: string } {
  if (!isOption(arg)) {
    const takes = Object.keys(command.options).some((name) => isPositional(command, name))
      ? "one argument"
      : "options only";
    throw new UsageError(
      `Cannot use the argument ${JSON.stringify(arg)}: "hubwright ${command.name}" takes ${takes}`,
    );
  }
  const equals = arg.indexOf("=");
  const rawName = equals < 0 ? arg : arg.slice(0, equals);
  const known = Object.keys(command.options).filter((name) => !isPositional(command, name))
    .map((name) => `--${name}`);
  if (rawName !== "-h" && !known.includes(rawName)) {
    throw new UsageError(
      `Cannot use the option ${JSON.stringify(rawName)}: "hubwright ${command.name}" has no ` +
        "such option",
      { word: rawName, known },
    );
  }
  return equals < 0 ? { rawName } : { rawName, inline: arg.slice(equals + 1) };
}

function isRepeatable(command: Command, name: string): boolean {
  const option = command.options[name];
  return option?.value !== undefined && option.repeatable === true;
}

function isPositional(command: Command, name: string): boolean {
  const option = command.options[name];
  return option?.value !== undefined && option.positional === true;
}

function isOption(arg: string): boolean {
  return arg.startsWith("-") && arg !== "-";
}
