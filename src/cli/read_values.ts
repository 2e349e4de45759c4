import { describeIssue, REPORT_INPUT } from "../config/issues.ts";
import type { Command, OptionTexts } from "../contract/command.ts";
import { UsageError, UserError } from "../errors.ts";
import type * as z from "../zod.ts";

/** Values by name, which the type of the command's own call describes. */
type Values = Readonly<Record<string, never>>;

export function readOptions({ options }: Command, texts: OptionTexts): Values {
  const wrong: string[] = [];
  const values = Object.entries(texts).map(([name, text]) => {
    const schema = options[name]?.schema;
    return [name, schema === undefined ? text : read(schema, text, `--${name}`, wrong)];
  });
  if (wrong.length > 0) throw new UsageError(wrong.join("\n"));
  return Object.fromEntries(values);
}

export function readVariables(
  { name: command, variables }: Command,
  env: (name: string) => string | undefined,
): Values {
  const problems: string[] = [];
  const values = Object.entries(variables).map(([name, { schema, from }]) => {
    const wrong: string[] = [];
    const text = from === "step if wanted" && !mayRead(name) ? undefined : env(name);
    const value = read(schema, text, name, wrong);
    const who = from === "runner"
      ? "GitHub's runner"
      : `the step that calls "hubwright ${command}"`;
    problems.push(...wrong.map((what) => `${what}; ${who} sets this variable`));
    return [name, value];
  });
  if (problems.length > 0) throw new UserError(problems.map((message) => ({ message })));
  return Object.fromEntries(values);
}

/** What a step does not set, where it need not, it does not allow either. */
function mayRead(variable: string): boolean {
  return Deno.permissions.querySync({ name: "env", variable }).state === "granted";
}

function read(schema: z.ZodMiniType, value: unknown, name: string, wrong: string[]): unknown {
  const { data, error } = schema.safeParse(value, REPORT_INPUT);
  for (const issue of error?.issues ?? []) {
    wrong.push(describeIssue({ ...issue, path: [name, ...issue.path] }));
  }
  return data;
}
