import { z } from "zod";
import { ProdHubJob, SupportAndStagingJob } from "../plan/schema.ts";
import { defineCommand } from "./command.ts";
import { COMMON_OPTIONS, jsonText, optionalText, STEP_FILES } from "./common.ts";

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
    base: {
      help: "The commit before the change; an unknown one plans everything",
      value: "REF",
      schema: z.string(),
    },
    head: { help: "The commit after it (default: HEAD)", value: "REF", schema: z.string() },
    "changed-files": {
      help: "The changed files, in place of --base",
      value: "A,B,C",
      schema: z.string().transform((text) => text.split(",").filter((path) => path !== "")),
    },
    "changed-files-from": {
      help:
        "A file that lists them, a path a line (NUL-separated where it holds a NUL; - is stdin)",
      value: "FILE",
      schema: z.string().min(1),
    },
    labels: {
      help: "The pull request's labels, a JSON list of names",
      value: "JSON",
      schema: z.preprocess(
        (text) => text === "" ? undefined : text,
        jsonText(z.array(z.string()), "a list of label names").optional(),
      ),
    },
    format: {
      help: "How to print the plan: table (default), json or markdown",
      value: "FORMAT",
      schema: z.enum(["table", "json", "markdown"]),
    },
    "plan-file": {
      help: "Write the plan to this file as JSON",
      value: "FILE",
      schema: z.string().min(1),
    },
    ...COMMON_OPTIONS,
  },
  variables: {
    GITHUB_TOKEN: {
      help: "On a push: looks up the labels of the pull request that was merged",
      from: "step",
      schema: optionalText,
    },
    GITHUB_EVENT_NAME: {
      help: "The event that started the run",
      from: "runner",
      schema: optionalText,
    },
    GITHUB_REPOSITORY: { help: "owner/name", from: "runner", schema: optionalText },
    GITHUB_API_URL: { help: "Where GitHub's API is", from: "runner", schema: optionalText },
    ...STEP_FILES,
  },
  outputs: {
    "support-and-staging-matrix-jobs": {
      help: "The canary legs, a JSON list",
      schema: z.array(SupportAndStagingJob),
    },
    "prod-hub-matrix-jobs": { help: "The prod legs, a JSON list", schema: z.array(ProdHubJob) },
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
