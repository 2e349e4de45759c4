import { defineCommand } from "./command.ts";
import { CHANGE_OPTIONS, COMMON_OPTIONS, STEP_FILES } from "./common.ts";

/** `hubwright plan`: which releases a change upgrades, and why. */
export const planCommand = defineCommand({
  name: "plan",
  summary: "Show which support charts and hubs a change upgrades, and why",
  examples: [
    ["hubwright plan --base origin/main", "what merging the checked-out branch upgrades"],
    [
      "hubwright plan --changed-files helm-charts/basehub/values.yaml",
      "what changing that file upgrades",
    ],
    ["hubwright plan --base HEAD^ --format json | jq .prod", "the prod hubs, for a machine"],
  ],
  options: {
    ...CHANGE_OPTIONS,
    format: {
      help: "How to print the plan: table (default), json or markdown",
      value: "FORMAT",
      schema: "planFormat",
    },
    "plan-file": {
      help: "Write the plan to this file as JSON",
      value: "FILE",
      schema: "text",
    },
    ...COMMON_OPTIONS,
  },
  variables: {
    GITHUB_TOKEN: {
      help: "On a push: looks up the labels of the pull request that was merged",
      from: "step",
      schema: "optionalText",
    },
    GITHUB_EVENT_NAME: {
      help: "The event that started the run",
      from: "runner",
      schema: "optionalText",
    },
    GITHUB_REPOSITORY: { help: "owner/name", from: "runner", schema: "optionalText" },
    GITHUB_API_URL: { help: "Where GitHub's API is", from: "runner", schema: "optionalText" },
    ...STEP_FILES,
  },
  outputs: {
    "support-and-staging-matrix-jobs": {
      help: "The canary legs, a JSON list",
      schema: "canaryLegs",
    },
    "prod-hub-matrix-jobs": { help: "The prod legs, a JSON list", schema: "prodLegs" },
  },
  access: {
    read: [{ path: "." }],
    write: [
      { option: "plan-file" },
      { variable: "GITHUB_OUTPUT" },
      { variable: "GITHUB_STEP_SUMMARY" },
    ],
    run: ["git"],
    api: true,
  },
});
