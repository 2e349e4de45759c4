import { describeIssue, REPORT_INPUT } from "../config/issues.ts";
import type { Command, OptionTexts, OptionValues, VariableValues } from "../contract/command.ts";
import * as schemas from "../contract/schemas.ts";
import { UsageError, UserError } from "../errors.ts";

/**
 * Reads the values of a command's options.
 *
 * @throws {UsageError} With everything that is wrong with any of them.
 */
export function readOptions<Definition extends Command>(
  command: Definition,
  texts: OptionTexts<Definition>,
): OptionValues<Definition> {
  const wrong: string[] = [];
  const values = Object.entries(texts).map(([name, text]) => {
    const option = command.options[name];
    if (option?.value === undefined) return [name, text];
    const parsed = schemas[option.schema]().safeParse(text, REPORT_INPUT);
    for (const issue of parsed.error?.issues ?? []) {
      const option = `--${name}`;
      wrong.push(describeIssue({ ...issue, path: [option, ...issue.path] }));
    }
    return [name, parsed.data];
  });
  if (wrong.length > 0) throw new UsageError(wrong.join("\n"));
  return Object.fromEntries(values) as OptionValues<Definition>;
}

/**
 * Reads the environment variables of a command.
 *
 * @throws {UserError} With everything that is wrong with any of them.
 */
export function readVariables<Definition extends Command>(
  command: Definition,
  env: (name: string) => string | undefined,
): VariableValues<Definition> {
  const read = Object.entries(command.variables).map(([name, { schema }]) => {
    return { name, parsed: schemas[schema]().safeParse(env(name), REPORT_INPUT) };
  });
  const problems = read.flatMap(({ name, parsed }) =>
    (parsed.error?.issues ?? []).map((issue) => ({
      message: `${
        describeIssue({ ...issue, path: [name, ...issue.path] })
      }; the step that calls "hubwright ${command.name}" sets this variable`,
    }))
  );
  if (problems.length > 0) throw new UserError(problems);
  return Object.fromEntries(
    read.map(({ name, parsed }) => [name, parsed.data]),
  ) as VariableValues<Definition>;
}
