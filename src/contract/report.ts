import { OUTCOME_MARKER } from "../github/comment_marker.ts";
import { mergedPullRequest } from "../github/pull_request_labels.ts";
import { SUMMARY_LIMIT, writeStepFiles } from "../github/step_files.ts";
import { writeComment } from "../github/write_comment.ts";
import { printProblems } from "../io/problems.ts";
import {
  outcomeComment,
  outcomeMarkdown,
  outcomeMessage,
  outcomeTables,
} from "../report/outcome.ts";
import { apiVariables, connectApi } from "./api_access.ts";
import { closeRun } from "./close_run.ts";
import { command } from "./command.ts";
import { STEP_FILES } from "./common.ts";
import { count, ledgerJson, pageUrl, text } from "./schemas.ts";

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
    LEDGER: { help: "What the plan says of the ledger, as JSON", from: "step", schema: ledgerJson },
    ...apiVariables(text, "A token that may write deployments and comments, and read jobs"),
    GITHUB_SERVER_URL: { help: "Where GitHub's pages are", from: "runner", schema: pageUrl },
    GITHUB_WORKFLOW: { help: "The workflow's name", from: "runner", schema: text },
    GITHUB_RUN_ID: { help: "The run", from: "runner", schema: count },
    GITHUB_RUN_ATTEMPT: { help: "Which attempt of it this is", from: "runner", schema: count },
    ...STEP_FILES,
  },
  outputs: {
    "slack-message": {
      help: "What Slack is told, as JSON; empty where everything is deployed",
      schema: text,
    },
  },
  access: { write: ["$GITHUB_OUTPUT", "$GITHUB_STEP_SUMMARY"], api: true },
  async run({ variables, formatOutputs, io }) {
    const { LEDGER: ledger, GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt } = variables;
    const github = connectApi(variables, io);
    const url = `${variables.GITHUB_SERVER_URL}/${github.repository}/actions/runs/${run}`;
    const { outcome, unwritten } = await closeRun(github, { ledger, run, attempt, url });
    io.out(outcomeTables(outcome, io));
    writeStepFiles([
      {
        path: variables.GITHUB_STEP_SUMMARY,
        text: outcomeMarkdown(outcome, { limit: SUMMARY_LIMIT }),
      },
      {
        path: variables.GITHUB_OUTPUT,
        text: formatOutputs({
          "slack-message": outcomeMessage(outcome, variables.GITHUB_WORKFLOW, url),
        }),
      },
    ]);
    if (unwritten !== undefined) printProblems(unwritten.problems, io);
    const number = await mergedPullRequest(github, ledger.head);
    if (number !== undefined) {
      const body = outcomeComment(outcome, url);
      await writeComment(github, number, () => body, OUTCOME_MARKER);
      io.out(`The outcome is on pull request ${number}.\n`);
    }
    return unwritten === undefined ? 0 : 1;
  },
});
