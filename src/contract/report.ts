import { CANARY_JOB } from "../filter/verdict.ts";
import { OUTCOME_MARKER } from "../github/comment_marker.ts";
import { mergedPullRequest } from "../github/pull_request_labels.ts";
import { SUMMARY_LIMIT, writeStepFiles } from "../github/step_files.ts";
import { writeComment } from "../github/write_comment.ts";
import { printProblems, printWarning } from "../io/problems.ts";
import { PROD_JOB, REPORT_JOB } from "../ledger/leg_steps.ts";
import {
  outcomeComment,
  outcomeMarkdown,
  outcomeMessage,
  outcomeTables,
} from "../report/outcome.ts";
import { apiVariables, connectApi } from "./api_access.ts";
import { closeRun } from "./close_run.ts";
import { command } from "./command.ts";
import { count, ledgerJson, optionalText, pageUrl, text } from "./schemas.ts";
import { fromRunner, fromStep, fromStepIfWanted, STEP_FILES } from "./variables.ts";

const OVERTAKEN =
  "Another run has written the record, or has begun to deploy, since this one was " +
  "planned: its record holds, and what this run began to upgrade since is owed again";

/**
 * `hubwright report`: finds out what became of a run that deploys, writes the record of what is owed,
 * and says it in the summary and on the pull request. The run is red where no record is written.
 */
export const reportCommand = command({
  name: "report",
  summary: "Record what became of a deployment, and what is owed (inside the workflow)",
  examples: [["hubwright report", "in the last job of a run, in a step that sets the first two"]],
  options: {},
  variables: {
    LEDGER: fromStep(ledgerJson, "What the plan says of the ledger, as JSON"),
    CLUSTER_JOB: fromStepIfWanted(
      optionalText,
      "The name of the job that calls a workflow for each cluster, where one does",
    ),
    CANARY_JOB: fromStepIfWanted(optionalText, "The name of the canary job, where it has another"),
    PROD_JOB: fromStepIfWanted(optionalText, "The name of the prod hubs' job, likewise"),
    REPORT_JOB: fromStepIfWanted(optionalText, "The name of this job, likewise"),
    ...apiVariables(text, "A token that may write deployments and comments, and read jobs"),
    GITHUB_SERVER_URL: fromRunner(pageUrl, "Where GitHub's pages are"),
    GITHUB_WORKFLOW: fromRunner(text, "The workflow's name"),
    GITHUB_RUN_ID: fromRunner(count, "The run"),
    GITHUB_RUN_ATTEMPT: fromRunner(count, "Which attempt of it this is"),
    ...STEP_FILES,
  },
  outputs: {
    "slack-message": {
      help: "What Slack is sent, as JSON; empty if everything is deployed",
      schema: text,
    },
  },
  access: { write: ["$GITHUB_OUTPUT", "$GITHUB_STEP_SUMMARY"], api: true },
  async run({ variables, formatOutputs, io }) {
    const { LEDGER: ledger, GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt } = variables;
    const github = connectApi(variables, io);
    const url = `${variables.GITHUB_SERVER_URL}/${github.repository}/actions/runs/${run}`;
    const closed = await closeRun(github, {
      ...{ ledger, run, attempt, url },
      names: {
        cluster: variables.CLUSTER_JOB,
        canary: variables.CANARY_JOB ?? CANARY_JOB,
        prod: variables.PROD_JOB ?? PROD_JOB,
        report: variables.REPORT_JOB ?? REPORT_JOB,
      },
    });
    const { outcome, unwritten, overtaken } = closed;
    io.out(outcomeTables(outcome, io));
    const message = outcomeMessage(outcome, variables.GITHUB_WORKFLOW, url);
    const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY: summary } = variables;
    writeStepFiles([
      { path: summary, text: outcomeMarkdown(outcome, { limit: SUMMARY_LIMIT }) },
      { path: GITHUB_OUTPUT, text: formatOutputs({ "slack-message": message }) },
    ]);
    if (unwritten !== undefined) printProblems(unwritten.problems, io);
    if (overtaken) printWarning({ message: OVERTAKEN }, io);
    // What an earlier run or attempt said stays, where this one has nothing to say.
    if (outcome.ended.length + outcome.held.length === 0) return unwritten === undefined ? 0 : 1;
    const number = await mergedPullRequest(github, ledger.head);
    if (number !== undefined) {
      const body = outcomeComment(outcome, url);
      await writeComment(github, number, () => body, OUTCOME_MARKER);
      io.out(`The outcome is on pull request ${number}.\n`);
    }
    return unwritten === undefined ? 0 : 1;
  },
});
