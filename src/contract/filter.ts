import { filter } from "../filter/filter.ts";
import { CANARY_JOB } from "../filter/verdict.ts";
import { connect } from "../github/api.ts";
import { latestAttempts } from "../github/job_attempts.ts";
import { appendStepFiles, SUMMARY_LIMIT } from "../github/step_files.ts";
import type { Io } from "../io/io.ts";
import { isWorkflow, printProblems } from "../io/problems.ts";
import { filteredMarkdown } from "../report/markdown.ts";
import { filteredTables } from "../report/plan_tables.ts";
import { isLegOf } from "../workflow/leg_name.ts";
import { command } from "./command.ts";
import { COMMON_OPTIONS, STEP_FILES } from "./common.ts";
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
  options: COMMON_OPTIONS,
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
    GITHUB_TOKEN: {
      help: "Where the run is run again: a token that may read its jobs",
      from: "step",
      schema: optionalText,
    },
    GITHUB_RUN_ID: { help: "The run", from: "runner", schema: count },
    GITHUB_RUN_ATTEMPT: { help: "Which attempt of it this is", from: "runner", schema: count },
    GITHUB_REPOSITORY: { help: "owner/name", from: "runner", schema: optionalText },
    GITHUB_API_URL: { help: "Where GitHub's API is", from: "runner", schema: optionalText },
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
    api: true,
  },
  async run({ variables, formatOutputs, io }) {
    const filtered = filter({
      prod: variables.PROD_HUB_MATRIX_JOBS,
      canaries: variables.CANARY_CLUSTERS,
      canaryResult: variables.CANARY_RESULT,
      verdicts: variables.CANARY_OUTPUTS,
      latestAttempt: await readAttempts(variables, io),
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
    return filtered.blocked.length === 0 ? 0 : 1;
  },
});

/** The latest attempt of each cluster's canary: GitHub knows, where the run is run again. */
async function readAttempts(
  variables: {
    readonly GITHUB_RUN_ATTEMPT: number;
    readonly GITHUB_RUN_ID: number;
    readonly GITHUB_TOKEN: string | undefined;
    readonly GITHUB_REPOSITORY: string | undefined;
    readonly GITHUB_API_URL: string | undefined;
  },
  io: Io,
): Promise<(cluster: string) => number | undefined> {
  if (variables.GITHUB_RUN_ATTEMPT === 1) return () => 1;
  const github = connect({
    token: variables.GITHUB_TOKEN ?? "",
    baseUrl: variables.GITHUB_API_URL ?? "",
    repository: variables.GITHUB_REPOSITORY ?? "",
    log: (line) => io.err(`${line}\n`),
  });
  const attempts = await latestAttempts(github, variables.GITHUB_RUN_ID);
  return (cluster) => {
    const legs = [...attempts].filter(([name]) => isLegOf(name, CANARY_JOB, cluster));
    return legs.length === 0 ? undefined : Math.max(...legs.map(([, attempt]) => attempt));
  };
}
