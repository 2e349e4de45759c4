import { defineCommand } from "./command.ts";
import { COMMON_OPTIONS, STEP_FILES } from "./common.ts";

const { GITHUB_ACTIONS } = STEP_FILES;

/** `hubwright pins`: which commits of actions the workflows use, and a bot's bump of them. */
export const pinsCommand = defineCommand({
  name: "pins",
  summary: "List the pinned actions, or take a dependency bot's bump into actions.lock.json",
  examples: [
    ["hubwright pins", "each action that the workflows use: version, commit, where it is pinned"],
    ["hubwright pins --adopt", "make actions.lock.json say what a bot wrote into the workflows"],
  ],
  options: {
    adopt: { help: "Take the commits of the generated workflows on disk into actions.lock.json" },
    format: {
      help: "How to print the list: table (default) or json",
      value: "FORMAT",
      schema: "pinsFormat",
    },
    ...COMMON_OPTIONS,
  },
  variables: { GITHUB_ACTIONS },
  outputs: {},
  access: { read: [{ path: "." }], write: [{ path: "." }], run: [], api: false },
});
