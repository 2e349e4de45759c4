import { parseArgs } from "node:util";
import { describeIssue } from "../config/issues.ts";
import type { Command, OptionValues } from "../contract/command.ts";
import { UsageError } from "../errors.ts";

/**
 * Reads the command line of a command, as its definition says.
 *
 * @param command The command.
 * @param args The arguments behind the command's name.
 * @returns The options' values.
 * @throws {UsageError} Where an option is unknown, lacks its value or has a wrong one.
 */
export function parseOptions<Definition extends Command>(
  command: Definition,
  args: readonly string[],
): OptionValues<Definition> {
  const { tokens } = parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries(
        Object.entries(command.options).map(([name, { value }]) => [
          name,
          { type: value === undefined ? "boolean" as const : "string" as const },
        ]),
      ),
      help: { type: "boolean", short: "h" },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(command.options)
      .filter(([, { value }]) => value === undefined)
      .map(([name]) => [name, false]),
  );
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") {
      throw new UsageError(
        `Cannot use the argument "${token.value}": "hubwright ${command.name}" takes options only`,
      );
    }
    values[token.name] = readOption(command, token.name, token.rawName, token);
  }
  return values as OptionValues<Definition>;
}

function readOption(
  command: Command,
  name: string,
  rawName: string,
  { value, inlineValue }: {
    readonly value?: string | undefined;
    readonly inlineValue?: boolean | undefined;
  },
): unknown {
  const option = Object.hasOwn(command.options, name) ? command.options[name] : undefined;
  if (option === undefined) {
    const known = Object.keys(command.options).map((other) => `--${other}`);
    throw new UsageError(
      `Cannot use the option "${rawName}": "hubwright ${command.name}" has no such option`,
      { word: rawName, known },
    );
  }
  if (option.schema === undefined) {
    if (value === undefined) return true;
    throw new UsageError(`Cannot use "${rawName}=${value}": ${rawName} takes no value`);
  }
  if (value === undefined || (!inlineValue && /^-./.test(value))) {
    const found = value === undefined ? "nothing" : `"${value}"`;
    throw new UsageError(
      `Cannot read ${rawName}: expected ${rawName} ${option.value}, found ${found}`,
    );
  }
  const parsed = option.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(
    issue === undefined
      ? `Cannot read ${rawName}`
      : describeIssue({ ...issue, path: [rawName, ...issue.path] }, { [rawName]: value }),
  );
}
