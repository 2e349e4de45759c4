import { defineCommand } from "./command.ts";
import { COMMON_OPTIONS, STEP_FILES } from "./common.ts";

/** `hubwright comment`: the comment that says what merging a pull request would deploy. */
export const commentCommand = defineCommand({
  name: "comment",
  summary: "Say on a pull request what merging it would deploy (inside the workflow)",
  examples: [["hubwright comment", "in a step that sets the first four variables"]],
  options: COMMON_OPTIONS,
  variables: {
    PLAN_ARTIFACT: {
      help: "The folder that holds the downloaded artifact",
      from: "step",
      schema: "text",
    },
    RUN_HEAD_SHA: {
      help: "The head commit of the run that made the plan",
      from: "step",
      schema: "commit",
    },
    RUN_URL: { help: "Where people look at that run", from: "step", schema: "pageUrl" },
    GITHUB_TOKEN: {
      help: "A token that may write comments on pull requests",
      from: "step",
      schema: "text",
    },
    GITHUB_REPOSITORY: { help: "owner/name", from: "runner", schema: "text" },
    GITHUB_API_URL: { help: "Where GitHub's API is", from: "runner", schema: "text" },
    GITHUB_ACTIONS: STEP_FILES.GITHUB_ACTIONS,
  },
  outputs: {},
  access: { read: [{ variable: "PLAN_ARTIFACT" }], write: [], run: [], api: true },
});
