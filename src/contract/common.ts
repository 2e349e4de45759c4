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
