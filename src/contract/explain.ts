import { defineCommand } from "./command.ts";
import { CHANGE_OPTIONS, COMMON_OPTIONS, STEP_FILES } from "./common.ts";

const { GITHUB_ACTIONS } = STEP_FILES;

/** `hubwright explain`: why a release is upgraded, or why not; or which releases a file reaches. */
export const explainCommand = defineCommand({
  name: "explain",
  summary: "Say why a hub is upgraded or not, or which releases a file reaches",
  examples: [
    ["hubwright explain lake/plankton --base origin/main", "why this hub is upgraded, or not"],
    ["hubwright explain lake --base HEAD^", "the same of everything on a cluster"],
    ["hubwright explain --file config/clusters/common.values.yaml", "which releases read a file"],
  ],
  options: {
    release: {
      help: "The cluster, or one of its hubs",
      value: "CLUSTER[/HUB]",
      schema: "text",
      positional: true,
    },
    file: {
      help: "A path from the repository's root, in place of CLUSTER[/HUB]",
      value: "PATH",
      schema: "text",
    },
    ...CHANGE_OPTIONS,
    format: {
      help: "How to print the answer: text (default) or json",
      value: "FORMAT",
      schema: "explanationFormat",
    },
    ...COMMON_OPTIONS,
  },
  variables: { GITHUB_ACTIONS },
  outputs: {},
  access: { read: [{ path: "." }], write: [], run: ["git"], api: false },
});
