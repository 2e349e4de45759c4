import { filter } from "../filter/filter.ts";
import { appendStepFiles, SUMMARY_LIMIT } from "../github/step_files.ts";
import { isWorkflow, printProblems } from "../io/problems.ts";
import { filteredMarkdown } from "../report/markdown.ts";
import { filteredTables } from "../report/plan_tables.ts";
import { command } from "./command.ts";
import { COMMON_OPTIONS, STEP_FILES } from "./common.ts";
import { canaryLegsJson, prodLegs, prodLegsJson, text, verdictsJson } from "./schemas.ts";

/**
 * `hubwright filter`: lets through the prod hubs whose canary passed. The run is red where any hub
 * is blocked; what passed is in the output all the same.
 */
export const filterCommand = command({
  name: "filter",
  summary: "Let through the prod hubs whose canary passed (inside the workflow)",
  examples: [["hubwright filter", "in a step that sets the first four variables"]],
  options: COMMON_OPTIONS,
  variables: {
    PROD_HUB_MATRIX_JOBS: {
      help: "The planned prod legs, a JSON list",
      from: "step",
      schema: prodLegsJson,
    },
    SUPPORT_AND_STAGING_MATRIX_JOBS: {
      help: "The planned canary legs, a JSON list",
      from: "step",
      schema: canaryLegsJson,
    },
    CANARY_RESULT: {
      help: "The result of the canary job: success, failure, cancelled or skipped",
      from: "step",
      schema: text,
    },
    CANARY_OUTPUTS: {
      help: "The outputs of the canary job, a JSON object: each leg's verdict",
      from: "step",
      schema: verdictsJson,
    },
    ...STEP_FILES,
  },
  outputs: {
    "prod-hub-matrix-jobs": {
      help: "The prod legs that may deploy, a JSON list",
      schema: prodLegs,
    },
  },
  access: {
    read: [],
    write: [{ variable: "GITHUB_OUTPUT" }, { variable: "GITHUB_STEP_SUMMARY" }],
    run: [],
    api: false,
  },
  run({ variables, formatOutputs, io }) {
    const filtered = filter({
      prod: variables.PROD_HUB_MATRIX_JOBS,
      canaries: variables.SUPPORT_AND_STAGING_MATRIX_JOBS,
      canaryResult: variables.CANARY_RESULT,
      verdicts: variables.CANARY_OUTPUTS,
    });
    io.out(filteredTables(filtered, io));
    appendStepFiles([
      {
        path: variables.GITHUB_STEP_SUMMARY,
        text: filteredMarkdown(filtered, { limit: SUMMARY_LIMIT }),
      },
      {
        path: variables.GITHUB_OUTPUT,
        text: formatOutputs({ "prod-hub-matrix-jobs": filtered.passed }),
      },
    ]);
    if (isWorkflow(io)) {
      printProblems(
        filtered.blocked.map(({ job, reason }) => ({
          message: `The prod hub ${job.hub_name} of ${job.cluster_name} is blocked: ${reason}`,
        })),
        io,
      );
    }
    return Promise.resolve(filtered.blocked.length === 0 ? 0 : 1);
  },
});
