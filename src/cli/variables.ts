import { describeIssue } from "../config/issues.ts";
import type { Command, VariableValues } from "../contract/command.ts";
import { UserError } from "../errors.ts";

/**
 * Reads the environment variables of a command, as its definition says.
 *
 * @param command The command.
 * @param env Reads a variable.
 * @returns The variables' values.
 * @throws {UserError} With everything that is wrong with any of them.
 */
export function readVariables<Definition extends Command>(
  command: Definition,
  env: (name: string) => string | undefined,
): VariableValues<Definition> {
  const read = Object.entries(command.variables).map(([name, { schema }]) => {
    const text = env(name);
    return { name, text, parsed: schema.safeParse(text) };
  });
  const problems = read.flatMap(({ name, text, parsed }) =>
    parsed.success ? [] : parsed.error.issues.map((issue) => ({
      message: `${
        describeIssue({ ...issue, path: [name, ...issue.path] }, { [name]: text })
      }; the step that calls "hubwright ${command.name}" sets this variable`,
    }))
  );
  if (problems.length > 0) throw new UserError(problems);
  return Object.fromEntries(
    read.map(({ name, parsed }) => [name, parsed.data]),
  ) as VariableValues<Definition>;
}
