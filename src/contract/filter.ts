import { filter } from "../filter/filter.ts";
import { CANARY_JOB } from "../filter/verdict.ts";
import { latestAttempts } from "../github/run_jobs.ts";
import { SUMMARY_LIMIT, writeStepFiles } from "../github/step_files.ts";
import { isWorkflow, printProblems } from "../io/problems.ts";
import { inShards } from "../plan/waves.ts";
import { filteredMarkdown } from "../report/markdown.ts";
import { filteredTables } from "../report/plan_tables.ts";
import { isLegOf } from "../workflow/leg_name.ts";
import { apiVariables, connectApi } from "./api_access.ts";
import { command } from "./command.ts";
import {
  clusterNamesJson,
  count,
  gate,
  optionalText,
  optionalTexts,
  prodLegs,
  prodLegsJson,
  prodShards,
  text,
  verdictsJson,
} from "./schemas.ts";
import { fromRunner, fromStep, fromStepIfWanted, STEP_FILES } from "./variables.ts";

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
    PROD_HUB_MATRIX_JOBS: fromStep(prodLegsJson, "The planned prod legs, a JSON list"),
    CANARY_CLUSTERS: fromStep(
      clusterNamesJson,
      "The clusters for which a canary leg was planned, a JSON list of names",
    ),
    CANARY_RESULT: fromStep(
      text,
      "The result of the canary job: success, failure, cancelled or skipped; of several, each",
    ),
    CANARY_OUTPUTS: fromStep(
      verdictsJson,
      "The outputs of the canary job, a JSON object: each leg's verdict; of several, a list",
    ),
    WAVE_CLUSTERS: fromStepIfWanted(
      optionalTexts,
      "With waves: the clusters of this one, a JSON list of names",
    ),
    EARLIER_RESULTS: fromStepIfWanted(
      optionalText,
      "With waves: the results of all jobs of those before",
    ),
    GATE: fromStepIfWanted(gate, "Whose canaries count: those of a hub's cluster, or of the fleet"),
    BUILD_RESULT: fromStepIfWanted(
      optionalText,
      "The result of the job that builds, if there is one",
    ),
    CANARY_JOB: fromStepIfWanted(optionalText, "The name of the canary job, where it has another"),
    ...apiVariables(optionalText, "Where the run is run again: a token that may read its jobs"),
    GITHUB_RUN_ID: fromRunner(count, "The run"),
    GITHUB_RUN_ATTEMPT: fromRunner(count, "Which attempt of it this is"),
    ...STEP_FILES,
  },
  outputs: {
    "prod-hub-matrix-jobs": {
      help: "The prod legs that may deploy, a JSON list",
      schema: prodLegs,
    },
    shards: {
      help: "The same legs, by the jobs that they go to where there are several: a list of lists",
      schema: prodShards,
    },
  },
  access: { write: ["$GITHUB_OUTPUT", "$GITHUB_STEP_SUMMARY"], api: true },
  async run({ variables, formatOutputs, io }) {
    const attempts = variables.GITHUB_RUN_ATTEMPT === 1
      ? undefined
      : await latestAttempts(connectApi(variables, io), variables.GITHUB_RUN_ID);
    const wave = variables.WAVE_CLUSTERS && new Set(variables.WAVE_CLUSTERS);
    const isOfWave = (cluster: string) => wave === undefined || wave.has(cluster);
    const filtered = filter({
      prod: variables.PROD_HUB_MATRIX_JOBS.filter((leg) => isOfWave(leg.cluster_name)),
      canaries: variables.CANARY_CLUSTERS.filter(isOfWave),
      gate: variables.GATE,
      buildResult: variables.BUILD_RESULT,
      earlierResults: variables.EARLIER_RESULTS?.split(" "),
      canaryResult: worstOf(variables.CANARY_RESULT.split(" ")),
      verdicts: variables.CANARY_OUTPUTS,
      latestAttempt: (cluster) =>
        attempts === undefined
          ? 1
          : latestOf(attempts, variables.CANARY_JOB ?? CANARY_JOB, cluster),
    });
    io.out(filteredTables(filtered, io));
    const outputs = {
      "prod-hub-matrix-jobs": filtered.passed,
      shards: inShards(filtered.passed),
    };
    const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY: summary } = variables;
    writeStepFiles([
      { path: summary, text: filteredMarkdown(filtered, { limit: SUMMARY_LIMIT }) },
      { path: GITHUB_OUTPUT, text: formatOutputs(outputs) },
    ]);
    const problems = filtered.blocked.map(({ job, reason }) => ({
      message: `The prod hub ${job.hub_name} of ${job.cluster_name} is blocked: ${reason}`,
    }));
    if (isWorkflow(io)) printProblems(problems, io);
    return problems.length === 0 ? 0 : 1;
  },
});

/** Of the results of several canary jobs the one that says most of a verdict that is not there. */
function worstOf(results: readonly string[]): string {
  return ["failure", "cancelled", "success"].find((result) => results.includes(result)) ??
    results[0] ?? "";
}

/** The latest attempt of a cluster's canary, which GitHub knows. */
function latestOf(
  attempts: ReadonlyMap<string, number>,
  job: string,
  cluster: string,
): number | undefined {
  const legs = [...attempts].filter(([name]) => isLegOf(name, job, cluster));
  return legs.length === 0 ? undefined : Math.max(...legs.map(([, attempt]) => attempt));
}
