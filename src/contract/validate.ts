import { defineCommand } from "./command.ts";
import { COMMON_OPTIONS, STEP_FILES } from "./common.ts";

const { GITHUB_ACTIONS } = STEP_FILES;

/** `hubwright validate`: what is wrong in an infrastructure repository. */
export const validateCommand = defineCommand({
  name: "validate",
  summary: "Check the config and every cluster file, and say all that is wrong at once",
  examples: [
    ["hubwright validate", "exit with 1 where anything is wrong for certain"],
    ["hubwright validate --strict", "exit with 1 also where something is probably wrong"],
    ["hubwright validate --format json | jq .warnings", "the warnings, for a machine"],
  ],
  options: {
    strict: { help: "Let warnings fail as well" },
    format: {
      help: "How to print what is wrong: table (default) or json",
      value: "FORMAT",
      schema: "validationFormat",
    },
    ...COMMON_OPTIONS,
  },
  variables: { GITHUB_ACTIONS },
  outputs: {},
  access: { read: [{ path: "." }], write: [], run: [], api: false },
});
