import type { OptionDefinition, VariableDefinition } from "./command.ts";

/** The options that every command has. */
export const COMMON_OPTIONS = {
  repo: {
    help: "The infrastructure repository (default: the current folder)",
    value: "DIR",
    schema: "text",
  },
  config: {
    help: "The config (default: hubwright.config.ts in the repository, if there is one)",
    value: "FILE",
    schema: "text",
  },
  help: { help: "Show this help" },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

/** The options that say what changed, and what its labels ask for. */
export const CHANGE_OPTIONS = {
  base: {
    help: "The commit before the change; where git does not have it, everything is planned",
    value: "REF",
    schema: "text",
  },
  head: { help: "The commit after it (default: HEAD)", value: "REF", schema: "text" },
  "changed-files": {
    help: "The changed files, in place of --base",
    value: "A,B,C",
    schema: "commaList",
  },
  "changed-files-from": {
    help: "A file that lists them, a path a line (or NUL-separated); - is the standard input",
    value: "FILE",
    schema: "text",
  },
  labels: {
    help: "The pull request's labels, a JSON list of names",
    value: "JSON",
    schema: "labels",
  },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

/** The variables through which GitHub's runner takes what a step says. */
export const STEP_FILES = {
  GITHUB_OUTPUT: { help: "The file for step outputs", from: "runner", schema: "optionalText" },
  GITHUB_STEP_SUMMARY: {
    help: "The file for the job summary",
    from: "runner",
    schema: "optionalText",
  },
  GITHUB_ACTIONS: {
    help: "Set inside a workflow: mistakes are annotated, colour is on",
    from: "runner",
    schema: "optionalText",
  },
} as const satisfies Readonly<Record<string, VariableDefinition>>;
