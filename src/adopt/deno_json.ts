import { type FormattingOptions, parse, type ParseError, printParseErrorCode } from "jsonc-parser";
import { type Problem, UserError } from "../errors.ts";
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

/** The text of a `deno.json` with what hubwright needs, and the tasks of others that stay. */
export interface MergedDenoJson {
  readonly text: string;
  /** The tasks that are there already and do something else. */
  readonly kept: readonly string[];
}

/** Writes what a new `deno.json` says. */
export function newDenoJson(branch: string): string {
  return `${JSON.stringify(wanted(branch), null, 2)}\n`;
}

/** Adds what hubwright needs to a `deno.json`; comments and everything else stay as they are. */
export function mergeDenoJson(file: string, was: string, branch: string): MergedDenoJson {
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
  const problems = problemsOf(file, data);
  if (problems.length > 0) throw new UserError(problems);
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
function problemsOf(file: string, data: unknown): readonly Problem[] {
  const { imports, importMap, tasks } = mapping(data);
  const isMapping = (value: unknown) =>
    value === undefined || (typeof value === "object" && value !== null && !Array.isArray(value));
  if (!isMapping(data) || !isMapping(imports) || !isMapping(tasks)) {
    return [{ file, message: 'Cannot add to it: expected a mapping with "imports" and "tasks"' }];
  }
  if (importMap !== undefined && imports === undefined) {
    const message = 'Cannot add "imports": Deno then leaves out its "importMap"; move what that ' +
      'file has to "imports" here';
    return [{ file, message }];
  }
  return [];
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
