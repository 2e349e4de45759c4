import { defineCommand } from "./command.ts";
import { COMMON_OPTIONS, STEP_FILES } from "./common.ts";

/** `hubwright filter`: which prod hubs may deploy once the canaries are over. */
export const filterCommand = defineCommand({
  name: "filter",
  summary: "Let through the prod hubs whose canary passed (inside the workflow)",
  examples: [["hubwright filter", "in a step that sets the first four variables"]],
  options: COMMON_OPTIONS,
  variables: {
    PROD_HUB_MATRIX_JOBS: {
      help: "The planned prod legs, a JSON list",
      from: "step",
      schema: "prodLegsJson",
    },
    SUPPORT_AND_STAGING_MATRIX_JOBS: {
      help: "The planned canary legs, a JSON list",
      from: "step",
      schema: "canaryLegsJson",
    },
    CANARY_RESULT: {
      help: "The result of the canary job: success, failure, cancelled or skipped",
      from: "step",
      schema: "text",
    },
    CANARY_OUTPUTS: {
      help: "The outputs of the canary job, a JSON object: each leg's verdict",
      from: "step",
      schema: "verdictsJson",
    },
    ...STEP_FILES,
  },
  outputs: {
    "prod-hub-matrix-jobs": {
      help: "The prod legs that may deploy, a JSON list",
      schema: "prodLegs",
    },
  },
  access: {
    read: [],
    write: [{ variable: "GITHUB_OUTPUT" }, { variable: "GITHUB_STEP_SUMMARY" }],
    run: [],
    api: false,
  },
});
