import { defineCommand } from "./command.ts";
import { COMMON_OPTIONS, STEP_FILES } from "./common.ts";

const { GITHUB_ACTIONS } = STEP_FILES;

/** `hubwright replay`: what hubwright would have upgraded on every push of a history. */
export const replayCommand = defineCommand({
  name: "replay",
  summary: "Plan every push of a git history, and show what each precision would have upgraded",
  examples: [
    ["hubwright replay", "the whole first-parent history of what is checked out"],
    ["hubwright replay --from v1.0 --to main", "what was pushed to main after v1.0"],
    ["hubwright replay --format csv > pushes.csv", "a row a push, for a spreadsheet"],
    ["hubwright replay --format json | jq .avoided", "how much precision: hub avoids"],
  ],
  options: {
    from: {
      help: "The commit before the first push (default: the first commit of the history)",
      value: "REF",
      schema: "text",
    },
    to: { help: "The last push (default: HEAD)", value: "REF", schema: "text" },
    format: {
      help: "How to print what was found: table (default), json or csv",
      value: "FORMAT",
      schema: "replayFormat",
    },
    ...COMMON_OPTIONS,
  },
  variables: { GITHUB_ACTIONS },
  outputs: {},
  access: { read: [{ path: "." }], write: [], run: ["git"], api: false },
});
