import { type FormattingOptions, parse, type ParseError, printParseErrorCode } from "jsonc-parser";
import { UserError } from "../errors.ts";
import { lineAndColumn } from "../text/line_and_column.ts";
import { setProperty } from "./add_property.ts";
import { mapping } from "./workflow_data.ts";

/** What a repository's `deno.json` needs, so that a config finds hubwright and people its tasks. */
export const DENO_JSON = {
  imports: { "@hubwright/hubwright": "./.hubwright/mod.js" },
  tasks: {
    hubwright: {
      description: "Run hubwright: deno task hubwright plan --help",
      command: "deno run --cached-only --no-remote --no-npm --allow-read --allow-write " +
        "--allow-env --allow-run=git,bash --allow-net .hubwright/hubwright.js",
    },
    generate: {
      description: "Write the workflows",
      command: "deno task hubwright generate",
    },
    check: {
      description: "Say whether the workflows are up to date",
      command: "deno task hubwright generate --check",
    },
    validate: {
      description: "Say what is wrong with the config and the cluster files",
      command: "deno task hubwright validate",
    },
    plan: {
      description: "Show what merging the checked-out branch upgrades",
      command: "deno task hubwright plan --base origin/main",
    },
  },
} as const;

export function newDenoJson(branch: string): string {
  return `${JSON.stringify(wanted(branch), null, 2)}\n`;
}

/**
 * Adds what hubwright needs to a `deno.json`; comments and everything else stay as they are. Gives
 * also the tasks that it keeps, which do something else.
 */
export function mergeDenoJson(
  file: string,
  was: string,
  branch: string,
): { readonly text: string; readonly kept: readonly string[] } {
  const errors: ParseError[] = [];
  const data: unknown = parse(was, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    throw new UserError({
      file,
      ...lineAndColumn(was, error.offset),
      message: `Cannot parse it as JSON: ${printParseErrorCode(error.error)}`,
    });
  }
  const message = obstacleIn(data);
  if (message !== undefined) throw new UserError({ file, message });
  const { imports, tasks } = wanted(branch);
  const there = mapping(mapping(data).tasks);
  const kept: string[] = [];
  let text = was;
  for (const [name, path] of Object.entries(imports)) {
    text = setProperty(text, ["imports", name], path, formatOf(text));
  }
  for (const [name, task] of Object.entries(tasks)) {
    if (!Object.hasOwn(there, name)) {
      text = setProperty(text, ["tasks", name], task, formatOf(text));
    } else if (commandOf(there[name]) !== task.command) kept.push(name);
  }
  return { text, kept };
}

function wanted(branch: string) {
  const { imports, tasks } = DENO_JSON;
  const plan = { ...tasks.plan, command: `deno task hubwright plan --base origin/${branch}` };
  return { imports, tasks: { ...tasks, plan } };
}

function commandOf(task: unknown): unknown {
  return typeof task === "string" ? task : mapping(task).command;
}

/** What in a `deno.json` would keep hubwright from being found. */
function obstacleIn(data: unknown): string | undefined {
  const { imports, importMap, tasks } = mapping(data);
  const isMapping = (value: unknown) =>
    value === undefined || (typeof value === "object" && value !== null && !Array.isArray(value));
  if (![data, imports, tasks].every(isMapping)) {
    return 'Cannot add to it: expected a mapping with "imports" and "tasks"';
  }
  return importMap === undefined || imports !== undefined
    ? undefined
    : 'Cannot add "imports": Deno then leaves out its "importMap"; move what that file has to ' +
      '"imports" here';
}

/** As the file is indented already. */
function formatOf(text: string): FormattingOptions {
  const [, indent = "  "] = /\n([ \t]+)\S/.exec(text) ?? [];
  return {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.startsWith("\t") ? 1 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}
