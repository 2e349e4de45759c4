import { describeIssue, REPORT_INPUT } from "../config/issues.ts";
import type { Command, OptionTexts } from "../contract/command.ts";
import { UsageError, UserError } from "../errors.ts";

/**
 * Reads the values of a command's options.
 *
 * @throws {UsageError} With everything that is wrong with any of them.
 */
export function readOptions(
  command: Command,
  texts: OptionTexts,
): Readonly<Record<string, never>> {
  const wrong: string[] = [];
  const values = Object.entries(texts).map(([name, text]) => {
    const option = command.options[name];
    if (option?.value === undefined) return [name, text];
    const parsed = option.schema.safeParse(text, REPORT_INPUT);
    for (const issue of parsed.error?.issues ?? []) {
      const option = `--${name}`;
      wrong.push(describeIssue({ ...issue, path: [option, ...issue.path] }));
    }
    return [name, parsed.data];
  });
  if (wrong.length > 0) throw new UsageError(wrong.join("\n"));
  return Object.fromEntries(values) as Readonly<Record<string, never>>;
}

/**
 * Reads the environment variables of a command.
 *
 * @throws {UserError} With everything that is wrong with any of them.
 */
export function readVariables(
  command: Command,
  env: (name: string) => string | undefined,
): Readonly<Record<string, never>> {
  const read = Object.entries(command.variables).map(([name, { schema, from }]) => {
    return { name, from, parsed: schema.safeParse(env(name), REPORT_INPUT) };
  });
  const problems = read.flatMap(({ name, from, parsed }) =>
    (parsed.error?.issues ?? []).map((issue) => {
      const what = describeIssue({ ...issue, path: [name, ...issue.path] });
      const who = from === "runner"
        ? "GitHub's runner"
        : `the step that calls "hubwright ${command.name}"`;
      return { message: `${what}; ${who} sets this variable` };
    })
  );
  if (problems.length > 0) throw new UserError(problems);
  return Object.fromEntries(read.map(({ name, parsed }) => [name, parsed.data])) as Readonly<
    Record<string, never>
  >;
}
