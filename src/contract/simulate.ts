import { defineCommand } from "./command.ts";
import { COMMON_OPTIONS, STEP_FILES } from "./common.ts";

const { GITHUB_ACTIONS } = STEP_FILES;

/** `hubwright simulate`: what a change would make GitHub do, tried here. */
export const simulateCommand = defineCommand({
  name: "simulate",
  summary: "Run the generated workflows here, with failures, and show what would deploy",
  examples: [
    ["hubwright simulate --base origin/main", "what pushing the checked-out commit would deploy"],
    [
      "hubwright simulate --base HEAD^ --fail staging:lake/staging",
      "what a failed staging hub blocks",
    ],
    [
      "hubwright simulate --base origin/main --event pull_request",
      "what a pull request's runs would do, the comment included",
    ],
  ],
  options: {
    base: { help: "The commit before the change", value: "REF", schema: "text" },
    head: { help: "The commit after it (default: HEAD)", value: "REF", schema: "text" },
    event: {
      help: "What happens: push (default) or pull_request",
      value: "EVENT",
      schema: "simulatedEvent",
    },
    fail: {
      help: "What goes wrong: support:CLUSTER, staging:CLUSTER/HUB, prod:CLUSTER/HUB, " +
        "check:CLUSTER/HUB or job:ID, with =fail (default), =cancel, =timeout, =lost or " +
        "=cancel-run; may be repeated",
      value: "SPEC",
      schema: "texts",
      repeatable: true,
    },
    "skip-action": {
      help: "An action that is taken for done without running; may be repeated",
      value: "ACTION",
      schema: "texts",
      repeatable: true,
    },
    format: {
      help: "How to print what happened: table (default), json or mermaid",
      value: "FORMAT",
      schema: "simulationFormat",
    },
    ...COMMON_OPTIONS,
  },
  variables: { GITHUB_ACTIONS },
  outputs: {},
  access: { read: [{ path: "." }], write: [], run: ["git", "bash"], api: false },
});
