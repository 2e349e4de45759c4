import { filter } from "../filter/filter.ts";
import { CANARY_JOB } from "../filter/verdict.ts";
import { latestAttempts } from "../github/run_jobs.ts";
import { SUMMARY_LIMIT, writeStepFiles } from "../github/step_files.ts";
import type { Io } from "../io/io.ts";
import { isWorkflow, printProblems } from "../io/problems.ts";
import { filteredMarkdown } from "../report/markdown.ts";
import { filteredTables } from "../report/plan_tables.ts";
import { isLegOf } from "../workflow/leg_name.ts";
import { type ApiAccess, apiVariables, connectApi } from "./api_access.ts";
import { command } from "./command.ts";
import { STEP_FILES } from "./common.ts";
import {
  clusterNamesJson,
  count,
  optionalText,
  prodLegs,
  prodLegsJson,
  text,
  verdictsJson,
} from "./schemas.ts";

/**
 * `hubwright filter`: lets through the prod hubs whose canary passed. The run is red where any hub
 * is blocked; what passed is in the output all the same.
 */
export const filterCommand = command({
  name: "filter",
  summary: "Let through the prod hubs whose canary passed (inside the workflow)",
  examples: [["hubwright filter", "in a step that sets the first four variables"]],
  options: {},
  variables: {
    PROD_HUB_MATRIX_JOBS: {
      help: "The planned prod legs, a JSON list",
      from: "step",
      schema: prodLegsJson,
    },
    CANARY_CLUSTERS: {
      help: "The clusters for which a canary leg was planned, a JSON list of names",
      from: "step",
      schema: clusterNamesJson,
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
    ...apiVariables(optionalText, "Where the run is run again: a token that may read its jobs"),
    GITHUB_RUN_ID: { help: "The run", from: "runner", schema: count },
    GITHUB_RUN_ATTEMPT: { help: "Which attempt of it this is", from: "runner", schema: count },
    ...STEP_FILES,
  },
  outputs: {
    "prod-hub-matrix-jobs": {
      help: "The prod legs that may deploy, a JSON list",
      schema: prodLegs,
    },
  },
  access: { write: ["$GITHUB_OUTPUT", "$GITHUB_STEP_SUMMARY"], api: true },
  async run({ variables, formatOutputs, io }) {
    const { GITHUB_RUN_ATTEMPT, GITHUB_RUN_ID, ...access } = variables;
    const filtered = filter({
      prod: variables.PROD_HUB_MATRIX_JOBS,
      canaries: variables.CANARY_CLUSTERS,
      canaryResult: variables.CANARY_RESULT,
      verdicts: variables.CANARY_OUTPUTS,
      latestAttempt: GITHUB_RUN_ATTEMPT === 1
        ? () => 1
        : await readAttempts(access, GITHUB_RUN_ID, io),
    });
    io.out(filteredTables(filtered, io));
    writeStepFiles([
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
    return filtered.blocked.length === 0 ? 0 : 1;
  },
});

/** The latest attempt of each cluster's canary, which GitHub knows. */
async function readAttempts(
  variables: ApiAccess,
  runId: number,
  io: Io,
): Promise<(cluster: string) => number | undefined> {
  const attempts = await latestAttempts(connectApi(variables, io), runId);
  return (cluster) => {
    const legs = [...attempts].filter(([name]) => isLegOf(name, CANARY_JOB, cluster));
    return legs.length === 0 ? undefined : Math.max(...legs.map(([, attempt]) => attempt));
  };
}
